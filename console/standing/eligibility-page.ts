import { type Static, Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { langQuery, readDay, text } from '#console/service-window/shared.ts'
import { consoleWords } from '#console/words.ts'
import { type Colleague, personByNumber } from '#modules/directory/index.ts'
import { eligibility } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { lookupText } from '#platform/typed.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, type FieldError } from '#platform/ui/form.ts'
import { filterBar } from '#platform/ui/table.ts'
import { deadlineMoment } from '#policy/calendar/work-calendar.ts'
import { awardKindsOn } from '#policy/standing/award-kinds.ts'
import type { Eligibility } from '#policy/standing/eligibility.ts'
import { standingWords } from './standing-words.ts'
import { verdict } from './why.ts'

const path = '/console/eligibility'
const query = Type.Object({ ...langQuery, policeNo: text(40), awardKind: text(60), on: text(30), asOf: text(30) })
type Query = Static<typeof query>

/** Asked by GET, so that an answer can be sent on and asked again; who asked about whom is on record. */
export const eligibilityPage: AnyEndpoint = endpoint({
  method: 'GET',
  path,
  side: 'internal',
  summary: 'Whether an officer may have an honour, with the chain of reasons, now or as of a past day',
  permission: 'eligibility.check',
  audit: 'eligibility.check',
  query,
  async handle(ctx, { query: asked, meta }) {
    const read = await readQuestion(ctx, asked, meta)
    return {
      page: await page(ctx, meta, asked, read),
      audit: {
        subjectKind: 'person',
        subjectId: read.person?.id ?? null,
        data: read.answer
          ? {
              awardKind: read.answer.awardKind,
              on: read.answer.on,
              asOf: read.answer.asOf,
              eligible: read.answer.eligible,
            }
          : {},
      },
    }
  },
})

type Read = { errors: FieldError[]; person?: Colleague; answer?: Eligibility }

async function readQuestion(ctx: Context, asked: Query, { lang }: Meta): Promise<Read> {
  if (!asked.policeNo && !asked.awardKind) return { errors: [] }
  const words = consoleWords(lang).field
  const errors: FieldError[] = []
  const today = dayOf(ctx.now)
  const day = (name: 'on' | 'asOf') => {
    const written = asked[name]?.trim()
    const found = readDay(written, today)
    if (written && !found) errors.push({ name, message: words.malformed })
    return found
  }
  const person = asked.policeNo ? await personByNumber(ctx, lookupText(asked.policeNo, 20)) : undefined
  if (!person)
    errors.push({
      name: 'policeNo',
      message: asked.policeNo ? standingWords(lang).codes['no-such-officer'] : words.required,
    })
  const kind = awardKindsOn(today).find(({ code }) => code === asked.awardKind)
  if (!kind) errors.push({ name: 'awardKind', message: words['choose-one'] })
  const [on, asOf] = [day('on'), day('asOf')]
  if (errors.length > 0 || !person || !kind) return { errors, person }
  const end = asOf && deadlineMoment(asOf)
  const past = end && Temporal.Instant.compare(end, ctx.now) < 0 ? end : undefined
  const answer = await eligibility(ctx, { personId: person.id, awardKind: kind.code, on: on ?? today, asOf: past })
  return { errors, person, answer }
}

async function page(ctx: Context, meta: Meta, asked: Query, { errors, person, answer }: Read): Promise<Html> {
  const { lang } = meta
  const words = standingWords(lang).check
  const error = (name: string) => errors.find((one) => one.name === name)?.message
  const options = awardKindsOn(dayOf(ctx.now)).map((kind) => ({
    value: kind.code,
    label: `${kind[lang]} (${standingWords(lang).scopes[kind.scope]})`,
  }))
  const common = { lang, width: 'short' as const }
  return frame(ctx, meta, {
    title: words.title,
    current: path,
    invalid: errors.length > 0,
    main: html`<p class="hint">${words.lead}</p>${errorSummary({ lang, errors })}${filterBar({
      lang,
      action: path,
      label: words.title,
      submit: words.submit,
      body: html`${field({ ...common, kind: 'text', name: 'policeNo', label: words.policeNo, value: asked.policeNo ?? '', error: error('policeNo'), autocomplete: 'off' })}${field(
        {
          lang,
          kind: 'select',
          name: 'awardKind',
          label: words.award,
          value: asked.awardKind ?? '',
          options,
          error: error('awardKind'),
        },
      )}${field({ ...common, kind: 'date', name: 'on', label: words.on, hint: words.onHint, value: asked.on ?? '', error: error('on'), optional: true })}${field(
        {
          ...common,
          kind: 'date',
          name: 'asOf',
          label: words.asOf,
          hint: words.asOfHint,
          value: asked.asOf ?? '',
          error: error('asOf'),
          optional: true,
        },
      )}`,
    })}${answer && person ? verdict(answer, `${person.name} ${person.policeNo}`, lang, 2) : nothing}`,
  })
}
