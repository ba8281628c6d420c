import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { type Agreement, agreementOf, type Coding } from '#policy/complaints/agreement.ts'
import { type Behaviour, behaviours, type StyleTag, styleTags } from '#policy/complaints/lists.ts'
import { proposeTags } from '#policy/complaints/propose-tags.ts'
import { addStep, findCase } from './case-store.ts'

/** One proposal with the words that led to it; `start` and `end` count UTF-16 in the submission's text. */
export type TagWords = { code: StyleTag | Behaviour; text: string; start: number; end: number }

/** What the words of a complaint speak of: a proposal without a coder, alleged, for a person to decide (A7). */
export function proposalFor(text: string): { style: StyleTag[]; behaviour: Behaviour[]; words: TagWords[] } {
  const proposed = proposeTags(text)
  return {
    style: proposed.style.map(({ label }) => label),
    behaviour: proposed.behaviours.map(({ label }) => label),
    words: [...proposed.style, ...proposed.behaviours].flatMap(({ label, words }) =>
      words.map((word) => ({ code: label, ...word })),
    ),
  }
}

export async function keepProposal(ctx: Context, caseId: string, text: string): Promise<void> {
  const { words, ...tags } = proposalFor(text)
  await ctx.db
    .insertInto('complaints.coding')
    .values({
      case_id: caseId,
      stage: 'alleged',
      coder_id: null,
      ...tags,
      words: JSON.stringify(words),
      coded_at: ctx.now,
    })
    .execute()
}

/** One coder says what is alleged, without seeing another's reading. It is said once: agreement could not be measured else. */
export async function codeCase(
  ctx: Context,
  id: string,
  input: { style: readonly string[]; behaviour: readonly string[] },
): Promise<void> {
  const found = await findCase(ctx, id)
  const style = known(styleTags, input.style, 'style')
  const behaviour = known(behaviours, input.behaviour, 'behaviour')
  if (behaviour.length === 0) throw invalid({ behaviour: 'choose-one' })
  if (await ownCoding(ctx, id)) throw new Problem(409, 'coded-already')
  await ctx.db
    .insertInto('complaints.coding')
    .values({
      id: randomUUID(),
      case_id: id,
      stage: 'alleged',
      coder_id: ctx.actor.personId,
      style,
      behaviour,
      coded_at: ctx.now,
    })
    .execute()
  await addStep(ctx, found, 'coded')
}

function known<T extends string>(list: readonly T[], sent: readonly string[], field: string): T[] {
  if (sent.some((one) => !list.includes(one as T))) throw invalid({ [field]: 'choose-one' })
  return list.filter((one) => sent.includes(one))
}

export type CodingRow = {
  stage: 'alleged' | 'confirmed'
  coderId: string | null
  coderName: string | null
  style: StyleTag[]
  behaviour: Behaviour[]
  words: TagWords[]
}

async function ownCoding(ctx: Context, caseId: string): Promise<boolean> {
  const own = await ctx.db
    .selectFrom('complaints.coding')
    .select('id')
    .where('case_id', '=', caseId)
    .where('stage', '=', 'alleged')
    .where('coder_id', '=', ctx.actor.personId)
    .executeTakeFirst()
  return own !== undefined
}

/** The proposal and, once one has coded oneself, what others read. Before that, another's reading would be copied. */
export async function codingsOf(ctx: Context, caseId: string): Promise<{ own: boolean; rows: CodingRow[] }> {
  const found =
    await sql<CodingRow>`select k.stage, k.coder_id as "coderId", p.name as "coderName", k.style::text[] as style,
      k.behaviour::text[] as behaviour, k.words
    from complaints.coding k left join directory.person p on p.id = k.coder_id
    where k.case_id = ${caseId} order by k.stage, k.coder_id is not null, k.coded_at`.execute(ctx.db)
  const own = found.rows.some(({ stage, coderId }) => stage === 'alleged' && coderId === ctx.actor.personId)
  return { own, rows: found.rows.filter(({ stage, coderId }) => stage === 'confirmed' || coderId === null || own) }
}

export type CoderAgreement = {
  style: Agreement<StyleTag>
  behaviour: Agreement<Behaviour>
  /** Number of each case that two people coded. */
  numbers: ReadonlyMap<string, string>
}

type Pair = {
  caseId: string
  no: string
  firstStyle: StyleTag[]
  secondStyle: StyleTag[]
  firstBehaviour: Behaviour[]
  secondBehaviour: Behaviour[]
}

/** How far the first two coders of each case agree, among the cases received in the period that the reader sees (CO06). */
export async function coderAgreement(ctx: Context, from: string, until: string): Promise<CoderAgreement> {
  const found = await sql<Pair>`with k as (
      select k.case_id, c.no, k.style::text[] as style, k.behaviour::text[] as behaviour,
        row_number() over (partition by k.case_id order by k.coded_at, k.coder_id) as turn
      from complaints.coding k join complaints.case c on c.id = k.case_id
      where k.stage = 'alleged' and k.coder_id is not null and c.received_on >= ${from}::date and c.received_on < ${until}::date)
    select a.case_id as "caseId", a.no, a.style as "firstStyle", b.style as "secondStyle", a.behaviour as "firstBehaviour", b.behaviour as "secondBehaviour"
    from k a join k b on b.case_id = a.case_id and a.turn = 1 and b.turn = 2 order by a.no limit 5000`.execute(ctx.db)
  const day = dayOf(ctx.now)
  const pairs = <T extends string>(first: (row: Pair) => T[], second: (row: Pair) => T[]): Coding<T>[] =>
    found.rows.map((row) => ({ caseId: row.caseId, first: first(row), second: second(row) }))
  return {
    style: agreementOf(
      styleTags,
      pairs(
        (row) => row.firstStyle,
        (row) => row.secondStyle,
      ),
      day,
    ),
    behaviour: agreementOf(
      behaviours,
      pairs(
        (row) => row.firstBehaviour,
        (row) => row.secondBehaviour,
      ),
      day,
    ),
    numbers: new Map(found.rows.map(({ caseId, no }) => [caseId, no])),
  }
}
