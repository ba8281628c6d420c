// The check form of a matter, judged while the officer ticks: only the questions that matter, the notice as it will read,
// and the one step that applies. Without this script the same form posts and is judged by the server.
import { render } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ComposerData } from '#console/service-window/composer-data.ts'
import { type Assessment, assess } from '#modules/service-window/assessment.ts'
import { questionsToAsk } from '#policy/registration/circumstances.ts'
import type { Answers, ItemContent, Text } from '#policy/registration/item.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import { materialsPreview } from '#policy/registration/requirements.ts'
import { Outcome } from './composer/outcome.tsx'
import { as, Choice, inline, Paper } from './composer/paper.tsx'
import { isTyping } from './lib/keys.ts'

// The rules ask for it; desktops run browsers that lack it.
if (!Object.hasOwn) Object.hasOwn = (of, name) => Object.getOwnPropertyDescriptor(of, name) !== undefined

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
