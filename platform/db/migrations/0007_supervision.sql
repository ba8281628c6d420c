-- Supervision (督办): an obligation with a deadline that nobody closes for himself.
create schema supervision;
grant usage on schema supervision to jingmin_app;

create type supervision.order_status as enum ('open', 'answered', 'closed');
create type supervision.source_kind as enum ('callback', 'leader', 'inspection', 'complaint', 'citizen_request');
create type supervision.result as enum ('solved', 'explained', 'unreachable');
-- A citizen is never closed out by an officer: his second opinion closes, or his silence after the reply period, recorded
-- as silence. Orders that a leader wrote are closed by who issued them.
create type supervision.closing as enum ('second_opinion', 'silence', 'issuer');
create type supervision.step_kind as enum (
  'issued', 'assigned', 'measure', 'evidence', 'note', 'answered', 'second_opinion', 'reopened', 'reminded', 'overdue', 'escalated', 'closed'
);

create table supervision.order (
  id uuid primary key,
  no text not null unique,
  source_kind supervision.source_kind not null,
  source_id uuid not null,
  concerned_person_id uuid references directory.person,
  concerned_unit_id uuid not null references directory.unit,
  problem text not null check (length(problem) between 1 and 2000),
  requirement text not null check (length(requirement) between 1 and 2000),
  owner_id uuid references directory.person,
  status supervision.order_status not null default 'open',
  started_at timestamptz not null,
  issued_at timestamptz not null,
  issued_by uuid references directory.person,
  round_started_at timestamptz not null,
  due_on date not null,
  due_provisional boolean not null default false,
  due_basis text not null,
  contact_consent boolean,
  answer_to_citizen text,
  answered_at timestamptz,
  answered_by uuid references directory.person,
  result supervision.result,
  closed_at timestamptz,
  closed_by uuid references directory.person,
  closing supervision.closing,
  round int not null default 1 check (round between 1 and 20),
  overdue_at timestamptz,
  late_rounds int not null default 0 check (late_rounds between 0 and round),
  escalated_to uuid references directory.person,
  version int not null default 1,
  unique (source_kind, source_id),
  check (owner_id is null or owner_id is distinct from concerned_person_id),
  check (answered_by is null or answered_by is distinct from concerned_person_id),
  check (closed_by is null or closed_by is distinct from concerned_person_id),
  check (closed_by is null or (closed_by is distinct from owner_id and closed_by is distinct from answered_by)),
  check (closed_by is null or source_kind <> 'callback'),
  check (issued_by is null or source_kind <> 'callback'),
  check (escalated_to is null or escalated_to is distinct from concerned_person_id),
  check ((status = 'open') = (answered_at is null)),
  check ((status = 'open') = (answered_by is null)),
  check ((status = 'open') = (answer_to_citizen is null)),
  check ((status = 'open') = (result is null)),
  check ((status = 'closed') = (closed_at is not null)),
  check ((status = 'closed') = (closing is not null)),
  check ((closing is not distinct from 'issuer') = (closed_by is not null)),
  check (round_started_at >= started_at),
  check (due_on >= (round_started_at at time zone 'Asia/Shanghai')::date)
);
comment on column supervision.order.contact_consent is 'Asked of the citizen separately (b-24): null not asked or not answered, false refused.';
comment on column supervision.order.started_at is 'When the dissatisfied reply was received; the clock starts here, that day not counted (A9).';
comment on column supervision.order.round_started_at is 'When the clock of this round started: the first reply, or the second opinion that reopened the order (R53).';
comment on column supervision.order.issued_by is 'The leader who wrote it; null when a reply opened it.';
comment on column supervision.order.closed_by is 'Only where a person issued it. An order from a reply is closed by the citizen''s second opinion or by silence.';
comment on column supervision.order.late_rounds is 'Rounds whose due day passed without an answer; kept when the order is reopened.';
create index order_due on supervision.order (due_on, id) where status <> 'closed';
create index order_owner on supervision.order (owner_id, due_on, id) where status <> 'closed';
create index order_answered on supervision.order (answered_at, id) where status = 'answered';
create index order_issued on supervision.order (issued_at, id);
create index order_closed on supervision.order (closed_at desc, id);

