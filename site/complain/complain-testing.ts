import type { TestContext } from 'node:test'
import { deflateSync } from 'node:zlib'
import { seedDesks } from '#modules/complaints/complaints-testing.ts'
import { takeUpOnline, takeUpWish } from '#modules/complaints/index.ts'
import { systemActor } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { aSite, type Site } from '../site-testing.ts'

/** A JPEG of one scan with the place where it was taken in its EXIF data. */
export const photo = Buffer.concat([
  Buffer.from('ffd8', 'hex'),
  segment(0xe1, Buffer.from('Exif\0\0GPS-canary 36.0671 N 120.3826 E', 'latin1')),
  segment(0xdb, Buffer.alloc(65, 1)),
  segment(0xda, Buffer.from('0101000000', 'hex')),
  Buffer.from('aabbccddffd9', 'hex'),
])

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** A PDF as far as its frame goes. */
export const aPdf = (words = '') => Buffer.from(`%PDF-1.4\n${words}\n%%EOF\n`)

/** Small to send, large to unpack. */
export const zipBomb = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), deflateSync(Buffer.alloc(4_000_000))])

export const svgWithScript = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

export async function aComplaintSite(t: TestContext, options: Parameters<typeof aSite>[1] = {}) {
  const site = await aSite(t, options)
  await seedDesks(site.db, site.bureau)
  const system = <T>(work: (ctx: Context) => Promise<T>) => site.db.house.write(systemActor, 'worker', work)
  const rows = async (text: string, values: unknown[] = []) => (await site.db.admin.query(text, values)).rows
  return {
    ...site,
    rows,
    /** What the worker does with what citizens left. */
    async work() {
      while ((await system(takeUpOnline)) > 0);
      while ((await system(takeUpWish)) > 0);
    },
    system,
  }
}
export type ComplaintSite = Awaited<ReturnType<typeof aComplaintSite>>

export const hiddenIn = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
export const codeIn = (page: string): string =>
  /class="keep-code">.*?aria-hidden="true">([\d ]+)</s.exec(page)?.[1] ?? ''

/** Writes, looks, sends; what the receipt page says. */
export async function complain(
  site: Pick<Site, 'send'>,
  fields: Record<string, string>,
  files: Parameters<Site['send']>[2] = [],
): Promise<{ code: string; token: string; page: string }> {
  const check = await site.send('/complain/write', { standing: 'anonymous', do: 'check', ...fields }, files)
  const token = hiddenIn(check.body, 'draft')
  if (check.statusCode !== 200) throw new Error(`refused: ${check.statusCode} ${check.body.replace(/<[^>]+>/g, ' ')}`)
  const sent = await site.send('/complain/write', { draft: token, do: 'send' })
  return { code: codeIn(sent.body), token, page: sent.body }
}
