import { handOver, requestExtension, transferOut } from '#modules/service-window/index.ts'
import { dateOf, workingDaysOf } from '../history/time.ts'
import { longestName } from '../names.ts'
import type { SeedParts } from '../seed.ts'
import { createCounter, type Visitor, versionNow } from './counter.ts'
import { type Days, playOrders } from './orders.ts'
import { createPlay } from './play.ts'

/** A number that is out of service: its question fails. */
const dead = '19900090000'

/** The last two weeks as the people of the tour will find them: what waits for whom, what is late, who has just answered. */
export async function actPresent({
  house,
  adminPool,
  clock,
}: Pick<SeedParts, 'house' | 'adminPool' | 'clock'>): Promise<void> {
  const now = clock.now()
  const today = dateOf(now.epochMilliseconds)
  const days = workingDaysOf(house.calendar, today.subtract({ days: 60 }), today.add({ days: 60 }))
  const base = days.after(today, 0)
  const w: Days = (n) => (n >= 0 ? days.before(base, n) : days.after(base, -n))
  const play = createPlay({ house, adminPool, clock, now })
  const counter = createCounter(7)
  playOrders({ play, counter, w })
  playCounters({ play, counter, w })
  try {
    await play.run()
  } finally {
    clock.moveTo(now)
  }
}

type Cast = Parameters<typeof playOrders>[0]

/** What lies on the desks of Wanghai Road and waits for its chief and its head. */
function playCounters({ play, counter, w }: Cast): void {
  const name = (visitor: Omit<Visitor, 'itemCode'>): Visitor => ({ ...visitor, itemCode: 'household.name_change' })
  const accepted = (n: number, time: string, officer: string, visitor: Visitor, then?: (id: string) => void) =>
    play.at(w(n), time, officer, async (ctx) => {
      const id = await counter.accept(ctx, visitor)
      then?.(id)
    })

  accepted(
    12,
    '09:30',
    '990113',
    name({ name: '曹玉洁', phone: '19900092001', born: 1999, male: false, request: '原名与他人重名，申请变更姓名' }),
  )
  accepted(
    9,
    '10:20',
    '990112',
    name({ name: '冯景行', phone: '19900092002', born: 1996, male: true, request: '名中生僻字无法录入，申请变更姓名' }),
  )
  let extended = ''
  accepted(
    8,
    '14:40',
    '990112',
    name({ name: '田若曦', phone: '19900092003', born: 1994, male: false, request: '孩子随母改姓，申请姓名变更' }),
    (id) => {
      extended = id
    },
  )
  play.at(w(1), '15:50', '990112', async (ctx) =>
    requestExtension(ctx, extended, {
      ...(await versionNow(ctx, extended)),
      days: 5,
      reason: '需向原籍派出所发函核实，对方尚未回复',
    }),
  )

  let offered = ''
  accepted(
    3,
    '09:15',
    '990113',
    {
      name: longestName,
      phone: '19900092004',
      born: 1985,
      male: true,
      request: '身份证在公交车上遗失，申请补领',
      itemCode: 'id_card.loss_replacement',
    },
    (id) => {
      offered = id
    },
  )
  play.at(w(1), '16:05', '990113', async (ctx) => {
    const receiver = await ctx.db
      .selectFrom('directory.person')
      .select('id')
      .where('police_no', '=', '990112')
      .executeTakeFirstOrThrow()
    await handOver(ctx, offered, {
      ...(await versionNow(ctx, offered)),
      toPersonId: receiver.id,
      reason: '外出培训三天，移交办理',
    })
  })

  const temporary = (visitor: Omit<Visitor, 'itemCode'>): Visitor => ({ ...visitor, itemCode: 'temporary_id_card' })
  accepted(
    1,
    '10:05',
    '990112',
    temporary({ name: '王㛃', phone: '19900092005', born: 2004, male: false, request: '参加考试急用，申请临时身份证' }),
  )
  accepted(
    1,
    '11:10',
    '990112',
    temporary({ name: '李𬭎', phone: '19900092006', born: 1972, male: true, request: '急需住院，申请临时身份证' }),
  )
  accepted(
    0,
    '09:10',
    '990112',
    temporary({ name: '周赟', phone: '19900092007', born: 1989, male: true, request: '后天乘飞机，申请临时身份证' }),
  )

  play.at(w(3), '10:40', '990112', (ctx) =>
    counter.notify(ctx, {
      name: '萧美琪',
      phone: '19900092008',
      born: 1990,
      male: false,
      request: '购房落户，申请户口迁入',
      itemCode: 'household.move_in',
    }),
  )
  let second = ''
  play.at(w(4), '13:55', '990113', async (ctx) => {
    second = await counter.notify(ctx, {
      name: '吕祎',
      phone: '19900092009',
      born: 1983,
      male: true,
      request: '大学毕业回原籍，申请户口迁入',
      itemCode: 'household.move_in',
    })
  })
  play.at(w(1), '15:20', '990112', (ctx) => counter.omission(ctx, second, 'household.move_in'))
  playAnswers({ play, counter, w })
}

