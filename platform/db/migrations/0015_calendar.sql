-- Working-day tables that the bureau imports when a year's notice is published. The newest import of a year counts, and
-- replaces the table shipped with the product; what was imported before stays, for dates were given by it.
create table platform.calendar_year (
  id bigint generated always as identity primary key,
  year int not null check (year between 1990 and 2100),
  content jsonb not null check (content->>'status' = 'official' and (content->>'year')::int = year),
  imported_at timestamptz not null,
  imported_by uuid not null references directory.person
);
comment on table platform.calendar_year is 'Imported holiday notices of the State Council General Office, checked by readCalendarYear before they are stored.';
create index calendar_year_newest on platform.calendar_year (year, id desc);

create trigger append_only before update or delete on platform.calendar_year
  for each row execute function platform.append_only();

grant select on platform.calendar_year to jingmin_app, jingmin_public;
grant insert (year, content, imported_at, imported_by) on platform.calendar_year to jingmin_app;
alter table platform.calendar_year enable row level security;
create policy read_all on platform.calendar_year for select using (true);
create policy import on platform.calendar_year for insert to jingmin_app
  with check ((select platform.actor_has('system.operate')) and imported_by = (select platform.actor_person()));
