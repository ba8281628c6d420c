-- Figures: who may read the counts, months beside days, the call-back's counts folded like the others, and what the
-- reading rooms need to see past row security: numbers only, never whom they concern.

-- Whoever reads figures reads those of his units. Ratings are in them, so a unit gets its own through callback.figures alone (b-24).
create table platform.figure_month (
  month date not null check (extract(day from month) = 1),
  unit_id uuid not null,
  measure text not null,
  amount bigint not null,
  primary key (month, unit_id, measure)
);
comment on table platform.figure_month is 'The days of platform.figure by month, all items together, kept by its triggers: a year of a unit is twelve rows a measure, not thousands.';

create function platform.add_months() returns trigger
language plpgsql security definer set search_path = pg_catalog, platform as $$
begin
  insert into platform.figure_month as f (month, unit_id, measure, amount)
  select date_trunc('month', day)::date, unit_id, measure, sum(amount) from added group by 1, 2, 3
  on conflict (month, unit_id, measure) do update set amount = f.amount + excluded.amount;
  return null;
end $$;
create function platform.take_months() returns trigger
language plpgsql security definer set search_path = pg_catalog, platform as $$
begin
  insert into platform.figure_month as f (month, unit_id, measure, amount)
  select date_trunc('month', day)::date, unit_id, measure, -sum(amount) from taken group by 1, 2, 3
  on conflict (month, unit_id, measure) do update set amount = f.amount + excluded.amount;
  return null;
end $$;
create trigger months_on_insert after insert on platform.figure referencing new table as added
  for each statement execute function platform.add_months();
create trigger months_on_update_new after update on platform.figure referencing new table as added
  for each statement execute function platform.add_months();
create trigger months_on_update_old after update on platform.figure referencing old table as taken
  for each statement execute function platform.take_months();
create trigger months_on_delete after delete on platform.figure referencing old table as taken
  for each statement execute function platform.take_months();
insert into platform.figure_month (month, unit_id, measure, amount)
select date_trunc('month', day)::date, unit_id, measure, sum(amount) from platform.figure group by 1, 2, 3;

grant select on platform.figure_month to jingmin_app;
alter table platform.figure enable row level security;
alter table platform.figure_delta enable row level security;
alter table platform.figure_month enable row level security;
create policy system_only on platform.figure using ((select platform.actor_is_system()));
create policy system_only on platform.figure_delta using ((select platform.actor_is_system()));
create policy system_only on platform.figure_month using ((select platform.actor_is_system()));
create policy read on platform.figure for select using (
  measure not like 'callback:%' and unit_id = any ((select platform.actor_units('figures.read'))::uuid[]));
create policy read on platform.figure_delta for select using (
  measure not like 'callback:%' and unit_id = any ((select platform.actor_units('figures.read'))::uuid[]));
create policy read on platform.figure_month for select using (
  measure not like 'callback:%' and unit_id = any ((select platform.actor_units('figures.read'))::uuid[]));
create policy count on platform.figure_delta for insert with check (
  (select platform.actor_claims()) is not null and measure not like 'callback:%');

-- Counts of [from_day, until_day) by month: whole months from the months, the days at both ends from the days, and what
-- is not folded yet. No search path is set, so that the caller's conditions reach the indexes.
create function platform.figures_between(from_day date, until_day date)
returns table (month date, unit_id uuid, measure text, amount bigint)
language sql stable as $$
  with whole as (
    select case when first < last then first else until_day end as first, case when first < last then last else until_day end as last
    from (select (date_trunc('month', from_day - 1) + interval '1 month')::date as first, date_trunc('month', until_day)::date as last) m
  )
  select f.month, f.unit_id, f.measure, f.amount from platform.figure_month f
   where f.month >= (select first from whole) and f.month < (select last from whole)
  union all
  select date_trunc('month', f.day)::date, f.unit_id, f.measure, f.amount from platform.figure f
   where f.day >= from_day and f.day < (select first from whole)
  union all
  select date_trunc('month', f.day)::date, f.unit_id, f.measure, f.amount from platform.figure f
   where f.day >= (select last from whole) and f.day < until_day
  union all
  select date_trunc('month', f.day)::date, f.unit_id, f.measure, f.amount from platform.figure_delta f
   where f.day >= from_day and f.day < until_day
