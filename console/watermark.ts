import { Type } from 'typebox'
import { watermarkSvg } from '#console/shell/watermark.ts'
import { endpoint } from '#platform/http/endpoint.ts'

/** Police number and minute across every page: a photographed screen says whose it was. */
export const watermark = endpoint({
  method: 'GET',
  path: '/console/watermark.svg',
  side: 'internal',
  summary: 'Watermark of the signed-in person',
  // Somebody without a duty sees one page of the console, the one that says so.
  permission: 'anyone',
  audit: { unlogged: 'a picture of the reader’s own number' },
  query: Type.Object({ at: Type.Optional(Type.String({ maxLength: 20 })) }),
  handle: async (ctx, { query }) => ({
    file: watermarkSvg(`${ctx.actor.policeNo} ${query.at ?? ''}`).toString(),
    type: 'image/svg+xml',
  }),
})
