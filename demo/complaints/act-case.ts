import { sql } from 'kysely'
import {
  acceptCase,
  answerCase,
  answerStatement,
  assignCase,
  clarify,
  classifyCase,
  closeCase,
  codeCase,
  decideAppeal,
  decideFinding,
  fileAppeal,
  mergeCases,
  proposeFinding,
  redirectCase,
  requestStatement,
  reviewFinding,
  takeDown,
} from '#modules/complaints/index.ts'
import { decideDeduction } from '#modules/standing/index.ts'
import type { Context } from '#platform/context.ts'
import type { Channel } from '#policy/complaints/lists.ts'
import { oralChannels } from '#policy/complaints/lists.ts'
import type { WorkingDays } from '../history/time.ts'
import { personName } from '../names.ts'
import type { Play } from '../present/play.ts'
import type { Random } from '../random.ts'
import type { CasePlan } from './plan.ts'
import { accusations, clauses, elsewhere, grounds, statements, suggestions } from './scenes.ts'

type Cast = { play: Play; random: Random; days: WorkingDays; headOf(unitId: string): string | null }

/** Which desk takes a channel down, as police numbers of the invented bureau. */
const clerkOf: Partial<Record<Channel, string>> = {
  desk_960111: '990032',
  hotline_12345: '990032',
  police_110: '990032',
  report_hotline: '990062',
  hotline_12389: '990024',
  comment_book: '990025',
}
const clerk = '990051'
const handlers = ['990052', '990053', '990054'] as const
const inspectors = ['990062', '990063'] as const
const reviewer = '990024'
const leader = '990001'
const appealLeader = '990003'
const secretary = '990004'

/** One case from the first word to its end, each step by whom it belongs to, at its own time. */
export function actCase(cast: Cast, plan: CasePlan, nth: number): void {
  const { play, random, days } = cast
  const told = { id: '', submission: '' }
  const w = (n: number) => days.after(plan.on, n)
  const time = clockText(plan.minute)
  const takes = plan.fate === 'accusation' ? '990062' : (clerkOf[plan.channel] ?? clerk)
  const channel = plan.fate === 'accusation' ? ('report_hotline' as const) : plan.channel
  const spoken = spokenOf(plan, random)
  play.at(plan.on, time, takes, async (ctx) => {
    const opened = await takeDown(ctx, { ...submission(cast, plan, nth, spoken), channel })
    told.id = opened.caseId
  })
  const step = (n: number, at: string, who: string, act: (ctx: Context, version: number) => Promise<unknown>) =>
    play.at(w(n), at, who, async (ctx) => act(ctx, await versionOf(ctx, told.id)))
  if (plan.fate === 'elsewhere') {
    step(1, '09:20', '990052', (ctx, version) =>
      classifyCase(ctx, told.id, { version, caseClass: 'other_path', department: 'petition_section' }),
    )
    step(1, '09:30', '990052', (ctx, version) =>
      redirectCase(ctx, told.id, { version, path: 'reconsideration', pathTold: spoken.told ?? '' }),
    )
    return
  }
  const caseClass = plan.fate === 'suggestion' ? 'suggestion' : plan.fate === 'accusation' ? 'accusation' : 'appeal'
  const desk = plan.fate === 'accusation' ? '990062' : '990052'
  const handler = plan.fate === 'accusation' ? random.pick(inspectors) : random.pick(handlers)
  const second = plan.fate === 'accusation' ? inspectors.find((one) => one !== handler) : reviewer
  const decides = plan.fate === 'accusation' ? secretary : leader
  const at = (minutes: number) => clockText(9 * 60 + (plan.minute % 240) + minutes)
  step(1, at(0), takes, (ctx, version) =>
    classifyCase(ctx, told.id, {
      version,
      caseClass,
      department: plan.fate === 'accusation' ? 'discipline_inspection' : 'petition_section',
    }),
  )
  step(1, at(10), desk, (ctx, version) => acceptCase(ctx, told.id, { version }))
  step(2, at(5), desk, async (ctx, version) =>
    assignCase(ctx, told.id, { version, handlerId: await personIdOf(ctx, handler) }),
  )
  if (plan.twin) twin(cast, plan, told, nth)
  if (plan.fate === 'suggestion') {
    step(6, at(0), handler, (ctx, version) =>
      answerCase(ctx, told.id, {
        version,
        facts: '已核实建议内容。',
        reasons: '建议有利于方便群众。',
        opinion: spoken.answer ?? '',
        basis: '《信访工作条例》第三十一条',
      }),
    )
    return
  }
  step(3, at(0), handler, (ctx) => codeCase(ctx, told.id, tagsOf(plan)))
  step(3, at(30), '990025', (ctx) =>
    plan.fate === 'accusation' ? Promise.resolve() : codeCase(ctx, told.id, tagsOf(plan, random.chance(0.2))),
  )
  hear(cast, plan, told, { handler, w, at })
  decide(cast, plan, told, { handler, second: second ?? reviewer, decides, w, at })
}

