/**
 * Invented matters of half a year in one statement: 20 window units of different size, eight items in their real
 * proportions, names and wishes in Chinese, states by age. Row n has the id md5('matter' || n). Parameters: $1 how many.
 */
export const insertMatters = `
with unit as (
  select array_agg(id order by code) as ids from directory.unit where is_window_unit
), person as (
  select array_agg(p.id order by p.police_no) as ids from directory.person p where p.police_no like 'B%'
), item as (
  select array_agg(v.id order by v.item_code) as ids, array_agg(v.item_code order by v.item_code) as codes
  from registration.item_version v where v.status = 'published' and v.effective @> current_date
), word as (
  select array['王','李','张','刘','陈','杨','黄','赵','吴','周','徐','孙','马','朱','胡','郭','何','林','高','罗','郑','梁','谢','宋','唐','许','韩','邓','冯','曹','彭','曾','肖','田','董','潘','袁','蔡','蒋','余'] as family,
    array['伟','芳','娜','敏','静','丽','强','磊','军','洋','勇','艳','杰','娟','涛','明','超','秀英','霞','平','刚','桂英','建国','志强','雪梅','子轩','欣怡','晓东','玉兰','海燕','文博','雨桐'] as given,
    array['身份证到期换领','身份证丢失补领','身份证损坏换领','首次申领身份证','办理临时身份证','新生儿出生登记','夫妻投靠户口迁入','变更姓名'] as wish,
    array['，本人到场','，由家人陪同','，希望邮寄到家','，下周要出差','，孩子上学要用','，银行要求更新','，从外地回来办理','，上次材料没有带齐','，原件在老家','，想尽快办好'] as more,
    array['驾校报名急用','拆迁补偿登记要用','护照签证要用'] as seldom
), row as (
  select i, random() as r_unit, random() as r_item, random() as r_state, random() as r_word, random() as r_name, random() as r_time,
    date_trunc('day', now()) - interval '182 days' * (1 - (i - 1)::float8 / $1) as day
  from generate_series(1, $1::int) i
), placed as (
  select row.*, (date_trunc('day', day) + interval '1 hour' + random() * interval '8 hours') as at,
    extract(epoch from now() - day) / 86400 as age, 1 + floor(20 * power(r_unit, 1.4))::int as u, 1 + floor(8 * r_item)::int as it
  from row
), lived as (
  select placed.*, least(at, now() - interval '1 hour') as received,
    case
      when age < 2 then case when r_state < 0.5 then 'received' when r_state < 0.85 then 'accepted' when r_state < 0.9 then 'awaiting_applicant' else 'completed' end
      when age < 20 then case when r_state < 0.18 then 'accepted' when r_state < 0.24 then 'awaiting_applicant' when r_state < 0.93 then 'completed' when r_state < 0.96 then 'refused' when r_state < 0.98 then 'transferred' else 'withdrawn' end
      else case when r_state < 0.0005 then 'accepted' when r_state < 0.92 then 'completed' when r_state < 0.95 then 'refused' when r_state < 0.97 then 'transferred' when r_state < 0.985 then 'withdrawn' else 'lapsed' end
    end as state
  from placed
)
insert into service_window.matter (id, no, unit_id, handling_unit_id, first_officer_id, holder_id, received_at, applicant_name, request,
  phone_sealed, phone_index, phone_masked, item_code, item_version_id, answers, status, visits, query_code_hash, query_code_sealed,
  accepted_at, acceptance_no, due_on, due_basis, finished_at, finished_by, outcome_reason, outcome_can_do, receiver_name, receiver_receipt, citizen_told_at, version, changed_at)
select md5('matter' || i)::uuid, to_char(received at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' || lpad(i::text, 7, '0'),
  unit.ids[u], unit.ids[u], officer, officer, received,
  family[1 + floor(40 * r_name)::int] || given[1 + (i % 32)], wish[it] || more[1 + floor(10 * r_word)::int] || case when i % 20011 = 0 then seldom[1 + i % 3] else '' end,
  'sm.1.' || md5('p' || i) || md5('q' || i), md5('phone' || i), '139****' || lpad((i % 10000)::text, 4, '0'),
  item.codes[1 + (it - 1) % cardinality(item.codes)], item.ids[1 + (it - 1) % cardinality(item.ids)], '{"registered_at": "this_station", "age": "from_16", "delivery": "collect"}',
  state::service_window.matter_status, case when r_time < 0.8 then 1 when r_time < 0.97 then 2 else 3 end, md5('code' || i), 'sm.1.' || md5('c' || i) || md5('d' || i),
  accepted, case when accepted is not null then '990101' || lpad(u::text, 3, '0') || to_char(received, 'YYYYMMDD') || lpad(i::text, 7, '0') end,
  case when accepted is not null then (received at time zone 'Asia/Shanghai')::date + 20 end, case when accepted is not null then 'id-card-law:12' end,
  finished, case when finished is not null then officer end, case when state in ('refused', 'transferred', 'withdrawn', 'lapsed') then '核查后不符合条件' end,
  case when state = 'refused' then '补齐材料后可重新申请' end, case when state = 'transferred' then '长河街派出所' end, case when state = 'transferred' then '收据' end,
  case when state = 'transferred' then finished end, 3, received
from (
  select lived.*, person.ids[(u - 1) * 8 + 1 + floor(8 * r_time)::int] as officer,
    case when state in ('accepted', 'completed') then received + interval '20 minutes' end as accepted,
    case when state in ('completed', 'refused', 'transferred', 'withdrawn', 'lapsed') then least(now(), received + interval '1 hour' + r_word * least(age, 19) * interval '1 day') end as finished
  from lived, person
) m, unit, item, word`

export const insertVisits = `insert into service_window.visit (matter_id, no, at, officer_id, unit_id, cause)
  select m.id, n, m.received_at + (n - 1) * interval '1 day', m.first_officer_id, m.unit_id, case when n > 1 then 'notice'::service_window.visit_cause end
  from service_window.matter m, generate_series(1, m.visits) n`

/** Daily figures as the platform would have counted and folded them. */
export const insertFigures = `insert into platform.figure (day, unit_id, item_code, measure, amount)
  select day, unit_id, item_code, measure, count(*) from service_window.matter m, lateral (
    select (received_at at time zone 'Asia/Shanghai')::date as day, 'received' as measure
    union all select (accepted_at at time zone 'Asia/Shanghai')::date, 'accepted' where accepted_at is not null
    union all select (finished_at at time zone 'Asia/Shanghai')::date, status::text where finished_at is not null
    union all select (finished_at at time zone 'Asia/Shanghai')::date, case when (finished_at at time zone 'Asia/Shanghai')::date > due_on then 'completed_late' else 'completed_on_time' end where status = 'completed'
  ) f group by 1, 2, 3, 4`
