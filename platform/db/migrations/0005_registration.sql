-- The service catalogue (R45, R46): items and their dated versions. What was told once must stay readable for ever.
create schema registration;
grant usage on schema registration to jingmin_app, jingmin_public;

create type registration.version_status as enum ('draft', 'published', 'withdrawn');

create table registration.service_item (
  code text primary key check (code ~ '^[a-z_]+(\.[a-z_]+)+$'),
  area text not null,
  sort int not null default 0
);

create table registration.item_version (
  id uuid primary key,
  item_code text not null references registration.service_item,
  number int not null check (number > 0),
  effective daterange not null,
  content jsonb not null,
  status registration.version_status not null default 'draft',
  change_note text not null default '',
  warnings jsonb not null default '[]',
  edited_by uuid references directory.person,
  edited_at timestamptz not null,
  published_by uuid references directory.person,
  published_at timestamptz,
  row_version int not null default 1,
  unique (item_code, number),
  check (status = 'draft' or published_at is not null),
  check (published_by is null or published_by is distinct from edited_by),
  exclude using gist (item_code with =, effective with &&) where (status = 'published')
);
comment on constraint item_version_check1 on registration.item_version is 'Author and publisher are two persons (domain.md 6.4).';
comment on column registration.item_version.effective is 'Days on which this version applies, half open; no two published versions of an item overlap.';
create index item_version_current on registration.item_version (item_code, status);

create function registration.keep_published() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.status = 'draft' then return old; end if;
  if tg_op = 'DELETE' then raise exception 'a published version stays' using errcode = 'restrict_violation'; end if;
  if old.status <> 'draft' and (new.content is distinct from old.content or new.item_code <> old.item_code
      or new.number <> old.number or lower(new.effective) <> lower(old.effective)) then
    raise exception 'a published version does not change; publish a new one' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_published before update or delete on registration.item_version
  for each row execute function registration.keep_published();

grant select on registration.service_item, registration.item_version to jingmin_app, jingmin_public;
grant insert on registration.service_item to jingmin_app;
grant insert, update, delete on registration.item_version to jingmin_app;
alter table registration.item_version enable row level security;
create policy read_published on registration.item_version for select using (status <> 'draft');
create policy read_drafts on registration.item_version for select to jingmin_app
  using ((select platform.actor_has('catalogue.edit')) or (select platform.actor_has('catalogue.publish')));
create policy edit on registration.item_version for all to jingmin_app
  using ((select platform.actor_has('catalogue.edit')) or (select platform.actor_has('catalogue.publish')))
  with check ((select platform.actor_has('catalogue.edit')) or (select platform.actor_has('catalogue.publish')));

-- What people look for and do not find, without anything about who asked (R51).
create table registration.search_term (
  day date not null,
  term text not null check (length(term) between 1 and 40),
  found boolean not null,
  times int not null default 1,
  primary key (day, term, found)
);
grant select, insert, update on registration.search_term to jingmin_public, jingmin_app;
