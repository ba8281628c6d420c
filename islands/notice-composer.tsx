// The check form of a matter, judged while the officer ticks: only the questions that matter, the notice as it will read,
// and the one step that applies. Without this script the same form posts and is judged by the server.
import { render } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ComposerData } from '#console/service-window/composer-data.ts'
import { type Assessment, assess } from '#modules/service-window/assessment.ts'
import { questionsToAsk } from '#policy/registration/circumstances.ts'
import type { Answers, ItemContent, Text } from '#policy/registration/item.ts'
import type { Gap, MaterialCheck } from '#policy/registration/material-check.ts'
import { materialsPreview } from '#policy/registration/requirements.ts'
import { isTyping } from './lib/keys.ts'

// The rules ask for it; desktops run browsers that lack it.
if (!Object.hasOwn) Object.hasOwn = (of, name) => Object.hasOwn(of, name)

// Laid out as cards on small screens a table loses its roles, so they are written out.
const as = <R extends string>(role: R) => ({ role })

/** Answers side by side: a counter screen shows the whole case without scrolling. */
const inline = { display: 'flex', flexWrap: 'wrap' } as const

type Verdict = MaterialCheck['verdict']
const verdicts: readonly Verdict[] = ['present', 'missing', 'defective']

function Composer({
  data,
  host,
  savedBranch,
}: {
  data: ComposerData
  host: HTMLElement
  savedBranch: Assessment['branch']
}) {
  const { words, lang } = data
  const content = data.content as ItemContent
  const [answers, setAnswers] = useState<Answers>(data.answers)
  const [checks, setChecks] = useState<readonly MaterialCheck[]>(data.checks)
  const say = (text: Text) => text[lang]
  const listed = materialsPreview(content, answers)
  const toBring = listed.filter((material) => material.toBring)
  const counted = useMemo(
    () => checks.filter((check) => toBring.some(({ code }) => code === check.code)),
    [checks, answers],
  )
  const verdict = assess(data.content, answers, counted)
  const below = goesOnBelow(data, verdict.branch) && verdict.branch === savedBranch
  useEffect(() => {
    // Ctrl+Enter belongs to the form that comes next.
    host.closest('form')?.toggleAttribute('data-main', !below)
  }, [below])
  const ours = listed.filter((material) => !material.toBring).map((material) => say(material.name))
  const set = (code: string, change: Partial<MaterialCheck>) =>
    setChecks((before) => [
      ...before.filter((check) => check.code !== code),
      { ...(before.find((check) => check.code === code) ?? { code, verdict: 'present' }), ...change },
    ])

  return (
    <>
      {questionsToAsk(content, answers).map((question) => (
        <fieldset class="field field-wide" style={{ marginBottom: '12px' }} key={question.code}>
          <legend class="field-label">
            {say(question.text)}
            {question.askedOf === 'officer' ? words.officerQuestion : ''}
          </legend>
          {question.help && <p class="hint">{say(question.help)}</p>}
          <div class="choices" style={inline}>
            {question.options.map((option) => (
              <Choice
                key={option.code}
                type="radio"
                name={`answer.${question.code}`}
                value={option.code}
                label={say(option.label)}
                checked={(answers[question.code] ?? question.assumed) === option.code}
                onChange={() => setAnswers({ ...answers, [question.code]: option.code })}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <h3>{words.materials}</h3>
      <p class="hint">{words.numberKeys}</p>
      <table class="table" {...as('table')} data-rows="true">
        <caption class="sr">{words.materials}</caption>
        <thead {...as('rowgroup')}>
          <tr {...as('row')}>
            <th {...as('columnheader')} scope="col" class="cell-main">
              {words.material.name}
            </th>
            <th {...as('columnheader')} scope="col">
              {words.material.verdict}
            </th>
            <th {...as('columnheader')} scope="col">
              {words.material.remark}
            </th>
          </tr>
        </thead>
        <tbody {...as('rowgroup')}>
          {toBring.map((material) => (
            <Paper
              key={material.code}
              data={data}
              material={material}
              unsure={material.applies === 'unknown'}
              check={checks.find(({ code }) => code === material.code)}
              set={set}
            />
          ))}
        </tbody>
      </table>
      {ours.length > 0 && (
        <p class="hint">{words.notToBring.replace('{names}', ours.join(lang === 'en' ? ', ' : '、'))}</p>
      )}
      <Outcome data={data} verdict={verdict} />
      <Steps data={data} branch={verdict.branch} below={below} />
    </>
  )
}

type ChoiceProps = {
  type: 'radio' | 'checkbox'
  name: string
  value: string
  label: string
  checked: boolean
  onChange: (on: boolean) => void
}

function Choice({ type, name, value, label, checked, onChange }: ChoiceProps) {
  const id = `c-${name}-${value}`.replace(/[^\w-]/g, '-')
  return (
    <div class="choice" style={{ marginRight: '24px' }}>
      <input
        type={type}
        id={id}
        name={name}
        value={value}
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
    </div>
  )
}

type PaperProps = {
  data: ComposerData
  material: ItemContent['materials'][number]
  unsure: boolean
  check: MaterialCheck | undefined
  set: (code: string, change: Partial<MaterialCheck>) => void
}

function Paper({ data, material, unsure, check, set }: PaperProps) {
  const { words, lang } = data
  const { code } = material
  const counts = [
    material.original ? words.original.replace('{n}', String(material.original)) : '',
    material.copies ? words.copies.replace('{n}', String(material.copies)) : '',
  ]
  const list = `l-${code}`
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return
    const chosen =
      /^[123]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey
        ? verdicts[Number(event.key) - 1]
        : undefined
    if (!chosen || isTyping(event.target as Element)) return
    event.preventDefault()
    event.stopPropagation()
    set(code, { verdict: chosen })
    moveOn(event.currentTarget as HTMLElement, chosen)
  }
  return (
    <tr {...as('row')} tabIndex={0} onKeyDown={onKeyDown} aria-label={material.name[lang]}>
      <th {...as('rowheader')} scope="row" class="cell-main">
        {material.name[lang]}
        <p class="hint">
          {counts.filter(Boolean).join(lang === 'en' ? ', ' : '，')}
          {unsure ? ` · ${words.mayApply}` : ''}
        </p>
      </th>
      <td {...as('cell')} data-label={words.material.verdict}>
        <div style={inline}>
          {verdicts.map((verdict) => (
            <Choice
              key={verdict}
              type="radio"
              name={`verdict.${code}`}
              value={verdict}
              label={words.verdicts[verdict]}
              checked={check?.verdict === verdict}
              onChange={() => set(code, { verdict })}
            />
          ))}
        </div>
      </td>
      <td {...as('cell')} data-label={words.material.remark}>
        <div>
          {check?.verdict === 'defective' && (
            <div class="field field-medium">
              <input
                type="text"
                name={`defect.${code}`}
                value={check.defect ?? ''}
                maxLength={300}
                autocomplete="off"
                aria-label={words.defect}
                placeholder={words.defect}
                list={list}
                onInput={(event) => set(code, { defect: event.currentTarget.value })}
              />
              <datalist id={list}>
                {material.commonDefects?.map((defect) => (
                  <option key={defect[lang]} value={defect[lang]} />
                ))}
              </datalist>
            </div>
          )}
          {check?.verdict === 'defective' && material.mendableOnSpot && (
            <Choice
              type="checkbox"
              name={`mended.${code}`}
              value="yes"
              label={words.mended}
              checked={check.mended === true}
              onChange={(mended) => set(code, { mended })}
            />
          )}
          {check?.verdict === 'defective' && data.laterVisit && (
            <Choice
              type="checkbox"
              name={`newPaper.${code}`}
              value="yes"
              label={words.newPaper}
              checked={check.newPaper === true}
              onChange={(newPaper) => set(code, { newPaper })}
            />
          )}
        </div>
      </td>
    </tr>
  )
}

/** After a finding the next paper is in focus; a defect wants its words first. */
function moveOn(row: HTMLElement, chosen: Verdict): void {
  requestAnimationFrame(() => {
    const target =
      chosen === 'defective'
        ? row.querySelector<HTMLElement>('input[type=text]')
        : (row.nextElementSibling as HTMLElement | null)
    ;(target ?? row).focus()
  })
}

function Outcome({ data, verdict }: { data: ComposerData; verdict: Assessment }) {
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
          {verdict.gaps.map((gap, at) => (
            <li key={gap.code}>
              {at + 1}. {gapLine(data, gap)}
            </li>
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

function Box({ kind, title, children }: { kind: string; title: string; children?: preact.ComponentChildren }) {
  return (
    <div class={`notice notice-${kind}`} role="status">
      <p class="notice-title">{title}</p>
      <div class="notice-body">{children}</div>
    </div>
  )
}

/** Whether the page below already has the form for this verdict: a refusal's reason, a second notice's cause. */
function goesOnBelow(data: ComposerData, branch: Assessment['branch']): boolean {
  return branch === 'refuse' || (branch === 'supplement' && data.told)
}

/** The first button is what Ctrl+Enter does. */
function Steps({ data, branch, below }: { data: ComposerData; branch: Assessment['branch']; below: boolean }) {
  const { buttons } = data.words
  const second = data.told ? 'second' : 'notice'
  const step = below ? 'save' : branch === 'supplement' ? second : (branch ?? 'save')
  return (
    <div class="buttons">
      <button type="submit" class={below ? 'button button-plain' : 'button button-main'} name="step" value={step}>
        {buttons[step]} {!below && <kbd>Ctrl ↵</kbd>}
      </button>
      {step !== 'save' && (
        <button type="submit" class="button button-plain" name="step" value="save">
          {buttons.save}
        </button>
      )}
    </div>
  )
}

function mount(): void {
  const host = document.getElementById('composer')
  if (!host || host.dataset.mounted || !host.dataset.composer) return
  host.dataset.mounted = 'yes'
  const data = JSON.parse(host.dataset.composer) as ComposerData
  const savedBranch = assess(data.content, data.answers, data.checks).branch
  host.textContent = ''
  for (const bar of host.closest('form')?.querySelectorAll('.buttons') ?? []) bar.remove()
  render(<Composer data={data} host={host} savedBranch={savedBranch} />, host)
}

// `p` opens the document that fits the matter's state, in a tab of its own, ready to print.
document.addEventListener('keydown', (e) => {
  if (e.isComposing || e.keyCode === 229) return
  if (e.key !== 'p' || e.ctrlKey || e.metaKey || e.altKey || isTyping(document.activeElement)) return
  const link = document.querySelector<HTMLAnchorElement>('[data-key=p]')
  if (!link) return
  e.preventDefault()
  link.click()
})
addEventListener('swap', mount)
mount()
