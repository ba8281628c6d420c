-- Who wrote a version of the catalogue: everybody who saved a draft, not only the last one. None of them may publish it.
create table registration.version_edit (
  id bigint generated always as identity primary key,
  version_id uuid not null references registration.item_version on delete cascade,
  person_id uuid not null references directory.person,
  act text not null check (act in ('drafted', 'edited', 'published', 'withdrawn')),
  part text not null default '',
  note text not null default '',
  at timestamptz not null
);
comment on table registration.version_edit is 'The history of a version: drafted, edited (which part), published, withdrawn (why), by whom and when.';
create index version_edit_version on registration.version_edit (version_id, id);
grant select on registration.version_edit to jingmin_app;
grant insert (version_id, person_id, act, part, note, at) on registration.version_edit to jingmin_app;
alter table registration.version_edit enable row level security;
create policy read_all on registration.version_edit for select to jingmin_app using (true);
create policy own on registration.version_edit for insert to jingmin_app with check (
  person_id = (select platform.actor_person())
  and ((select platform.actor_has('catalogue.edit')) or (select platform.actor_has('catalogue.publish'))));
-- Deleting a draft takes its history along; nothing else may.
grant delete on registration.version_edit to jingmin_app;
create policy with_draft on registration.version_edit for delete to jingmin_app using (
  exists (select from registration.item_version v where v.id = version_id and v.status = 'draft'));

-- Every hand that wrote a draft is kept by the database itself, and none of them can publish it (domain.md 6.4).
alter table registration.item_version add column authors uuid[] not null default '{}';
comment on column registration.item_version.authors is 'Everybody who wrote this version while it was a draft; kept by trigger.';

create function registration.separate_hands() returns trigger
language plpgsql security definer set search_path = pg_catalog, registration, platform as $$
declare
  person uuid := platform.actor_person();
begin
  if tg_op = 'INSERT' then
    if session_user = 'jingmin_app' and new.status <> 'draft' and not platform.actor_is_system() then
      raise exception 'a version begins as a draft' using errcode = 'insufficient_privilege';
    end if;
    new.authors := case when new.status = 'draft' and person is not null then array[person] else '{}' end;
    return new;
  end if;
  new.authors := old.authors;
  if old.status = 'draft' and (new.content is distinct from old.content or lower(new.effective) <> lower(old.effective)) then
    if new.status <> 'draft' then
      raise exception 'what is published is what was drafted' using errcode = 'restrict_violation';
    end if;
    if person is not null and not person = any (old.authors) then new.authors := old.authors || person; end if;
  end if;
  if new.status <> old.status and session_user = 'jingmin_app' and not platform.actor_is_system() then
    if not platform.actor_has('catalogue.publish')
       or new.status = 'published' and (old.status <> 'draft' or new.published_by is distinct from person) then
      raise exception 'only a publisher publishes, and in his own name' using errcode = 'insufficient_privilege';
    end if;
  end if;
  if old.status = 'draft' and new.status = 'published' and new.published_by = any (new.authors) then
    raise exception 'author and publisher are two persons' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger separate_hands before insert or update on registration.item_version
  for each row execute function registration.separate_hands();

-- What an auditor may know of a matter without seeing it: the id that audit entries carry.
create function service_window.audited_matter(wanted_no text) returns table (id uuid, unit_id uuid)
language sql stable security definer set search_path = pg_catalog, service_window, platform as $$
  select m.id, m.unit_id from service_window.matter m
  where m.no = wanted_no and platform.actor_has('audit.read')
$$;
revoke execute on function service_window.audited_matter(text) from public;
grant execute on function service_window.audited_matter(text) to jingmin_app;

-- State of the installation for those who operate it.
grant select on platform.migration to jingmin_app;
