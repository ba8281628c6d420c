-- The bureau: units, people, duties, counters. Names are data, never a literal (domain.md part 0).
create schema directory;
grant usage on schema directory to jingmin_app, jingmin_public;

create type directory.unit_kind as enum ('bureau', 'department', 'station', 'window_unit');
create type directory.person_kind as enum ('police', 'auxiliary');
create type directory.role as enum (
  'window_officer', 'window_chief', 'unit_head', 'supervision_officer', 'bureau_leader',
  'catalogue_editor', 'catalogue_publisher', 'system_admin', 'security_admin', 'auditor'
);

create table directory.unit (
  id uuid primary key,
  code text not null unique check (code ~ '^[0-9A-Z]{3,12}$'),
  kind directory.unit_kind not null,
  name_zh text not null,
  name_en text not null,
  parent_id uuid references directory.unit,
  is_window_unit boolean not null default false,
  area_type text not null default 'urban' check (area_type in ('urban', 'rural')),
  address text not null default '',
  phone text not null default '',
  supervision_phone text not null default '',
  check ((kind = 'bureau') = (parent_id is null))
);
comment on column directory.unit.code is 'Police organ code of the unit; three digits at its end number the station in an acceptance number (GA 214.4).';
create index unit_parent on directory.unit (parent_id);

create table directory.person (
  id uuid primary key,
  police_no text not null unique check (police_no ~ '^[0-9A-Za-z]{4,12}$'),
  name text not null check (length(name) between 1 and 50),
  kind directory.person_kind not null default 'police',
  unit_id uuid not null references directory.unit,
  office_phone text not null default '',
  active boolean not null default true
);
create index person_unit on directory.person (unit_id);
comment on column directory.person.kind is 'Auxiliaries (辅警) are staff; what they do is answered for by their unit (A30).';

create table directory.duty (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references directory.person,
  role directory.role not null,
  unit_id uuid not null references directory.unit,
  valid daterange not null,
  exclude using gist (person_id with =, role with =, unit_id with =, valid with &&)
);
comment on table directory.duty is 'Who holds which role for which unit, from when to when. Rights follow from this table and policy/access.';
create index duty_person on directory.duty (person_id);

create table directory.counter (
  id uuid primary key,
  unit_id uuid not null references directory.unit,
  no text not null,
  name_zh text not null,
  name_en text not null,
  active boolean not null default true,
  unique (unit_id, no)
);

-- Everybody who has signed in may know the bureau's structure; personal data of citizens is elsewhere.
grant select on directory.unit, directory.person, directory.duty, directory.counter to jingmin_app;
grant insert, update on directory.unit, directory.person, directory.duty, directory.counter to jingmin_app;
grant select on directory.unit to jingmin_public;
alter table directory.unit enable row level security;
alter table directory.person enable row level security;
alter table directory.duty enable row level security;
alter table directory.counter enable row level security;
create policy read_all on directory.unit for select using (true);
create policy read_all on directory.counter for select to jingmin_app using (true);
create policy read_all on directory.person for select to jingmin_app using (true);
create policy read_all on directory.duty for select to jingmin_app using (true);
create policy manage on directory.unit for all to jingmin_app using ((select platform.actor_has('directory.manage'))) with check ((select platform.actor_has('directory.manage')));
create policy manage on directory.counter for all to jingmin_app using ((select platform.actor_has('directory.manage'))) with check ((select platform.actor_has('directory.manage')));
create policy manage on directory.person for all to jingmin_app using ((select platform.actor_has('account.manage'))) with check ((select platform.actor_has('account.manage')));
-- Nobody grants himself a right.
create policy manage on directory.duty for all to jingmin_app
  using ((select platform.actor_has('account.manage')) and person_id is distinct from (select platform.actor_person()))
  with check ((select platform.actor_has('account.manage')) and person_id is distinct from (select platform.actor_person()));

-- The units in which the actor holds a permission; "*" means the whole bureau. One call a query, not a row.
create function platform.actor_units(permission text) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, platform, directory as $$
declare
  claims jsonb := platform.actor_claims();
  granted jsonb := claims->'g'->permission;
begin
  if claims is null then return '{}'; end if;
  if claims->>'k' = 'system' or granted @> '["*"]' then return array(select id from directory.unit); end if;
  if granted is null then return '{}'; end if;
  return array(select jsonb_array_elements_text(granted)::uuid);
end $$;

create function directory.unit_tree(root uuid) returns uuid[]
language sql stable set search_path = pg_catalog, directory as $$
  with recursive t(id) as (
    select root union select u.id from directory.unit u join t on u.parent_id = t.id
  ) select array_agg(id) from t
$$;

create function directory.unit_chain(leaf uuid) returns uuid[]
language sql stable set search_path = pg_catalog, directory as $$
  with recursive t(id, parent_id) as (
    select id, parent_id from directory.unit where id = leaf
    union select u.id, u.parent_id from directory.unit u join t on u.id = t.parent_id
  ) select array_agg(id) from t
$$;
comment on function directory.unit_chain is 'The unit and all units above it.';

-- One call per request: who this is and which duties hold today. A right that is taken away is gone at the next request.
create function directory.actor_of(person uuid, today date) returns jsonb
language sql stable security definer set search_path = pg_catalog, directory as $$
  select jsonb_build_object(
    'id', p.id, 'name', p.name, 'policeNo', p.police_no, 'unitId', p.unit_id, 'unitZh', u.name_zh, 'unitEn', u.name_en,
    'homeUnits', to_jsonb(directory.unit_chain(p.unit_id)),
    'duties', coalesce((select jsonb_agg(jsonb_build_object('role', d.role, 'units', to_jsonb(directory.unit_tree(d.unit_id))))
                        from directory.duty d where d.person_id = p.id and d.valid @> today), '[]'))
  from directory.person p join directory.unit u on u.id = p.unit_id
  where p.id = person and p.active
$$;
revoke execute on function directory.actor_of(uuid, date) from public;
grant execute on function directory.actor_of(uuid, date) to jingmin_app;
