-- Supervision (督办): an obligation with a deadline that nobody closes for himself.
create schema supervision;
grant usage on schema supervision to jingmin_app;

create type supervision.order_status as enum ('open', 'answered', 'closed');
create type supervision.source_kind as enum ('callback', 'leader', 'inspection', 'complaint', 'citizen_request');
create type supervision.result as enum ('solved', 'explained', 'unreachable');
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
  round int not null default 1 check (round between 1 and 20),
  overdue_at timestamptz,
  escalated_to uuid references directory.person,
  version int not null default 1,
  unique (source_kind, source_id),
  check (owner_id is null or owner_id is distinct from concerned_person_id),
  check (answered_by is null or answered_by is distinct from concerned_person_id),
  check (closed_by is null or closed_by is distinct from concerned_person_id),
  check (status = 'open' or answered_at is not null),
  check ((status = 'closed') = (closed_at is not null)),
  check ((status = 'closed') = (result is not null)),
  check (due_on >= (started_at at time zone 'Asia/Shanghai')::date)
);
comment on column supervision.order.contact_consent is 'Asked of the citizen separately (b-24): null not asked or not answered, false refused.';
comment on column supervision.order.started_at is 'When the dissatisfied reply was received; the clock starts here, that day not counted (A9).';
comment on column supervision.order.closed_by is 'Null when the citizen''s second opinion closed it.';
create index order_due on supervision.order (due_on, id) where status <> 'closed';
create index order_owner on supervision.order (owner_id, due_on, id) where status <> 'closed';
create index order_closed on supervision.order (closed_at desc, id);

create table supervision.step (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null references supervision.order,
  round int not null,
  kind supervision.step_kind not null,
  at timestamptz not null,
  person_id uuid references directory.person,
  text text not null default '',
  detail jsonb not null default '{}'
);
create index step_order on supervision.step (order_id, at);
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

grant select, insert, update on supervision.order to jingmin_app;
grant select, insert on supervision.step, supervision.evidence to jingmin_app;
alter table supervision.order enable row level security;
alter table supervision.step enable row level security;
alter table supervision.evidence enable row level security;
-- The desk sees orders of every unit but its own; whoever is rated, or stands above the rated officer in the
-- same unit, sees none of them (b-12, b-24). The leader in charge sees what was escalated to him.
create policy desk on supervision.order using (
  (select platform.actor_is_system())
  or (
    ((select platform.actor_has('order.read')) or escalated_to = (select platform.actor_person()))
    and concerned_person_id is distinct from (select platform.actor_person())
    and not (concerned_unit_id = any ((select platform.actor_home_units())::uuid[]))
  )
);
create policy follow_order on supervision.step using (exists (select from supervision.order o where o.id = order_id));
create policy follow_order on supervision.evidence using (exists (select from supervision.order o where o.id = order_id));
