import type { OfficialHead } from '../data/official.ts'
import type { OfficialDocument } from './block.ts'

/** What every letter takes over from its head. */
export function letterHead(head: OfficialHead): Omit<OfficialDocument, 'body' | 'annexes'> {
  return {
    layout: 'letter',
    mark: head.mark,
    number: head.number,
    signers: head.signers ?? [],
    secrecy: head.secrecy,
    urgency: head.urgency,
    title: head.title,
    to: head.to,
    signature: { by: head.signedAs, date: head.date, sealed: head.sealed === true },
    signatures: [],
    note: head.note,
    imprint: head.imprint,
  }
}
