import { type Html, html, nothing } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { type Status, statusBadge } from '#platform/ui/parts.ts'
import type { SlipStatus } from '#policy/standing/slip-lifecycle.ts'
import { standingWords } from './standing-words.ts'

const tones: Record<SlipStatus, Status> = {
  draft: 'open',
  signed: 'open',
  refused: 'open',
  served: 'neutral',
  closed: 'done',
  withdrawn: 'stopped',
}

export function slipBadge(slip: { status: SlipStatus; serveOverdue: boolean; talkOverdue: boolean }, lang: Lang): Html {
  const words = standingWords(lang).slips
  const waits = slip.status === 'draft' || slip.status === 'signed' || slip.status === 'refused'
  const late = (waits && slip.serveOverdue) || (slip.status === 'served' && slip.talkOverdue)
  return html`${statusBadge(tones[slip.status], words.status[slip.status])}${late ? html` ${statusBadge('late', words.late)}` : nothing}`
}