$$;
create index figure_day on platform.figure (day);
create index figure_delta_day on platform.figure_delta (day);

-- The call-back's counts --------------------------------------------------------------------------------
-- Each question stands in one class: its state, how far its message came, the level. When the class changes, one is taken
-- from the old and one added to the new, as deltas: nobody waits for anybody.
alter table callback.callback add column counted_as text;
comment on column callback.callback.counted_as is 'The class under which figures count this question: state, s sent and d delivered, level. Null for rows put in behind the triggers, which are counted one by one.';
create index callback_uncounted on callback.callback (finished_at) where purpose = 'satisfaction' and counted_as is null;

-- No search path is set, so that it is written into the query that calls it.
create function callback.class_of(state callback.state, still_open boolean, sent boolean, delivered boolean, level int) returns text
language sql stable as $$
  select 'callback:' || state || case when state = 'unclear' and still_open then '_open' else '' end
    || ':' || case when sent then 's' else '' end || case when delivered then 'd' else '' end
    || ':' || coalesce(level::text, '')
$$;

create function callback.classify() returns trigger
language plpgsql security definer set search_path = pg_catalog, callback as $$
begin
  new.counted_as := callback.class_of(new.state, new.closed_at is null, new.sent_at is not null, new.delivered_at is not null,
    case when new.state = 'answered' then (select r.level from callback.rating r where r.callback_id = new.id) end);
  return new;
end $$;
create function callback.count_class() returns trigger
language plpgsql security definer set search_path = pg_catalog, callback as $$
declare
  finished date := (new.finished_at at time zone 'Asia/Shanghai')::date;
begin
  if tg_op = 'UPDATE' and old.counted_as is not null then
    insert into platform.figure_delta (day, unit_id, item_code, measure, amount)
    values (finished, new.unit_id, coalesce(new.item_code, ''), old.counted_as, -1);
  end if;
  insert into platform.figure_delta (day, unit_id, item_code, measure, amount)
  values (finished, new.unit_id, coalesce(new.item_code, ''), new.counted_as, 1);
  return null;
end $$;
create trigger classify before insert or update on callback.callback for each row
  when (new.purpose = 'satisfaction') execute function callback.classify();
create trigger count_class_on_insert after insert on callback.callback for each row
  when (new.purpose = 'satisfaction') execute function callback.count_class();
create trigger count_class_on_update after update on callback.callback for each row
  when (new.purpose = 'satisfaction' and new.counted_as is distinct from old.counted_as) execute function callback.count_class();

-- Sums by month and unit, before anything is withheld. For callback.figures and callback.figures_by_month alone.
create function callback.month_sums(from_day date, until_day date, units uuid[])
returns table (unit_id uuid, month date, due bigint, sent bigint, delivered bigint, failed bigint, no_phone bigint, opted_out bigint,
               no_answer bigint, unclear bigint, open bigint, asked bigint, answered bigint,
               l1 bigint, l2 bigint, l3 bigint, l4 bigint, l5 bigint)
language sql stable security definer set search_path = pg_catalog, callback, platform as $$
  select f.unit_id, f.month, sum(f.amount), coalesce(sum(f.amount) filter (where reach like 's%'), 0), coalesce(sum(f.amount) filter (where reach like '%d'), 0),
    coalesce(sum(f.amount) filter (where state = 'failed'), 0), coalesce(sum(f.amount) filter (where state = 'no_phone'), 0),
    coalesce(sum(f.amount) filter (where state = 'opted_out'), 0), coalesce(sum(f.amount) filter (where state = 'no_answer'), 0),
    coalesce(sum(f.amount) filter (where state in ('unclear', 'unclear_open')), 0),
    coalesce(sum(f.amount) filter (where state in ('scheduled', 'sent', 'delivered', 'unclear_open')), 0),
    coalesce(sum(f.amount) filter (where reach like 's%' or level <> ''), 0), coalesce(sum(f.amount) filter (where level <> ''), 0),
    coalesce(sum(f.amount) filter (where level = '1'), 0), coalesce(sum(f.amount) filter (where level = '2'), 0),
    coalesce(sum(f.amount) filter (where level = '3'), 0), coalesce(sum(f.amount) filter (where level = '4'), 0),
    coalesce(sum(f.amount) filter (where level = '5'), 0)
  from (
    select unit_id, month, split_part(measure, ':', 2) as state, split_part(measure, ':', 3) as reach, split_part(measure, ':', 4) as level, amount
    from (
      select one.unit_id, one.month, one.measure, sum(one.amount)::bigint as amount from (
        select unit_id, month, measure, amount from platform.figures_between(from_day, until_day)
        where measure like 'callback:%' and unit_id = any (units)
        union all
        select c.unit_id, date_trunc('month', c.finished_at at time zone 'Asia/Shanghai')::date,
          callback.class_of(c.state, c.closed_at is null, c.sent_at is not null, c.delivered_at is not null, r.level), 1
        from callback.callback c left join callback.rating r on r.callback_id = c.id
        where c.purpose = 'satisfaction' and c.counted_as is null and c.unit_id = any (units)
          and c.finished_at >= from_day::timestamp at time zone 'Asia/Shanghai' and c.finished_at < until_day::timestamp at time zone 'Asia/Shanghai'
      ) one group by 1, 2, 3
    ) class
  ) f
  where f.unit_id = any ((select platform.actor_units('figures.read'))::uuid[])
  group by f.unit_id, f.month having sum(f.amount) > 0
