/**
 * What must hold in the invented bureau as in a real one (domain.md 6.5), as statements that count what breaks it.
 * Each gives one row with one number, and that number is to be nought.
 */
export const invariants: Record<string, string> = {
  'who received the citizen first is the first-contact officer, at that time, in that unit (R84)': `
    select count(*) from service_window.matter m left join service_window.visit v on v.matter_id = m.id and v.no = 1
    where v.officer_id is distinct from m.first_officer_id or v.at is distinct from m.received_at or v.unit_id is distinct from m.unit_id`,
  'visits are counted without a gap, and each after the first has its cause (R50)': `
    select count(*) from service_window.matter m where m.visits <> (select count(*) from service_window.visit v where v.matter_id = m.id)
      or exists (select from service_window.visit v where v.matter_id = m.id and v.no > 1 and (v.cause is null or v.at <= m.received_at))`,
  'the holder is who signed for the work last (R84)': `
    select count(*) from service_window.matter m where m.holder_id is distinct from coalesce((select b.to_person_id from service_window.baton b
      where b.matter_id = m.id and b.receipt_at is not null order by b.no desc limit 1), m.first_officer_id)`,
  'no matter has a further notice without a cause approved by somebody else (6.5 no. 5, R49)': `
    select count(*) from service_window.notice n where n.sequence > 1 and n.status = 'issued'
      and (n.cause is null or n.decided_by is null or n.decided_by = n.requested_by)`,
  'a notice names every gap and shows what was printed': `
    select count(*) from service_window.notice n where n.status = 'issued' and (jsonb_array_length(n.content->'gaps') = 0 or n.content->>'no' <> n.no
      or jsonb_array_length(n.content->'gaps') <> (select count(*) from service_window.notice_gap g where g.notice_id = n.id))`,
  'an omission stands in the ledger against whoever wrote the first notice (R49)': `
    select count(*) from service_window.notice n join service_window.notice f on f.matter_id = n.matter_id and f.sequence = 1
    where n.sequence > 1 and n.status = 'issued' and n.cause = 'officer_omission' and not exists (
      select from standing.entry e where e.kind = 'notice_omission' and e.source_id = n.id and e.person_id = f.requested_by)`,
  'accepted matters have all papers in order at the visit that accepted them (R47)': `
    select count(*) from service_window.matter m join service_window.material_check c on c.matter_id = m.id and c.visit_no = m.visits
    where m.accepted_at is not null and c.verdict <> 'present' and not c.mended`,
  'a matter past its day is overdue, one that is not past it is not, and the ledger agrees (R86)': `
    select count(*) from service_window.matter m where m.accepted_at is not null and m.status in ('accepted', 'completed')
      and ((m.overdue_at is not null) <> (m.due_on < coalesce((m.finished_at at time zone 'Asia/Shanghai')::date, $1::date))
        or (m.overdue_at is not null) <> exists (select from standing.entry e where e.kind = 'matter_overdue' and e.source_id = m.id))`,
  'an extension moves the day once and stands in the ledger (R86)': `
    select count(*) from service_window.extension x join service_window.matter m on m.id = x.matter_id where x.approved and
      (m.due_on <> x.new_due_on or x.decided_by = x.requested_by or not exists (select from standing.entry e where e.kind = 'matter_extended' and e.source_id = m.id))`,
  'every end that serves somebody is followed by one question, no other is (R52)': `
    select count(*) from service_window.matter m where (select count(*) from callback.callback c where c.subject_id = m.id and c.purpose = 'satisfaction')
      <> case when m.status in ('completed', 'refused', 'transferred') then 1 else 0 end`,
  'a question is about who served, there and then (c-9)': `
    select count(*) from callback.callback c join service_window.matter m on m.id = c.matter_id
    where c.purpose = 'satisfaction' and (c.officer_id <> m.finished_by or c.unit_id <> m.handling_unit_id or c.finished_at <> m.finished_at)`,
  'there is no rating without an answer, and silence is none (b-6)': `
    select count(*) from callback.callback c left join callback.rating r on r.callback_id = c.id left join callback.answer a on a.id = r.answer_id
    where (c.state = 'answered') <> (r.callback_id is not null) or (r.callback_id is not null and (a.id is null or a.level <> r.level or a.callback_id <> c.id))`,
  'questions leave between nine and eight (R52)': `
    select count(*) from callback.callback where sent_at is not null and (sent_at at time zone 'Asia/Shanghai')::time not between '09:00' and '20:01'`,
  'each dissatisfied reply has one order, and no order of a reply is without one (R53)': `
    select (select count(*) from callback.rating r where r.purpose = 'satisfaction' and r.level <= 2 and not exists (
        select from supervision.order o where o.source_kind = 'callback' and o.source_id = r.callback_id and o.started_at = r.rated_at))
      + (select count(*) from supervision.order o where o.source_kind = 'callback' and not exists (
        select from callback.rating r where r.callback_id = o.source_id and r.level <= 2))`,
  'nobody owns, answers or closes an order about himself or his unit (6.5 no. 8, 6.4)': `
    select count(*) from supervision.order o where o.closed_by in (o.owner_id, o.concerned_person_id, o.answered_by)
      or exists (select from directory.person p where p.id in (o.owner_id, o.answered_by)
        and (p.id = o.concerned_person_id or o.concerned_unit_id = any (directory.unit_chain(p.unit_id))))`,
  'an order from a reply is closed by the second opinion or by silence alone (CB07)': `
    select count(*) from supervision.order o where o.source_kind = 'callback' and o.status = 'closed' and (o.closing = 'issuer'
      or (o.closing = 'second_opinion') <> exists (select from callback.rating r join callback.callback c on c.id = r.callback_id
        where c.purpose = 'second_opinion' and c.subject_id = o.id and c.round = o.round and r.level >= 3))`,
  'an open order past its day is overdue, with the leader and in the ledger (R53)': `
    select count(*) from supervision.order o where o.status = 'open' and o.due_on < $1::date and (o.overdue_at is null or o.escalated_to is null
      or not exists (select from standing.entry e where e.kind = 'order_overdue' and e.detail->>'orderId' = o.id::text))`,
  'figures of the days equal what stands in the matters': `
    select count(*) from (
      select measure, day, unit_id, sum(amount) as n from (select measure, day, unit_id, amount from platform.figure
        union all select measure, day, unit_id, amount from platform.figure_delta) f where measure not like 'callback:%' group by 1, 2, 3) kept
    full join (
      select measure, (at at time zone 'Asia/Shanghai')::date as day, unit_id, count(*) as n from (
        select 'received' as measure, received_at as at, unit_id from service_window.matter
        union all select 'accepted', m.accepted_at, m.unit_id from service_window.matter m where m.accepted_at is not null
        union all select m.status::text, m.finished_at, m.unit_id from service_window.matter m where m.finished_at is not null
        union all select case when (m.finished_at at time zone 'Asia/Shanghai')::date > m.due_on then 'completed_late' else 'completed_on_time' end, m.finished_at, m.unit_id
          from service_window.matter m where m.status = 'completed'
        union all select 'overdue', m.overdue_at, m.unit_id from service_window.matter m where m.overdue_at is not null
        union all select case when m.visits = 2 then 'done_by_visit_2' else 'done_later' end, m.accepted_at, m.unit_id from service_window.matter m where m.accepted_at is not null and m.visits > 1
        union all select case when n.sequence = 1 then 'notice_first' else 'notice_later' end, n.issued_at, m.unit_id
          from service_window.notice n join service_window.matter m on m.id = n.matter_id where n.status = 'issued') one group by 1, 2, 3) counted
    using (measure, day, unit_id) where kept.n is distinct from counted.n`,
  'acceptance numbers run without a gap in each station and day (GA 214.4)': `
    select count(*) from (select 'acceptance.' || left(acceptance_no, 17) as series, count(*) as n, max(right(acceptance_no, 5)::int) as top
      from service_window.matter where acceptance_no is not null group by 1) used
    full join (select * from platform.number_series where series like 'acceptance.%') s using (series) where used.n is distinct from s.last or used.top is distinct from s.last`,
  'numbers of matters follow the sequence that gives the next one': `
    select count(*) from service_window.matter m, service_window.matter_no s where split_part(m.no, '-', 2)::int > s.last_value`,
}
