import { type Selectable, sql } from 'kysely'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import type {
  ComplaintsBehaviour,
  ComplaintsChannel,
  ComplaintsCodingStage,
  ComplaintsExtension,
  ComplaintsPause,
  ComplaintsReview,
  ComplaintsStyleTag,
} from '#platform/db/schema.ts'
import type { Clock } from '#policy/complaints/clocks.ts'
import { type Action, type By, possible } from '#policy/complaints/lifecycle.ts'
import { type Asked, type Party, partiesOf, toBeHeard } from './accused-parties.ts'
import { reachable } from './answer-case.ts'
import { type Case, findCase, standingTo } from './case-store.ts'
import { type CaseStep, caseTimeline } from './case-timeline.ts'
import { type NoticeRow, noticesOf } from './citizen-notice-view.ts'
import { clears } from './clarify.ts'
import { decidersOf, heard } from './finding-store.ts'
import { type FindingRow, findingRows, type StatementRow, statementRows } from './finding-view.ts'
import { reviewDaysEnd } from './review-state.ts'

export type SubmissionRow = {
  id: string
  channel: ComplaintsChannel
  sourceRef: string
  receivedAt: Temporal.Instant
  receivedByName: string | null
  text: string
  oral: boolean
  anonymous: boolean
  confidential: boolean
  reachable: boolean
  groupSize: number
  withdrawnAt: Temporal.Instant | null
  /** How he rated the handling, in the last round. */
  rating: number | null
  ratingComment: string | null
}

export type FileRow = {
  id: string
  submissionId: string | null
  statementId: string | null
  name: string
  size: number
  said: string
  addedByName: string | null
  addedAt: Temporal.Instant
}

export type CodingRow = {
  stage: ComplaintsCodingStage
  coderName: string | null
  style: ComplaintsStyleTag[]
  behaviour: ComplaintsBehaviour[]
  words: { text: string }[]
}

export type WishRow = {
  kind: string
  text: string
  askedAt: Temporal.Instant
  takenUpAt: Temporal.Instant | null
  refused: string | null
}

export type CaseDetails = {
  case: Case
  handlerName: string | null
  deskZh: string
  deskEn: string
  by: By[]
  can: Action[]
  parties: Party[]
  saidAs: string[]
  toHear: Asked[]
  heard: boolean
  submissions: SubmissionRow[]
  reachable: number
  files: FileRow[]
  codings: CodingRow[]
  statements: StatementRow[]
  findings: FindingRow[]
  notices: NoticeRow[]
  wishes: WishRow[]
  extension: Selectable<ComplaintsExtension> | null
  pause: Selectable<ComplaintsPause> | null
  reviews: Selectable<ComplaintsReview>[]
  reviewEnd: Clock | null
  steps: CaseStep[]
  /** Findings that call for a written clarification which is not there yet. */
  toClarify: FindingRow[]
  /** The reader has had a hand in a finding or appeal of this case: he decides no appeal in it. */
  hasDecided: boolean
  mayReveal: boolean
}

/** Everything a screen shows of one case. Who complained is not in it. */
export async function viewCase(ctx: Context, id: string): Promise<CaseDetails> {
  const found = await findCase(ctx, id)
  const by = standingTo(ctx, found)
  const findings = await findingRows(ctx, id)
  const pause = await openPauseOf(ctx, id)
  return {
    case: found,
    ...(await namesOf(ctx, found)),
    by,
    can: possible(found.status, by),
    parties: await partiesOf(ctx, id),
    saidAs: await saidAsOf(ctx, id),
    toHear: await toBeHeard(ctx, id),
    heard: await heard(ctx, found),
    submissions: await submissionsOf(ctx, id),
    reachable: await reachable(ctx, found),
    files: await filesOf(ctx, id),
    codings: await codingsOf(ctx, id),
    statements: await statementRows(ctx, id),
    findings,
    notices: await noticesOf(ctx, id),
    wishes: await wishesOf(ctx, id),
    extension: await extensionOf(ctx, found),
    pause,
    reviews: await ctx.db
      .selectFrom('complaints.review')
      .selectAll()
      .where('case_id', '=', id)
      .orderBy('requested_at')
      .execute(),
    reviewEnd: await reviewDaysEnd(ctx, found),
    steps: await caseTimeline(ctx, id),
    toClarify: findings.filter((finding) => clears(finding) && !finding.clarification),
    hasDecided: (await decidersOf(ctx, id)).includes(ctx.actor.personId ?? ''),
    mayReveal: may(ctx.actor, 'complaint.identity'),
  }
}

