import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { fieldIn, langQuery, nameIn, text } from '#console/service-window/shared.ts'
import { listDesks, saveDesk } from '#modules/complaints/index.ts'
import { listUnits } from '#modules/directory/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { invalid } from '#platform/problem.ts'
import { errorSummary, type FieldError, form } from '#platform/ui/form.ts'
import { section } from '#platform/ui/parts.ts'
import { type Department, departments } from '#policy/complaints/lists.ts'
import { formFields } from './case-form.ts'
import { monthWords } from './month/words.ts'
import { triageErrors } from './triage-endpoints.ts'
import { triageWords } from './triage-words.ts'

const path = '/console/complaint-desks'
type Shown = { typed?: Record<string, unknown>; errors?: FieldError[]; done?: boolean }

/** Which unit is which of the four departments (R111). */
async function page(ctx: Context, meta: Meta, { typed, errors = [], done }: Shown): Promise<Html> {
  const { lang } = meta
  const w = triageWords(lang).desks
  const desks = await listDesks(ctx)
  const units = (await listUnits(ctx)).map((unit) => ({
    value: unit.id,
    label: lang === 'en' ? unit.nameEn : unit.nameZh,
  }))
  const one = (department: Department) => {
    const desk = desks.find((found) => found.department === department)
    const back = typed?.department === department ? typed : undefined
    const wrong = back ? errors : []
    const shown = wrong.map((error) => ({ ...error, name: error.name && nameIn(department, error.name) }))
    const body = html`${fieldIn(department, {
      lang,
      kind: 'select',
      name: 'unitId',
      label: w.unit,
      options: units,
      value: back ? String(back.unitId ?? '') : (desk?.unitId ?? ''),
      error: wrong.find(({ name }) => name === 'unitId')?.message,
    })}${fieldIn(department, { lang, kind: 'checkbox', name: 'lead', label: w.lead, value: (back ? back.lead : desk?.lead) ? 'yes' : '' })}`
    return section({
      title: monthWords(lang).dept[department],
      body: html`${errorSummary({ lang, errors: shown })}${form({
        action: path,
        csrf: meta.csrf,
        attempt: meta.newAttempt(),
        hidden: { department },
        body,
        submit: { label: w.save, kind: 'plain' },
        swap: true,
      })}`,
    })
  }
  return frame(ctx, meta, {
    title: w.title,
    current: path,
    main: html`<p class="hint">${w.hint}</p>${departments.map(one)}`,
    status: done ? w.done : undefined,
    invalid: errors.length > 0,
  })
}

export const deskEndpoints: AnyEndpoint[] = [
  endpoint({
    method: 'GET',
    path,
    side: 'internal',
    summary: 'Which unit is which of the four departments',
    permission: 'directory.manage',
    audit: { unlogged: 'units of the bureau' },
    query: Type.Object({ ...langQuery, done: text(10) }),
    handle: async (ctx, { query, meta }) => ({ page: await page(ctx, meta, { done: query.done === 'yes' }) }),
  }),
  endpoint({
    method: 'POST',
    path,
    side: 'internal',
    summary: 'Set the unit of one of the four departments',
    permission: 'directory.manage',
    audit: 'complaint.desk',
    body: Type.Object({ ...formFields, department: text(40), unitId: text(40), lead: text(10) }),
    handle: async (ctx, { body }) => {
      const department = departments.find((known) => known === body.department)
      if (!department) throw invalid({ department: 'choose-one' })
      const units = await listUnits(ctx)
      const unit = units.find(({ id }) => id === body.unitId)
      if (!unit) throw invalid({ unitId: 'choose-one' })
      const lead = (body.lead ?? '') !== ''
      await saveDesk(ctx, { department, unitId: unit.id, lead })
      return {
        redirect: `${path}?done=yes`,
        audit: { subjectKind: 'unit', subjectId: unit.id, data: { department, lead } },
      }
    },
    onProblem: (ctx, { body, meta }, problem) =>
      page(ctx, meta, { typed: body, errors: triageErrors(problem, meta.lang, ['unitId']) }),
  }),
]
