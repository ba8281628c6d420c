import { frame } from '#console/frame.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, type Printable } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { Problem } from '#platform/problem.ts'
import { notice } from '#platform/ui/parts.ts'
import { demoWords } from './words.ts'

/** The endpoints exist in the demonstration alone; this refuses even if somebody bound them elsewhere. */
export function demoOnly(meta: Meta): void {
  if (!meta.demo) throw new Problem(404, 'page-not-found')
}

/** A page of the demonstration, in the console's dress, marked as what it is. */
export function demoPage(
  ctx: Context,
  meta: Meta,
  page: { title: string; main: Printable; status?: Printable; invalid?: boolean },
): Promise<Html> {
  const words = demoWords(meta.lang)
  return frame(ctx, meta, {
    ...page,
    current: '',
    main: html`${notice({ lang: meta.lang, kind: 'warning', title: words.mark })}${page.main}`,
  })
}
