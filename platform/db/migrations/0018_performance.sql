-- A list names the item of each of its rows. The content of a version is some ten thousand characters and would be
-- unpacked twice for every row; its names stand beside it.
alter table registration.item_version
  add column name_zh text generated always as (content->'name'->>'zh') stored,
  add column name_en text generated always as (content->'name'->>'en') stored;
comment on column registration.item_version.name_zh is 'content.name.zh, for lists.';
comment on column registration.item_version.name_en is 'content.name.en, for lists.';

-- Asked by every request. As a function of SQL it was planned anew each time, with the two that it called; as one of
-- PL/pgSQL it keeps its plans.
create or replace function directory.actor_of(person uuid, today date) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, directory as $$
declare
  home jsonb;
  held jsonb;
  found jsonb;
begin
  select jsonb_build_object('id', p.id, 'name', p.name, 'policeNo', p.police_no, 'unitId', p.unit_id, 'unitZh', u.name_zh, 'unitEn', u.name_en)
    into found from directory.person p join directory.unit u on u.id = p.unit_id where p.id = actor_of.person and p.active;
  if found is null then return null; end if;
  with recursive t(id, parent_id) as (
    select u.id, u.parent_id from directory.unit u where u.id = (found->>'unitId')::uuid
    union select u.id, u.parent_id from directory.unit u join t on u.id = t.parent_id
  ) select jsonb_agg(t.id) into home from t;
  with recursive t(duty, role, id) as (
    select d.id, d.role, d.unit_id from directory.duty d where d.person_id = actor_of.person and d.valid @> today
    union select t.duty, t.role, u.id from directory.unit u join t on u.parent_id = t.id
  ), reach as (select t.duty, t.role, jsonb_agg(t.id) as units from t group by t.duty, t.role)
  select jsonb_agg(jsonb_build_object('role', r.role, 'units', r.units)) into held from reach r;
  return found || jsonb_build_object('homeUnits', home, 'duties', coalesce(held, '[]'));
end $$;

-- Work in somebody's hands, newest first: what he sees before anything else.
create index matter_open on service_window.matter (holder_id, received_at desc, id desc) where finished_at is null;

-- The counts beside the views of a worklist. Under row security each of them reads the rows that it counts; here the same scope
-- is applied once (what a unit handles and what he holds, a reader may see), and the counts come from the indexes alone.
create function service_window.view_counts(at_unit uuid, today_is date, soon_until date, most int)
returns table (mine bigint, offered bigint, overdue bigint, today bigint, soon bigint, awaiting bigint, received bigint, accepted bigint)
language plpgsql stable security definer set search_path = pg_catalog, service_window, platform as $$
declare
  units uuid[] := array(select u from unnest(platform.actor_units('matter.read')) u where at_unit is null or u = at_unit);
  me uuid := platform.actor_person();
begin
  return query select
    (select count(*) from (select from matter m where m.holder_id = me and m.finished_at is null limit most) c),
    (select count(*) from (select from baton b where b.to_person_id = me and b.receipt_at is null and b.declined_at is null limit most) c),
    (select count(*) from (select from matter m where m.status = 'accepted' and m.handling_unit_id = any (units) and m.due_on < today_is limit most) c),
    (select count(*) from (select from matter m where m.status = 'accepted' and m.handling_unit_id = any (units) and m.due_on = today_is limit most) c),
    (select count(*) from (select from matter m where m.status = 'accepted' and m.handling_unit_id = any (units)
      and m.due_on > today_is and m.due_on <= soon_until limit most) c),
    (select count(*) from (select from matter m where m.status = 'awaiting_applicant' and m.handling_unit_id = any (units) limit most) c),
    (select count(*) from (select from matter m where m.status = 'received' and m.handling_unit_id = any (units) limit most) c),
    (select count(*) from (select from matter m where m.status = 'accepted' and m.handling_unit_id = any (units) limit most) c);
end $$;
revoke execute on function service_window.view_counts(uuid, date, date, int) from public;
grant execute on function service_window.view_counts(uuid, date, date, int) to jingmin_app;

-- Row security asks of each row who handles, received and holds it. With that in the index a count stays in the index.
drop index service_window.matter_received;
create index matter_received on service_window.matter (handling_unit_id, received_at desc, id desc)
  include (unit_id, first_officer_id, holder_id);

-- A fragment that every tenth matter contains: reading them all by their grams to sort out the newest took seconds. The newest
-- ten thousand are looked through first; only what is not found there in number is looked for by grams.
create or replace function service_window.search(fragment text, before_at timestamptz, before_id uuid, most int, wanted text,
  at_unit uuid default null, item text default null, holder uuid default null,
  received_from timestamptz default null, received_until timestamptz default null, due_from date default null, due_until date default null)
returns table (id uuid)
language plpgsql stable security definer set search_path = pg_catalog, service_window, platform as $$
declare
  units uuid[] := platform.actor_units('matter.read');
  me uuid := platform.actor_person();
  pieces text[] := platform.search_grams(fragment);
  pattern text := '%' || replace(replace(replace(lower(fragment), '\', '\\'), '%', '\%'), '_', '\_') || '%';
  size int := least(most, 201);
  fits text := 'lower(m.applicant_name || '' '' || m.request || '' '' || m.no) like $2
    and (m.handling_unit_id = any ($3) or m.unit_id = any ($3) or m.first_officer_id = $4)
    and ($8 is null or m.status = any (string_to_array($8, '','')::service_window.matter_status[]))
    and ($9 is null or m.handling_unit_id = $9) and ($10 is null or m.item_code = $10) and ($11 is null or m.holder_id = $11)
    and ($12 is null or m.received_at >= $12) and ($14 is null or m.due_on >= $14) and ($15 is null or m.due_on <= $15)';
  turn text := '($5::timestamptz is null or (m.received_at, m.id) < ($5, $6)) and ($13 is null or m.received_at < $13)';
  newest text := 'select m.* from service_window.matter m where ' || turn || ' order by m.received_at desc, m.id desc limit 10000';
  by_grams text := 'select m.* from service_window.matter m where m.grams @> $1 and ' || turn;
  source text;
  found uuid[];
begin
  if cardinality(pieces) = 0 then return; end if;
  foreach source in array array[newest, by_grams] loop
    execute 'select array_agg(f.id order by f.received_at desc, f.id desc) from (select m.id, m.received_at from (' || source || ') m where '
        || fits || ' order by m.received_at desc, m.id desc limit $7) f'
      into found
      using pieces, pattern, units, me, before_at, before_id, size, wanted, at_unit, item, holder, received_from, received_until, due_from, due_until;
    exit when cardinality(found) >= size;
  end loop;
  return query select unnest(found);
end $$;
