import { sql } from 'kysely'
import { systemActor } from '#platform/actor.ts'
import { dayOf } from '#platform/context.ts'
import type { House } from '#platform/house.ts'
import { type Html, html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatCount, formatDayShort } from '#platform/i18n.ts'
import { factList } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { demoWords } from './words.ts'

type Counts = {
  matters: number
  orders: number
  messages: number
  silent: number
  dueMatters: number
  dueOrders: number
}
type Late = { kind: 'matter' | 'order'; no: string; zh: string; en: string; dueOn: string }

const most = 30

/** What the moved clock has brought about: counts, and what is newly overdue. */
export async function happenedSince(
  house: House,
  meta: Meta,
  since: Temporal.Instant,
  now: Temporal.Instant,
): Promise<Html> {
  const { lang } = meta
  const words = demoWords(lang).time
  const { counts, late } = await house.read(systemActor, meta.requestId, async (ctx) => {
    const today = dayOf(now).toString()
    const counted = await sql<Counts>`select
      (select count(*) from service_window.matter where overdue_at > ${since}) as matters,
      (select count(*) from supervision.order where overdue_at > ${since}) as orders,
      (select count(*) from platform.outbound_message where sent_at > ${since}) as messages,
      (select count(*) from callback.callback where state = 'no_answer' and closed_at > ${since}) as silent,
      (select count(*) from service_window.matter where status = 'accepted' and due_on = ${today}::date) as "dueMatters",
      (select count(*) from supervision.order where status = 'open' and due_on = ${today}::date) as "dueOrders"`.execute(
      ctx.db,
    )
    const overdue = await sql<Late>`select * from (
        select 'order' as kind, o.no, u.name_zh as zh, u.name_en as en, o.due_on::text as "dueOn" from supervision.order o
          join directory.unit u on u.id = o.concerned_unit_id where o.overdue_at > ${since}
        union all select 'matter', m.no, u.name_zh, u.name_en, m.due_on::text from service_window.matter m
          join directory.unit u on u.id = m.handling_unit_id where m.overdue_at > ${since}) late
      order by kind desc, "dueOn", no limit ${most}`.execute(ctx.db)
    return { counts: counted.rows[0] as Counts, late: overdue.rows }
  })
  const facts = factList(
    (['matters', 'orders', 'messages', 'silent', 'dueMatters', 'dueOrders'] as const).map((key) => ({
      label: words[key],
      value: formatCount(counts[key], lang),
    })),
  )
  const list = table({
    caption: words.list,
    columns: [
      { key: 'no', label: words.no, kind: 'main' },
      { key: 'kind', label: words.kind },
      { key: 'unit', label: words.unit },
      { key: 'due', label: words.dueOn, kind: 'nowrap' },
    ],
    rows: late.map((one) => ({
      tone: 'late',
      cells: {
        no: one.no,
        kind: words[one.kind],
        unit: lang === 'en' ? one.en : one.zh,
        due: formatDayShort(Temporal.PlainDate.from(one.dueOn), lang, dayOf(now)),
      },
    })),
    empty: html`<p>${words.nothing}</p>`,
  })
  return html`${facts}${list}`
}
