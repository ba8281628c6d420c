import { errorOf } from '#console/frame.ts'
import type { Context } from '#platform/context.ts'
import { attrs, type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import { field, fieldId } from '#platform/ui/field.ts'
import { type FieldError, form } from '#platform/ui/form.ts'
import { section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { questionsToAsk } from '#policy/registration/circumstances.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import { materialsPreview } from '#policy/registration/requirements.ts'
import { composerData } from './composer-data.ts'
import type { MatterData } from './matter-data.ts'
import { pageWords } from './matter-words.ts'
import { matterPath, said } from './shared.ts'
import { verdictOf } from './verdict.ts'
import { matterWords } from './words.ts'

/** Circumstances, papers and verdict in one form. Without script "update" brings the list that the answers call for. */
export function checkSection(ctx: Context, data: MatterData, meta: Meta, errors: readonly FieldError[]): Html {
  const w = pageWords(meta.lang)
  const { matter } = data.view
  const main = mainStep(data, meta.lang)
  return section({
    title: w.check,
    id: 'check',
    body: form({
      id: 'check-form',
      action: matterPath(matter.id, '/check'),
      csrf: meta.csrf,
      version: matter.version,
      swap: true,
      submit: {
        label: main.label,
        kind: main.value === 'save' ? 'plain' : 'main',
        key: !goesOnBelow(data),
        name: 'step',
        value: main.value,
      },
      beside:
        main.value === 'save'
          ? nothing
          : html`<button type="submit" class="button button-plain" name="step" value="save">${w.save}</button>`,
      body: html`<div id="composer" data-composer="${composerData(ctx, data, meta.lang, errors)}">${questionList(data, meta.lang)}${materialTable(data, meta.lang, errors)}${verdictOf(ctx, data, meta.lang)}</div>`,
    }),
  })
}

/** A refusal or a second notice has a form of its own below: Ctrl+Enter belongs to that. */
function goesOnBelow(data: MatterData): boolean {
  const told = data.view.notices.some((notice) => notice.status === 'issued')
  return data.assessment?.branch === 'refuse' || (data.assessment?.branch === 'supplement' && told)
}

/** The one step that the saved findings allow. */
function mainStep(data: MatterData, lang: Lang): { label: string; value: 'accept' | 'notice' | 'save' } {
  const w = pageWords(lang)
  const told = data.view.notices.some((notice) => notice.status === 'issued')
  if (data.assessment?.branch === 'accept') return { label: w.accept, value: 'accept' }
  if (data.assessment?.branch === 'supplement' && !told) return { label: w.issue, value: 'notice' }
  return { label: data.assessment?.branch ? w.save : w.update, value: 'save' }
}

function questionList(data: MatterData, lang: Lang): Html {
  const w = pageWords(lang)
  if (!data.version) return nothing
  const asked = questionsToAsk(data.version.content, data.answers)
  if (asked.length === 0) return nothing
  return html`<h3>${w.questions}</h3>${asked.map((question) =>
    field({
      lang,
      kind: 'radio',
      name: `answer.${question.code}`,
      label: said(question.text, lang) + (question.askedOf === 'officer' ? w.officerQuestion : ''),
      hint: question.help ? said(question.help, lang) : undefined,
      value: data.answers[question.code] ?? question.assumed ?? '',
      options: question.options.map((option) => ({ value: option.code, label: said(option.label, lang) })),
      width: 'wide',
    }),
  )}`
}

function materialTable(data: MatterData, lang: Lang, errors: readonly FieldError[]): Html {
  const w = pageWords(lang)
  if (!data.version) return nothing
  const listed = materialsPreview(data.version.content, data.answers)
  const toBring = listed.filter((material) => material.toBring)
  const ours = listed.filter((material) => !material.toBring).map((material) => said(material.name, lang))
  return html`<h3>${w.materials}</h3>${table({
    caption: w.materials,
    captionHidden: true,
    columns: [
      { key: 'name', label: w.material.name, kind: 'main' },
      { key: 'verdict', label: w.material.verdict },
      { key: 'remark', label: w.material.remark },
    ],
    empty: nothing,
    rows: toBring.map((material) => {
      const check = data.checks.find((found) => found.code === material.code)
      return {
        cells: {
          name: html`${said(material.name, lang)}<p class="hint">${w.copies(material.original, material.copies)}${material.applies === 'unknown' ? ` · ${w.mayApply}` : ''}</p>`,
          verdict: verdictChoice(material.code, check, lang),
          remark: remark(data, material, check, lang, errorOf(errors, `defect.${material.code}`)),
        },
      }
    }),
  })}${ours.length > 0 ? html`<p class="hint">${w.notToBring(ours.join(lang === 'en' ? ', ' : '、'))}</p>` : nothing}`
}

function verdictChoice(code: string, check: MaterialCheck | undefined, lang: Lang): Html {
  const words = matterWords(lang).verdicts
  return html`${(['present', 'missing', 'defective'] as const).map((verdict, at) => {
    const id = `${fieldId(`verdict.${code}`)}-${at + 1}`
    return html`<div class="choice"><input${attrs({ type: 'radio', id, name: `verdict.${code}`, value: verdict, checked: check?.verdict === verdict })}><label for="${id}">${words[verdict]}</label></div>`
  })}`
}

type Listed = { code: string; mendableOnSpot?: boolean; commonDefects?: { zh: string; en: string }[] }

function remark(
  data: MatterData,
  material: Listed,
  check: MaterialCheck | undefined,
  lang: Lang,
  error: string | undefined,
): Html {
  const w = pageWords(lang)
  const name = `defect.${material.code}`
  const list = `${fieldId(name)}-list`
  return html`<div class="field field-medium${error ? ' field-wrong' : ''}">${error ? html`<p class="field-error" id="${fieldId(name)}-error">${error}</p>` : nothing}<input${attrs(
    {
      type: 'text',
      id: fieldId(name),
      name,
      value: check?.defect ?? '',
      maxlength: 300,
      autocomplete: 'off',
      'aria-label': w.defect,
      placeholder: w.defect,
      list: material.commonDefects?.length ? list : undefined,
      'aria-invalid': error ? 'true' : undefined,
      'aria-describedby': error ? `${fieldId(name)}-error` : undefined,
    },
  )}>${material.commonDefects?.length ? html`<datalist id="${list}">${material.commonDefects.map((defect) => html`<option value="${defect.zh}"></option>`)}</datalist>` : nothing}</div>${
    material.mendableOnSpot ? tick(`mended.${material.code}`, w.mended, check?.mended === true) : nothing
  }${data.view.matter.visits > 1 ? tick(`newPaper.${material.code}`, w.newPaper, check?.newPaper === true) : nothing}`
}

function tick(name: string, label: string, checked: boolean): Html {
  return html`<div class="choice"><input${attrs({ type: 'checkbox', id: fieldId(name), name, value: 'yes', checked })}><label for="${fieldId(name)}">${label}</label></div>`
}