$$;

create function callback.reads_bureau() returns boolean
language sql stable security definer set search_path = pg_catalog, platform as
$$ select coalesce(c->>'k' = 'system' or c->'g'->'figures.read' @> '["*"]', false) from platform.actor_claims() as c $$;

-- As in the call-back's own migration, from folded counts instead of the questions themselves.
create or replace function callback.figures(from_day date, until_day date, units uuid[], today date, smallest int)
returns table (unit_id uuid, due bigint, sent bigint, delivered bigint, failed bigint, no_phone bigint, opted_out bigint,
               no_answer bigint, unclear bigint, open bigint, asked bigint, answered bigint,
               level_1 bigint, level_2 bigint, level_3 bigint, level_4 bigint, level_5 bigint, withheld text)
language sql stable security definer set search_path = pg_catalog, callback, platform as $$
  with unit as (
    select m.unit_id, sum(m.due)::bigint as due, sum(m.sent)::bigint as sent, sum(m.delivered)::bigint as delivered,
      sum(m.failed)::bigint as failed, sum(m.no_phone)::bigint as no_phone, sum(m.opted_out)::bigint as opted_out,
      sum(m.no_answer)::bigint as no_answer, sum(m.unclear)::bigint as unclear, sum(m.open)::bigint as open,
      sum(m.asked)::bigint as asked, sum(m.answered)::bigint as answered,
      sum(m.l1)::bigint as l1, sum(m.l2)::bigint as l2, sum(m.l3)::bigint as l3, sum(m.l4)::bigint as l4, sum(m.l5)::bigint as l5,
      case
        when (select callback.reads_bureau()) then null
        when extract(day from from_day) <> 1 or extract(day from until_day) <> 1 then 'whole-months-only'
        when until_day > date_trunc('month', today) or sum(m.open) > 0 then 'answers-still-open'
        when sum(m.answered) < greatest(smallest, 5) or bool_or(m.answered between 1 and greatest(smallest, 5) - 1) then 'few-answers'
      end as withheld
    from callback.month_sums(from_day, until_day, units) m group by m.unit_id
  )
  select u.unit_id, u.due, u.sent, u.delivered, u.failed, u.no_phone, u.opted_out, u.no_answer, u.unclear, u.open, u.asked, u.answered,
    case when u.withheld is null then u.l1 end, case when u.withheld is null then u.l2 end, case when u.withheld is null then u.l3 end,
    case when u.withheld is null then u.l4 end, case when u.withheld is null then u.l5 end, u.withheld
  from unit u
$$;

-- One row for each month that is over and each unit, by the same rule: a month is withheld on its own grounds.
create function callback.figures_by_month(from_month date, until_month date, units uuid[], today date, smallest int)
returns table (unit_id uuid, month date, asked bigint, answered bigint, satisfied bigint, withheld text)
language sql stable security definer set search_path = pg_catalog, callback, platform as $$
  with cell as (
    select m.*, case
        when (select callback.reads_bureau()) then null
        when m.month >= date_trunc('month', today) or m.open > 0 then 'answers-still-open'
        when m.answered < greatest(smallest, 5) then 'few-answers'
      end as withheld
    from callback.month_sums(date_trunc('month', from_month)::date, date_trunc('month', until_month)::date, units) m
  )
  select c.unit_id, c.month, c.asked, c.answered, case when c.withheld is null then c.l3 + c.l4 + c.l5 end, c.withheld from cell c
