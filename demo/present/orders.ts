import { askSecondOpinion } from '#modules/callback/index.ts'
import { addMeasure, addNote, answerCitizen, issueOrder } from '#modules/supervision/index.ts'
import type { Context } from '#platform/context.ts'
import { explanations, measures, solutions } from '../order-words.ts'
import type { Counter, Visitor } from './counter.ts'
import type { Play } from './play.ts'

/** `w(n)` is the n-th working day before today's or the next one's; w(0) is that day itself, w(-1) the one after. */
export type Days = (n: number) => Temporal.PlainDate
type Cast = { play: Play; counter: Counter; w: Days }
type Complaint = {
  officer: string
  visitor: Visitor & { phone: string }
  served: [day: number, time: string]
  reply: [day: number, time: string, text: string]
  consent?: 'Y' | 'N'
}

/** Orders in every state in which one can be met: each begins with a service, a question and a dissatisfied reply. */
export function playOrders(cast: Cast): void {
  const { play, w } = cast
  const closed = complain(cast, {
    officer: '990123',
    visitor: visitors[0],
    served: [9, '09:20'],
    reply: [9, '11:05', '2'],
    consent: 'Y',
  })
  closed.measure(8, '10:10', measures[0])
  closed.answer(7, '10:00', { result: 'solved', answer: solutions[0] })
  closed.opinion(7, '15:00', '4')

  const reopened = complain(cast, {
    officer: '990132',
    visitor: visitors[1],
    served: [6, '10:10'],
    reply: [6, '14:00', '非常不满意'],
    consent: 'N',
  })
  reopened.measure(5, '09:40', measures[2])
  reopened.answer(4, '11:00', { result: 'explained', answer: explanations[0], basis: '户口登记条例第十三条' })
  reopened.opinion(1, '10:30', '2')

  const overdue = complain(cast, {
    officer: '990142',
    visitor: visitors[2],
    served: [6, '15:00'],
    reply: [5, '10:15', '1 非常不满意'],
    consent: 'Y',
  })
  overdue.measure(4, '16:20', measures[4])
  play.sweep(w(2).add({ days: 1 }), '00:01')
  overdue.note(1, '09:35', '990001', '请于今日内查明制证进度并向群众说明，办结情况报我。')

  const waiting = complain(cast, {
    officer: '990113',
    visitor: visitors[3],
    served: [4, '09:30'],
    reply: [4, '11:30', '不满意'],
    consent: 'Y',
  })
  waiting.measure(3, '10:30', measures[1])
  waiting.answer(1, '15:00', { result: 'solved', answer: solutions[2] })

  const today = complain(cast, {
    officer: '990122',
    visitor: visitors[4],
    served: [4, '15:40'],
    reply: [3, '09:50', '2不满意'],
  })
  today.measure(2, '14:30', measures[3])
  complain(cast, {
    officer: '990152',
    visitor: visitors[5],
    served: [2, '10:00'],
    reply: [2, '13:20', '不满意'],
    consent: 'N',
  })
  complain(cast, { officer: '990113', visitor: visitors[6], served: [1, '14:10'], reply: [1, '19:10', '2'] })
  playLeadersOrder(cast)
}

function playLeadersOrder({ play, w }: Cast): void {
  let id = ''
  play.at(w(2), '11:00', '990001', async (ctx) => {
    const unit = await ctx.db
      .selectFrom('directory.unit')
      .select('id')
      .where('code', '=', '99011110501')
      .executeTakeFirstOrThrow()
    const order = await issueOrder(ctx, {
      sourceKind: 'leader',
      concernedUnitId: unit.id,
      problem: '走访中多名群众反映书院路派出所窗口午间无人值守，公示时间与实际不符。',
      requirement: '查明近一个月午间值守情况，提出整改办法，三个工作日内报告。',
    })
    id = order.id
  })
  play.as(
    w(2),
    '16:10',
    (ctx) => ownerOf(ctx, id),
    (ctx) => addMeasure(ctx, id, { text: '调取近一个月值班表和叫号记录，现场查看窗口' }),
  )
  play.as(
    w(1),
    '16:00',
    (ctx) => ownerOf(ctx, id),
    async (ctx) =>
      answerCitizen(
        ctx,
        id,
        {
          ...(await versionOf(ctx, id)),
          result: 'solved',
          answer: '经查，近一个月有四天午间无人值守。已调整排班，午间安排一人值守，并更新公示牌。',
        },
        { askSecondOpinion },
      ),
  )
}