/** Ends of every kind, and questions that are open on the demonstration's telephones. */
function playAnswers({ play, counter, w }: Cast): void {
  const birth = (visitor: Omit<Visitor, 'itemCode'>): Visitor => ({
    ...visitor,
    itemCode: 'household.birth_registration',
  })
  play.at(w(1), '09:00', '990112', (ctx) =>
    counter.serve(
      ctx,
      birth({ name: '罗一鸣', phone: '19900093001', born: 1992, male: true, request: '新生儿出生登记' }),
    ),
  )
  play.at(w(1), '09:25', '990112', (ctx) =>
    counter.serve(
      ctx,
      birth({ name: '程欣怡', phone: '19900093002', born: 1995, male: false, request: '二孩出生登记，随父落户' }),
    ),
  )
  play.at(w(1), '09:40', '990113', (ctx) =>
    counter.serve(ctx, birth({ name: '潘浩', phone: dead, born: 1990, male: true, request: '双胞胎出生登记' })),
  )
  play.at(w(1), '09:50', '990122', (ctx) =>
    counter.serve(
      ctx,
      birth({ name: '乌日娜', phone: '19900093003', born: 1997, male: false, request: '出生登记，孩子随母姓' }),
    ),
  )
  play.at(w(1), '10:15', '990112', (ctx) =>
    counter.refuse(ctx, {
      name: '范立新',
      phone: '19900093004',
      born: 1968,
      male: true,
      request: '替邻居办理户口迁入',
      itemCode: 'household.move_in',
    }),
  )
  play.sweep(w(1), '10:50')
  play.reply(w(1), '11:20', '19900093001', '5 非常满意')
  play.reply(w(1), '12:05', '19900093002', '办是办了，就是等太久')
  let elsewhere = ''
  play.at(w(1), '16:20', '990112', async (ctx) => {
    elsewhere = await counter.receive(ctx, {
      name: '秦桂香',
      phone: '19900093005',
      born: 1955,
      male: false,
      request: '申请补办护照',
      itemCode: 'id_card.renewal',
    })
  })
  play.at(w(1), '16:32', '990112', async (ctx) =>
    transferOut(ctx, elsewhere, {
      ...(await versionNow(ctx, elsewhere)),
      reason: '护照业务由出入境管理部门办理',
      receiver: {
        name: '分局出入境管理大队受理台',
        phone: '8000 0160',
        receipt: '受理台值班员 16:31 电话签收',
        told: true,
      },
    }),
  )
  play.sweep(w(1), '17:06')
  play.at(w(0), '09:05', '990112', (ctx) =>
    counter.serve(
      ctx,
      birth({ name: '汪若曦', phone: '19900093006', born: 1998, male: false, request: '新生儿出生登记' }),
    ),
  )
  play.sweep(w(0), '09:40')
  play.at(w(0), '09:20', '990112', (ctx) =>
    counter.receive(ctx, {
      name: '扎西次仁',
      phone: '19900093007',
      born: 1987,
      male: true,
      request: '身份证芯片读不出，申请损坏换领',
      itemCode: 'id_card.damage_replacement',
    }),
  )
}