$$;

-- What no daily count holds ------------------------------------------------------------------------------
create function service_window.overdue_now(today date, units uuid[]) returns table (unit_id uuid, matters bigint)
language sql stable security definer set search_path = pg_catalog, service_window, platform as $$
  select m.handling_unit_id, count(*) from service_window.matter m
  where m.status = 'accepted' and m.due_on < today
    and m.handling_unit_id = any (units) and m.handling_unit_id = any ((select platform.actor_units('figures.read'))::uuid[])
  group by m.handling_unit_id
$$;
comment on function service_window.overdue_now is 'Accepted, past the due day, not finished, by the unit that works on it.';

create function service_window.third_visits(from_day date, until_day date, units uuid[]) returns table (unit_id uuid, visits bigint)
language sql stable security definer set search_path = pg_catalog, service_window, platform as $$
  select m.unit_id, count(*) from service_window.visit v join service_window.matter m on m.id = v.matter_id
  where v.no >= 3 and v.at >= from_day::timestamp at time zone 'Asia/Shanghai' and v.at < until_day::timestamp at time zone 'Asia/Shanghai'
    and m.unit_id = any (units) and m.unit_id = any ((select platform.actor_units('figures.read'))::uuid[])
  group by m.unit_id
$$;
comment on function service_window.third_visits is 'Third and later visits (R50), by the unit that received the citizen first.';

create index matter_accepted_at on service_window.matter (unit_id, accepted_at desc, id desc) where accepted_at is not null;
create index matter_finished_at on service_window.matter (unit_id, finished_at desc, id desc) where finished_at is not null;
create index notice_issued_at on service_window.notice (issued_at desc, id desc) where status = 'issued';

-- The messages for those who look after the gateway: what for, in which state, to which sealed number. Never the text.
create function platform.list_messages(wanted_state text, wanted_purpose text, before_at timestamptz, before_id uuid, most int)
returns table (id uuid, purpose text, state platform.message_state, phone_sealed text, created_at timestamptz, next_try_at timestamptz,
               sent_at timestamptz, delivered_at timestamptz, failed_at timestamptz, try int, asks int, failure text)
language sql stable security definer set search_path = pg_catalog, platform as $$
  select m.id, m.purpose, m.state, m.phone_sealed, m.created_at, m.next_try_at, m.sent_at, m.delivered_at, m.failed_at, m.try, m.asks, m.failure
  from platform.outbound_message m
  where platform.actor_has('messages.read')
    and (wanted_state is null or m.state = wanted_state::platform.message_state)
    and (wanted_purpose is null or m.purpose = wanted_purpose)
    and (before_at is null or (m.created_at, m.id) < (before_at, before_id))
  order by m.created_at desc, m.id desc
  limit least(most, 201)
$$;
create function platform.failed_messages(since timestamptz) returns bigint
language sql stable security definer set search_path = pg_catalog, platform as $$
  select case when platform.actor_has('messages.read')
    then (select count(*) from platform.outbound_message where state = 'failed' and failed_at >= since) end
$$;
create index outbound_message_newest on platform.outbound_message (created_at desc, id desc);
create index outbound_message_open on platform.outbound_message (created_at desc, id desc) where state in ('waiting', 'claimed', 'unknown', 'failed', 'cancelled');
create index outbound_message_failed on platform.outbound_message (failed_at) where state = 'failed';

revoke execute on function platform.add_months(), platform.take_months(), callback.classify(), callback.count_class(),
  callback.month_sums(date, date, uuid[]), callback.reads_bureau(), callback.figures_by_month(date, date, uuid[], date, int),
  service_window.overdue_now(date, uuid[]), service_window.third_visits(date, date, uuid[]),
  platform.list_messages(text, text, timestamptz, uuid, int), platform.failed_messages(timestamptz) from public;
grant execute on function callback.figures_by_month(date, date, uuid[], date, int), service_window.overdue_now(date, uuid[]),
  service_window.third_visits(date, date, uuid[]), platform.list_messages(text, text, timestamptz, uuid, int),
  platform.failed_messages(timestamptz) to jingmin_app;

create index entry_newest on standing.entry (occurred_on desc, id desc);
