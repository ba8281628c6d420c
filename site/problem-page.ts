import type { Html } from '#platform/html.ts'
import { html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import type { Problem } from '#platform/problem.ts'
import type { Bureau } from '#platform/settings.ts'
import { linkButton } from '#platform/ui/form.ts'
import { dressed, siteBureau } from './frame.ts'
import { problemWords } from './problem-words.ts'
import { commonWords } from './words.ts'

// Until the database answers nobody knows the bureau's name; the two national numbers hold everywhere.
const anyBureau: Bureau = {
  nameZh: '公安分局',
  nameEn: 'Public Security Bureau',
  phones: { bureau: '', '960111': '', '12389': '12389', '12345': '12345' },
  siteUrl: '',
  footer: { siteCode: '', icp: '', policeRecord: '', address: '' },
}

/** What went wrong and what the reader can do about it. Needs no database: it is also shown when that is away. */
export function siteProblemPage(problem: Problem, meta: Meta, bureau: Bureau = anyBureau): Html {
  const words = problemWords(meta.lang)
  const known = Object.hasOwn(words.said, problem.code)
    ? (problem.code as keyof typeof words.said)
    : kindOf(problem.status)
  const said = words.said[known]
  const action =
    known === 'progress-not-found' || known === 'complaint-not-found'
      ? { href: known === 'progress-not-found' ? '/q' : '/complaint', label: words.tryAgain }
      : { href: '/', label: commonWords(meta.lang).backToStart }
  return dressed(meta, siteBureau(bureau, meta.lang), {
    title: said.title,
    main: html`<p>${said.body}</p><p>${said.todo}</p><div class="buttons">${linkButton({ ...action, kind: 'main' })}</div>
<p class="hint">${words.reference(meta.requestId.slice(0, 8))}</p>`,
    personal: true,
  })
}

function kindOf(
  status: number,
): 'page-not-found' | 'too-many-requests' | 'database-unavailable' | 'unexpected' | 'bad-request' | 'form-expired' {
  if (status === 404) return 'page-not-found'
  if (status === 429) return 'too-many-requests'
  if (status === 503) return 'database-unavailable'
  if (status === 401 || status === 403) return 'form-expired'
  return status >= 500 ? 'unexpected' : 'bad-request'
}