type Told = { id: string; submission: string }
type Hands = { handler: string; w(n: number): Temporal.PlainDate; at(minutes: number): string }

function hear(cast: Cast, plan: CasePlan, told: Told, { handler, w, at }: Hands): void {
  const { play, random } = cast
  const asked = plan.accused?.police_no ?? cast.headOf(plan.unit.id)
  if (!asked) return
  let statement = ''
  play.at(w(3), at(60), handler, async (ctx) => {
    const made = await requestStatement(ctx, told.id, {
      version: await versionOf(ctx, told.id),
      personId: await personIdOf(ctx, asked),
      facts: `反映事项：${plan.scene.factLine}。请说明当时情况。`,
    })
    statement = made.id
  })
  if (plan.silent) return
  play.at(w(3 + random.int(1, 3)), at(90), asked, (ctx) =>
    answerStatement(ctx, statement, { answer: random.pick(statements), files: [] }),
  )
}

function decide(
  cast: Cast,
  plan: CasePlan,
  told: Told,
  { handler, second, decides, w, at }: Hands & { second: string; decides: string },
): void {
  const { play, random } = cast
  const n = plan.silent ? 14 : 8
  const step = (days: number, minutes: number, who: string, act: (ctx: Context, version: number) => Promise<unknown>) =>
    play.at(w(days), at(minutes), who, async (ctx) => act(ctx, await versionOf(ctx, told.id)))
  const responsible = plan.fate === 'responsible' || plan.fate === 'unit_only'
  const clause = random.pick(clauses)
  step(n, 0, handler, async (ctx, version) =>
    proposeFinding(ctx, told.id, {
      version,
      ...(plan.accused ? { personId: plan.accused.id } : { unitId: plan.unit.id }),
      outcome: responsible ? 'responsible' : plan.fate === 'accusation' ? 'not_established' : plan.fate,
      ...(responsible && { severity: plan.severity, clause }),
      facts: responsible ? plan.scene.facts : '经调取监控并走访，未发现所反映情况。',
      factLine: plan.scene.factLine,
      otherEvidence: '窗口监控录像｜接待经过\n值班记录｜当日在岗情况',
      ...(plan.fate === 'unit_only' && { nobodyReason: '多人轮岗，无法确定具体责任人' }),
      tags: responsible ? { style: plan.scene.style, behaviour: plan.scene.behaviour } : { style: [], behaviour: [] },
    }),
  )
  step(n + 1, 0, second, (ctx, version) =>
    reviewFinding(ctx, told.id, {
      version,
      agree: true,
      tags: responsible ? { style: plan.scene.style, behaviour: plan.scene.behaviour } : { style: [], behaviour: [] },
    }),
  )
  step(n + 3, 0, decides, (ctx, version) => decideFinding(ctx, told.id, { version, approve: true }))
  // Nobody can be told of an anonymous one: it ends with the decision (A23).
  if (plan.anonymous && !plan.twin) step(n + 4, 0, handler, (ctx, version) => closeCase(ctx, told.id, { version }))
  else
    step(n + 4, 0, handler, (ctx, version) =>
      answerCase(ctx, told.id, {
        version,
        facts: responsible ? plan.scene.facts : '经调查，未发现所反映情况。',
        reasons: responsible ? '依据窗口服务规范，认定责任单位和责任人。' : '现有证据不能证明所反映情况。',
        opinion: responsible ? plan.scene.answer : '感谢您的监督，如有新的线索可以补充反映。',
        basis: '《信访工作条例》第三十二条',
      }),
    )
  if (plan.fate === 'unfounded' && plan.accused)
    step(n + 5, 0, handler, async (ctx, version) =>
      clarify(ctx, told.id, await findingOf(ctx, told.id), {
        version,
        matter: `反映${plan.scene.factLine}`,
        tellUnit: random.chance(0.6),
      }),
    )
  if (plan.fate === 'responsible') consequences(cast, plan, told, { n, w, at, decides })
}

type After = { n: number; w(n: number): Temporal.PlainDate; at(minutes: number): string; decides: string }