create table supervision.step (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null references supervision.order,
  round int not null,
  kind supervision.step_kind not null,
  at timestamptz not null,
  person_id uuid references directory.person,
  text text not null default '',
  detail jsonb not null default '{}',
  seq bigint generated always as identity
);
comment on column supervision.step.seq is 'Order of steps that one transaction wrote at the same moment.';
create index step_order on supervision.step (order_id, at, seq);
create trigger append_only before update or delete on supervision.step for each row execute function platform.append_only();

create table supervision.evidence (
  id uuid primary key,
  order_id uuid not null references supervision.order,
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  size int not null check (size between 1 and 10485760),
  sha256 text not null,
  bytes bytea not null,
  added_by uuid not null references directory.person,
  added_at timestamptz not null
);
create index evidence_order on supervision.evidence (order_id);

-- Separation of duties (domain.md 6.4, b-12), also against whoever writes past the use cases.
create function supervision.stands_apart(person uuid, concerned_person uuid, concerned_unit uuid, above_too boolean) returns boolean
language sql stable security definer set search_path = pg_catalog, directory as $$
  select person is distinct from concerned_person
     and not concerned_unit = any (directory.unit_chain(p.unit_id))
     and not (above_too and p.unit_id = any (directory.unit_chain(concerned_unit)))
    from directory.person p where p.id = person
$$;
comment on function supervision.stands_apart is 'Neither the rated officer nor of the rated unit or one below it; with above_too nor of a unit above it.';

create function supervision.keep_apart() returns trigger language plpgsql as $$
begin
  if (new.owner_id is not null and not supervision.stands_apart(new.owner_id, new.concerned_person_id, new.concerned_unit_id, true))
     or (new.answered_by is not null and not supervision.stands_apart(new.answered_by, new.concerned_person_id, new.concerned_unit_id, true))
     or (new.closed_by is not null and not supervision.stands_apart(new.closed_by, new.concerned_person_id, new.concerned_unit_id, false)) then
    raise exception 'nobody supervises himself, his own unit or a unit below him' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_apart before insert or update of owner_id, answered_by, closed_by on supervision.order
  for each row execute function supervision.keep_apart();

create function supervision.keep_facts() returns trigger language plpgsql as $$
begin
  if (new.id, new.no, new.source_kind, new.source_id, new.concerned_person_id, new.concerned_unit_id, new.problem, new.started_at, new.issued_at, new.issued_by)
     is distinct from
     (old.id, old.no, old.source_kind, old.source_id, old.concerned_person_id, old.concerned_unit_id, old.problem, old.started_at, old.issued_at, old.issued_by) then
    raise exception 'what an order is about does not change' using errcode = 'restrict_violation';
  end if;
  if old.status = 'open' and new.status = 'closed' then
    raise exception 'an order is answered before it is closed' using errcode = 'restrict_violation';
  end if;
  if old.status <> 'open' and new.status = 'open' and new.round <> old.round + 1 then
    raise exception 'a reopened order begins a new round' using errcode = 'restrict_violation';
  end if;
  if old.status = 'closed' and new.status <> 'closed' and not platform.actor_is_system() then
    raise exception 'only the citizen''s late second opinion reopens a closed order' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_facts before update on supervision.order for each row execute function supervision.keep_facts();

grant select, insert, update on supervision.order to jingmin_app;
grant select, insert on supervision.step, supervision.evidence to jingmin_app;
alter table supervision.order enable row level security;
alter table supervision.step enable row level security;
alter table supervision.evidence enable row level security;

-- Units about which the actor sees no order: his own and all above it, and all below it. Whoever sits in the bureau itself
-- is not kept from the whole bureau; he sees orders and can own none.
create function supervision.kept_from() returns uuid[]
language sql stable security definer set search_path = pg_catalog, directory, platform as $$
  select platform.actor_home_units() || coalesce((
    select directory.unit_tree(p.unit_id) from directory.person p join directory.unit u on u.id = p.unit_id
     where p.id = platform.actor_person() and u.kind <> 'bureau'), '{}')
$$;
revoke execute on function supervision.kept_from() from public;
grant execute on function supervision.kept_from() to jingmin_app;