async function namesOf(ctx: Context, found: Case): Promise<Pick<CaseDetails, 'handlerName' | 'deskZh' | 'deskEn'>> {
  const { rows } = await sql<{ handlerName: string | null; deskZh: string | null; deskEn: string | null }>`
    select (select p.name from directory.person p where p.id = ${found.handler_id}::uuid) as "handlerName",
      (select u.name_zh from complaints.desk d join directory.unit u on u.id = d.unit_id where d.department = ${found.department}) as "deskZh",
      (select u.name_en from complaints.desk d join directory.unit u on u.id = d.unit_id where d.department = ${found.department}) as "deskEn"`.execute(
    ctx.db,
  )
  const row = rows[0]
  return { handlerName: row?.handlerName ?? null, deskZh: row?.deskZh ?? '', deskEn: row?.deskEn ?? '' }
}

async function saidAsOf(ctx: Context, id: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('complaints.accused')
    .select('said_as')
    .where('case_id', '=', id)
    .where('said_as', '<>', '')
    .orderBy('named_at')
    .execute()
  return rows.map((row) => row.said_as)
}

async function submissionsOf(ctx: Context, id: string): Promise<SubmissionRow[]> {
  const { rows } = await sql<SubmissionRow>`
    select s.id, s.channel, s.source_ref as "sourceRef", s.received_at as "receivedAt", p.name as "receivedByName", s.text, s.oral, s.anonymous,
      s.confidential, s.reachable, s.group_size as "groupSize", s.withdrawn_at as "withdrawnAt", r.level as rating, r.comment as "ratingComment"
    from complaints.submission s left join directory.person p on p.id = s.received_by
    left join lateral (select level, comment from complaints.rating r where r.submission_id = s.id order by r.round desc limit 1) r on true
    where s.case_id = ${id} order by s.received_at, s.id`.execute(ctx.db)
  return rows
}

async function filesOf(ctx: Context, id: string): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`
    select f.id, f.submission_id as "submissionId", f.statement_id as "statementId", f.name, f.size, f.said, p.name as "addedByName", f.added_at as "addedAt"
    from complaints.file f left join directory.person p on p.id = f.added_by where f.case_id = ${id} order by f.added_at, f.id`.execute(
    ctx.db,
  )
  return rows
}

async function codingsOf(ctx: Context, id: string): Promise<CodingRow[]> {
  const { rows } = await sql<CodingRow>`
    select c.stage, p.name as "coderName", c.style::text[] as style, c.behaviour::text[] as behaviour, c.words
    from complaints.coding c left join directory.person p on p.id = c.coder_id where c.case_id = ${id} order by c.stage, c.coded_at`.execute(
    ctx.db,
  )
  return rows
}

async function wishesOf(ctx: Context, id: string): Promise<WishRow[]> {
  const { rows } = await sql<WishRow>`
    select w.kind, w.text, w.asked_at as "askedAt", w.taken_up_at as "takenUpAt", w.refused
    from complaints.wish w join complaints.submission s on s.id = w.submission_id where s.case_id = ${id} order by w.asked_at`.execute(
    ctx.db,
  )
  return rows
}

async function extensionOf(ctx: Context, found: Case) {
  const row = await ctx.db
    .selectFrom('complaints.extension')
    .selectAll()
    .where('case_id', '=', found.id)
    .where('round', '=', found.round)
    .executeTakeFirst()
  return row ?? null
}

async function openPauseOf(ctx: Context, id: string) {
  const row = await ctx.db
    .selectFrom('complaints.pause')
    .selectAll()
    .where('case_id', '=', id)
    .where('resumed_on', 'is', null)
    .executeTakeFirst()
  return row ?? null
}