/** The second deduction by the unit's head, and an appeal where the officer makes one. */
function consequences(cast: Cast, plan: CasePlan, told: Told, { n, w, at }: After): void {
  const { play, random } = cast
  const head = cast.headOf(plan.unit.id)
  const late = random.chance(0.12)
  if (head)
    play.at(w(n + 3 + (late ? random.int(6, 8) : random.int(1, 4))), at(40), head, async (ctx) => {
      const task = await taskOf(ctx, told.id)
      if (task)
        await decideDeduction(ctx, task.id, {
          version: task.version,
          points: task.min,
          reason: '按认定事实和分局扣分标准，从轻扣分。',
        })
    })
  if (plan.appealed === 'no' || !plan.accused) return
  play.at(w(n + 7), at(20), plan.accused.police_no, async (ctx) =>
    fileAppeal(ctx, await findingOf(ctx, told.id), { grounds: random.pick(grounds) }),
  )
  play.at(w(n + 13), at(30), appealLeader, async (ctx) => {
    const appeal = await sql<{
      id: string
    }>`select a.id from complaints.appeal a join complaints.finding f on f.id = a.finding_id
      where f.case_id = ${told.id} and a.decided_at is null`.execute(ctx.db)
    const found = appeal.rows[0]
    if (!found) return
    await decideAppeal(ctx, told.id, found.id, {
      decision: plan.appealed === 'annulled' ? 'annulled' : 'upheld',
      reason:
        plan.appealed === 'annulled'
          ? '新调取的录音证明民警已两次解释，原认定依据不足。'
          : '原认定事实清楚，依据充分，维持。',
    })
  })
}

/** Somebody else tells of the same event through another channel (A22). */
function twin(cast: Cast, plan: CasePlan, told: Told, nth: number): void {
  const { play, random, days } = cast
  let other = ''
  const on = days.after(plan.on, 2)
  play.at(on, clockText(plan.minute), clerk, async (ctx) => {
    const opened = await takeDown(ctx, {
      ...submission(cast, { ...plan, anonymous: false }, nth + 5000, {
        text: `我也要反映这件事：${plan.scene.text}`,
        wish: plan.scene.wish,
      }),
      channel: 'visit',
    })
    other = opened.caseId
  })
  play.at(days.after(plan.on, 2), clockText(plan.minute + 30), '990052', async (ctx) => {
    await mergeCases(ctx, told.id, {
      version: await versionOf(ctx, told.id),
      otherId: other,
      reason: '同一时间同一窗口的同一件事',
    })
  })
  void random
}

type Spoken = { text: string; wish: string; answer?: string; told?: string }

function spokenOf(plan: CasePlan, random: Random): Spoken {
  if (plan.fate === 'suggestion') return random.pick(suggestions)
  if (plan.fate === 'elsewhere') return random.pick(elsewhere)
  if (plan.fate === 'accusation') return { text: random.pick(accusations).text, wish: '请纪委调查处理。' }
  return plan.scene
}

function submission({ random }: Cast, plan: CasePlan, nth: number, spoken: Spoken) {
  const oral = oralChannels.includes(plan.channel)
  const name = personName(random, random.int(1950, 2000), random.chance(0.5))
  return {
    channel: plan.channel,
    text: spoken.text,
    wish: spoken.wish,
    readBack: oral || plan.fate === 'accusation' || nth >= 5000,
    anonymous: plan.anonymous,
    confidential: !plan.anonymous && random.chance(0.2),
    ...(!plan.anonymous && { complainant: { name, phone: `1990009${String(4000 + (nth % 5000)).padStart(4, '0')}` } }),
    accused: plan.accused
      ? { officers: plan.accused.police_no }
      : plan.fate === 'unit_only'
        ? { unitId: plan.unit.id }
        : {},
    occurredOn: plan.on.subtract({ days: random.int(0, 6) }).toString(),
    place: plan.unit.name_zh,
  }
}

function tagsOf(plan: CasePlan, otherwise = false) {
  return { style: otherwise ? plan.scene.style.slice(0, 1) : plan.scene.style, behaviour: plan.scene.behaviour }
}

async function versionOf(ctx: Context, id: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`select version from complaints.case where id = ${id}`.execute(ctx.db)
  return rows[0]?.version ?? 0
}

async function personIdOf(ctx: Context, number: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from directory.person where police_no = ${number}`.execute(
    ctx.db,
  )
  return rows[0]?.id ?? ''
}

async function findingOf(ctx: Context, caseId: string): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select id from complaints.finding where case_id = ${caseId} order by proposed_at limit 1`.execute(ctx.db)
  return rows[0]?.id ?? ''
}

async function taskOf(ctx: Context, caseId: string): Promise<{ id: string; version: number; min: number } | undefined> {
  const { rows } = await sql<{
    id: string
    version: number
    min: number
  }>`select t.id, t.version, t.min_points as min from standing.deduction_task t
    join standing.responsibility r on r.finding_id = t.finding_id where r.case_id = ${caseId} and t.status = 'open'`.execute(
    ctx.db,
  )
  return rows[0]
}

function clockText(minutes: number): string {
  const whole = Math.min(minutes, 17 * 60 + 20)
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`
}