/** A service, its question, and the reply that opens an order. Returns what can be done with the order. */
function complain({ play, counter, w }: Cast, story: Complaint) {
  let matterId = ''
  const { visitor, served, reply } = story
  play.at(w(served[0]), served[1], story.officer, async (ctx) => {
    matterId = await counter.serve(ctx, visitor)
  })
  play.sweep(w(served[0]), served[1], 34)
  play.reply(w(reply[0]), reply[1], visitor.phone, reply[2])
  play.sweep(w(reply[0]), reply[1], 1)
  if (story.consent) play.reply(w(reply[0]), plus(reply[1], 6), visitor.phone, story.consent)
  const order = (ctx: Context) => orderOf(ctx, matterId)
  const owner = async (ctx: Context) => ownerOf(ctx, await order(ctx))
  return {
    measure: (day: number, time: string, text: string) =>
      play.as(w(day), time, owner, async (ctx) => addMeasure(ctx, await order(ctx), { text })),
    note: (day: number, time: string, who: string, text: string) =>
      play.at(w(day), time, who, async (ctx) => {
        const found = await ctx.db
          .selectFrom('supervision.order')
          .select('id')
          .where('escalated_to', '=', ctx.actor.personId)
          .where('status', '=', 'open')
          .executeTakeFirst()
        if (found) await addNote(ctx, found.id, { text })
      }),
    answer(day: number, time: string, said: { result: string; answer: string; basis?: string }) {
      play.as(w(day), time, owner, async (ctx) => {
        const id = await order(ctx)
        await answerCitizen(ctx, id, { ...(await versionOf(ctx, id)), ...said }, { askSecondOpinion })
      })
      play.sweep(w(day), time, 34)
    },
    opinion: (day: number, time: string, text: string) => play.reply(w(day), time, visitor.phone, text),
  }
}

async function orderOf(ctx: Context, matterId: string): Promise<string> {
  const found = await ctx.db
    .selectFrom('supervision.order as o')
    .innerJoin('callback.callback as c', 'c.id', 'o.source_id')
    .select('o.id')
    .where('c.matter_id', '=', matterId)
    .executeTakeFirst()
  if (!found) throw new Error(`the reply about matter ${matterId} opened no order`)
  return found.id
}

async function ownerOf(ctx: Context, orderId: string): Promise<string> {
  const found = await ctx.db
    .selectFrom('supervision.order as o')
    .innerJoin('directory.person as p', 'p.id', 'o.owner_id')
    .select('p.police_no')
    .where('o.id', '=', orderId)
    .executeTakeFirstOrThrow()
  return found.police_no
}

async function versionOf(ctx: Context, id: string): Promise<{ version: number }> {
  return ctx.db.selectFrom('supervision.order').select('version').where('id', '=', id).executeTakeFirstOrThrow()
}

function plus(time: string, minutes: number): string {
  return Temporal.PlainTime.from(time).add({ minutes }).toString({ smallestUnit: 'minute' })
}

const moveIn = 'household.move_in'
const birth = 'household.birth_registration'
const visitors = [
  {
    name: '孙丽华',
    phone: '19900091001',
    born: 1986,
    male: false,
    request: '购房落户，申请户口迁入',
    itemCode: moveIn,
  },
  {
    name: '于海波',
    phone: '19900091002',
    born: 1979,
    male: true,
    request: '父母投靠子女，申请户口迁入',
    itemCode: moveIn,
  },
  { name: '郭犇', phone: '19900091003', born: 1991, male: true, request: '二孩出生登记，随父落户', itemCode: birth },
  {
    name: '古丽娜尔·阿不力孜',
    phone: '19900091004',
    born: 1993,
    male: false,
    request: '工作调动，申请户口迁入',
    itemCode: moveIn,
  },
  { name: '陈𠮷', phone: '19900091005', born: 1988, male: true, request: '新生儿出生登记', itemCode: birth },
  {
    name: '尉迟秀兰',
    phone: '19900091006',
    born: 1958,
    male: false,
    request: '夫妻投靠，申请户口迁入',
    itemCode: moveIn,
  },
  { name: '刘志远', phone: '19900091007', born: 1990, male: true, request: '女儿满月，申请出生登记', itemCode: birth },
] as const
