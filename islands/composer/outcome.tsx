import type { ComponentChildren } from 'preact'
import type { ComposerData } from '#console/service-window/composer-data.ts'
import type { Assessment } from '#modules/service-window/assessment.ts'
import type { Gap } from '#policy/registration/material-check.ts'

/** The verdict in words, with every gap as it will be printed. */
export function Outcome({ data, verdict }: { data: ComposerData; verdict: Assessment }) {
  const { words, lang } = data
  const colon = lang === 'en' ? ': ' : '：'
  const nameOf = (code: string) =>
    (data.content.materials.find((material) => material.code === code)?.name ??
      data.content.questions.find((question) => question.code === code)?.text)?.[lang] ?? code
  if (verdict.branch === 'accept')
    return (
      <Box kind="success" title={words.verdict.accept}>
        {words.acceptDue}
      </Box>
    )
  if (verdict.branch === 'refuse') {
    const reasons = verdict.policy && !verdict.policy.met ? verdict.policy.reasons : []
    return (
      <Box kind="error" title={words.verdict.refuse}>
        <ul>
          {reasons.map((reason) => (
            <li key={reason.reason[lang]}>
              {reason.reason[lang]}
              <br />
              {words.verdict.canDo}
              {reason.canDo[lang]}
            </li>
          ))}
        </ul>
      </Box>
    )
  }
  if (verdict.branch === 'supplement') {
    return (
      <Box kind="warning" title={words.verdict.supplement.replace('{n}', String(verdict.gaps.length))}>
        <p class="hint">{data.told ? '' : `${words.preview}${colon}`}</p>
        <ol>
          {verdict.gaps.map((gap) => (
            <li key={gap.code}>{gapLine(data, gap)}</li>
          ))}
        </ol>
        <p class="hint">{data.told ? '' : words.previewHint}</p>
      </Box>
    )
  }
  const materials = verdict.materials
  const open = [
    ...verdict.unanswered.map((code) => words.verdict.unanswered + colon + nameOf(code)),
    ...(materials && 'refused' in materials
      ? materials.codes.map(
          (code) => (materials.refused === 'unchecked' ? words.verdict.unchecked : words.defect) + colon + nameOf(code),
        )
      : []),
  ]
  return (
    <Box kind="info" title={words.verdict.open}>
      <ul>
        {open.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Box>
  )
}

/** One line as it will be printed: what, what is wrong, how many, where to get it, what else will do. */
function gapLine({ words, lang }: ComposerData, gap: Gap): string {
  const [colon, comma, stop] = lang === 'en' ? [': ', ', ', '. '] : ['：', '，', '；']
  const wrong = gap.defect ? `${words.problems.defective}${comma}${gap.defect}` : words.problems[gap.problem]
  const sheets = [
    gap.original ? words.original.replace('{n}', String(gap.original)) : '',
    gap.copies ? words.copies.replace('{n}', String(gap.copies)) : '',
  ]
    .filter(Boolean)
    .join(comma)
  return [gap.name[lang] + colon + wrong, sheets, gap.obtain[lang].replace(/[。.]$/, '')].filter(Boolean).join(stop)
}

function Box({ kind, title, children }: { kind: string; title: string; children?: ComponentChildren }) {
  return (
    <div class={`notice notice-${kind}`} role="status">
      <p class="notice-title">{title}</p>
      <div class="notice-body">{children}</div>
    </div>
  )
}
