import { sql } from 'kysely'
import { itemNamesOn, listVersions } from '#modules/registration/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { notFound } from '#platform/problem.ts'
import { valueOn } from '#policy/parameter.ts'
import { reviewEvery } from '#policy/upkeep/parameters.ts'
import { allParameters } from './all-parameters.ts'

export type RuleReview = { at: Temporal.Instant; person: string; note: string; version: string }

/** A rule as it holds today, and whether somebody looked at it within the year (R133). */
export type ReviewedRule = {
  rule: string
  area: string
  title: { zh: string; en: string }
  /** The version in force: the first day of a parameter's value, the number of a catalogue version. */
  version: string
  from: string
  /** Of a parameter: its value, unit and source. */
  value: { value: unknown; unit: string; basis: string; example: boolean } | null
  lastReview: RuleReview | null
  /** The day on which the next review is due. */
  dueOn: Temporal.PlainDate
  due: boolean
}

type Known = Omit<ReviewedRule, 'lastReview' | 'dueOn' | 'due'> & { since: Temporal.PlainDate }

/** Every rule in force: the dated parameters of policy/ and the published versions of the catalogue, those due first. */
export async function listRules(ctx: Context): Promise<ReviewedRule[]> {
  const today = dayOf(ctx.now)
  const rules = [...(await parametersOn(today)), ...(await catalogueOn(ctx, today))]
  const reviews = await latestReviews(ctx)
  const { value: months } = valueOn(reviewEvery, today)
  return rules
    .map(({ since, ...rule }) => {
      const lastReview = reviews.get(`${rule.rule} ${rule.version}`) ?? null
      const looked = lastReview ? dayOf(lastReview.at) : since
      const dueOn = looked.add({ months })
      return { ...rule, lastReview, dueOn, due: Temporal.PlainDate.compare(dueOn, today) <= 0 }
    })
    .sort((a, b) => Number(b.due) - Number(a.due))
}

/** One rule with all its reviews, also those of earlier versions. */
export async function readRule(ctx: Context, name: string): Promise<{ rule: ReviewedRule; reviews: RuleReview[] }> {
  const rule = (await listRules(ctx)).find((one) => one.rule === name)
  if (!rule) throw notFound('rule')
  const { rows } = await sql<RuleReview>`select r.at, p.name as person, r.note, r.version
    from platform.rule_review r join directory.person p on p.id = r.person_id where r.rule = ${name} order by r.id desc limit 50`.execute(
    ctx.db,
  )
  return { rule, reviews: rows }
}

async function parametersOn(today: Temporal.PlainDate): Promise<Known[]> {
  return (await allParameters())
    .filter(({ parameter }) => parameter.values.some(({ from }) => from <= today.toString()))
    .map(({ name, area, parameter }) => {
      const { value, basis, from, example } = valueOn(parameter, today)
      return {
        rule: name,
        area,
        title: parameter.description,
        version: from,
        from,
        value: { value, unit: parameter.unit, basis, example },
        since: Temporal.PlainDate.from(from),
      }
    })
}

async function catalogueOn(ctx: Context, today: Temporal.PlainDate): Promise<Known[]> {
  const names = new Map((await itemNamesOn(ctx, today)).map((item) => [item.itemCode, item.content.name]))
  return (await listVersions(ctx))
    .filter(
      ({ status, from, until }) =>
        status === 'published' && from <= today.toString() && (until === null || until > today.toString()),
    )
    .map((version) => {
      const published = version.publishedAt ? dayOf(version.publishedAt) : null
      const from = Temporal.PlainDate.from(version.from)
      return {
        rule: `catalogue.${version.itemCode}`,
        area: 'catalogue',
        title: names.get(version.itemCode) ?? version.name,
        version: String(version.number),
        from: version.from,
        value: null,
        since: published && Temporal.PlainDate.compare(published, from) > 0 ? published : from,
      }
    })
}

async function latestReviews(ctx: Context): Promise<Map<string, RuleReview>> {
  const { rows } = await sql<
    RuleReview & { rule: string }
  >`select distinct on (r.rule, r.version) r.rule, r.version, r.at, r.note, p.name as person
    from platform.rule_review r join directory.person p on p.id = r.person_id order by r.rule, r.version, r.at desc`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [`${row.rule} ${row.version}`, row]))
}