-- The desk sees orders of every unit but its own; whoever is rated, or sits in a unit above or below, sees none of them
-- (b-12, b-24). A leader sees what was escalated to him and what he issued.
create policy desk on supervision.order for select using (
  (select platform.actor_is_system())
  or (
    ((select platform.actor_has('order.read')) or escalated_to = (select platform.actor_person()) or issued_by = (select platform.actor_person()))
    and concerned_person_id is distinct from (select platform.actor_person())
    and not (concerned_unit_id = any ((select supervision.kept_from())::uuid[]))
  )
);
create policy issue on supervision.order for insert with check (
  (select platform.actor_is_system())
  or (
    (select platform.actor_has('order.issue')) and issued_by = (select platform.actor_person())
    and concerned_person_id is distinct from (select platform.actor_person())
    and not (concerned_unit_id = any ((select supervision.kept_from())::uuid[]))
  )
);
create policy work on supervision.order for update using (
  (select platform.actor_is_system())
  or (
    ((select platform.actor_has('order.work')) or (select platform.actor_has('order.assign')) or issued_by = (select platform.actor_person()))
    and concerned_person_id is distinct from (select platform.actor_person())
    and not (concerned_unit_id = any ((select supervision.kept_from())::uuid[]))
  )
);
create policy follow_order on supervision.step for select using (exists (select from supervision.order o where o.id = order_id));
create policy signed on supervision.step for insert with check (
  exists (select from supervision.order o where o.id = order_id)
  and ((select platform.actor_is_system()) or person_id is null or person_id = (select platform.actor_person()))
);
create policy follow_order on supervision.evidence for select using (exists (select from supervision.order o where o.id = order_id));
create policy signed on supervision.evidence for insert with check (
  exists (select from supervision.order o where o.id = order_id)
  and (select platform.actor_has('order.work')) and added_by = (select platform.actor_person())
);

-- Who could own an order today and how much he has open. A leader who issues an order may not see the desk's others,
-- yet the least loaded officer is to get it; so this counts past row security and shows numbers only.
create function supervision.desk_officers(today date)
returns table (person_id uuid, name text, police_no text, unit_id uuid, home_units uuid[], leads uuid[], open_orders bigint)
language sql stable security definer set search_path = pg_catalog, supervision, directory, platform as $$
  select p.id, p.name, p.police_no, p.unit_id, directory.unit_chain(p.unit_id),
    array(select d.unit_id from directory.duty d where d.person_id = p.id and d.valid @> today
           and d.role in ('window_chief', 'unit_head', 'bureau_leader')),
    (select count(*) from supervision.order o where o.owner_id = p.id and o.status = 'open')
  from directory.person p
  where p.active
    and exists (select from directory.duty d where d.person_id = p.id and d.role = 'supervision_officer' and d.valid @> today)
    and (platform.actor_is_system() or platform.actor_has('order.issue') or platform.actor_has('order.assign'))
$$;

-- Sums over the orders issued in a period, for readers of the whole bureau's figures. No unit is in them: one order in a
-- small unit would tell that unit of its one dissatisfied citizen (b-24).
create function supervision.figures(from_day date, until_day date)
returns table (opened bigint, open bigint, answered bigint, closed bigint, closed_on_time bigint, overdue bigint, reopened bigint,
               solved bigint, explained bigint, closed_by_opinion bigint, closed_by_silence bigint)
language sql stable security definer set search_path = pg_catalog, supervision, platform as $$
  select count(*), count(*) filter (where o.status = 'open'), count(*) filter (where o.status = 'answered'),
    count(*) filter (where o.status = 'closed'), count(*) filter (where o.status = 'closed' and o.late_rounds = 0),
    count(*) filter (where o.late_rounds > 0), count(*) filter (where o.round > 1),
    count(*) filter (where o.result = 'solved'), count(*) filter (where o.result = 'explained'),
    count(*) filter (where o.closing = 'second_opinion'), count(*) filter (where o.closing = 'silence')
  from supervision.order o
  where o.issued_at >= from_day::timestamp at time zone 'Asia/Shanghai'
    and o.issued_at < until_day::timestamp at time zone 'Asia/Shanghai'
    and (select c->>'k' = 'system' or c->'g'->'figures.read' @> '["*"]' from platform.actor_claims() as c)
$$;
revoke execute on function supervision.stands_apart(uuid, uuid, uuid, boolean), supervision.desk_officers(date), supervision.figures(date, date) from public;
grant execute on function supervision.stands_apart(uuid, uuid, uuid, boolean), supervision.desk_officers(date), supervision.figures(date, date) to jingmin_app;
