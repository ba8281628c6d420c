-- Standing: the ledger of facts about persons and units. Areas report facts here; nothing is typed in or deleted.
create schema standing;
grant usage on schema standing to jingmin_app;

create type standing.fact_kind as enum (
  'matter_overdue', 'notice_omission', 'order_overdue', 'order_reopened', 'matter_extended'
);

create table standing.entry (
  id uuid primary key default gen_random_uuid(),
  kind standing.fact_kind not null,
  person_id uuid references directory.person,
  unit_id uuid not null references directory.unit,
  source_kind text not null,
  source_id uuid not null,
  occurred_on date not null,
  recorded_at timestamptz not null,
  basis text not null,
  detail jsonb not null default '{}',
  reverses uuid unique references standing.entry,
  reason text,
  check ((reverses is null) = (reason is null))
);
comment on table standing.entry is 'Append-only ledger (R123). A mistake is reversed by a second entry, never removed.';
comment on column standing.entry.detail is 'Facts of the event without the citizen: no name, no phone, no wording of a rating.';
create unique index entry_once on standing.entry (kind, source_kind, source_id, coalesce(person_id, unit_id)) where reverses is null;
create index entry_person on standing.entry (person_id, occurred_on);
create index entry_unit on standing.entry (unit_id, occurred_on);
create trigger append_only before update or delete on standing.entry for each row execute function platform.append_only();
create trigger no_truncate before truncate on standing.entry for each statement execute function platform.append_only();

grant select, insert on standing.entry to jingmin_app;
alter table standing.entry enable row level security;
-- Everybody sees what stands about himself; a head what stands about the own unit.
create policy read on standing.entry for select using (
  person_id = (select platform.actor_person())
  or unit_id = any ((select platform.actor_units('standing.read'))::uuid[])
);
create policy report on standing.entry for insert with check ((select platform.actor_claims()) is not null);
