-- What a house does at night: remove personal data whose time is over, count the figures again, remember which rules were
-- reviewed, and seal under a new key. Nothing here touches the audit log: personal data stands outside it.

-- Retention (PIPL art. 6 and 19) ----------------------------------------------------------------------------
create table platform.legal_hold (
  id uuid primary key default gen_random_uuid(),
  subject_kind text not null check (subject_kind in ('matter')),
  subject_id uuid not null,
  reason text not null check (length(reason) between 1 and 500),
  placed_at timestamptz not null,
  placed_by text not null,
  lifted_at timestamptz,
  lifted_by text,
  lift_reason text,
  check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
);
comment on table platform.legal_hold is 'Evidence that somebody may still ask for (a suit, a complaint): while a hold stands, retention leaves the matter alone.';
create index legal_hold_open on platform.legal_hold (subject_id) where lifted_at is null;

create table platform.retention_run (
  id bigint generated always as identity primary key,
  rule text not null,
  at timestamptz not null,
  cutoff timestamptz not null,
  removed bigint not null check (removed >= 0),
  held bigint check (held >= 0),
  upcoming bigint check (upcoming >= 0),
  check ((held is null) = (upcoming is null))
);
comment on table platform.retention_run is 'One row a batch, in its own transaction; one more at the end of a round, with what is held back and what falls due in the next 30 days.';
create index retention_run_rule on platform.retention_run (rule, id desc);
create trigger append_only before update or delete on platform.retention_run for each row execute function platform.append_only();

alter table service_window.matter add column contact_erased_at timestamptz;
comment on column service_window.matter.contact_erased_at is 'When phone, citizen number and query code were removed; the application itself is a record for long keeping.';
alter table service_window.matter add constraint matter_contact_erased check (contact_erased_at is null or (
  finished_at is not null and contact_erased_at >= finished_at + interval '4320 hours'
  and phone_sealed is null and phone_index is null and phone_masked is null
  and citizen_no_sealed is null and citizen_no_index is null and citizen_no_masked is null and query_code_sealed = ''));
create index matter_contact_due on service_window.matter (finished_at) where finished_at is not null and contact_erased_at is null;

alter table callback.callback add column erased_at timestamptz;
comment on column callback.callback.erased_at is 'When the phone and the link were removed; state, level and who served stay.';
alter table callback.callback drop constraint callback_check1;
alter table callback.callback add constraint callback_phone check (phone_sealed is not null or erased_at is not null or state in ('no_phone', 'answered'));
alter table callback.callback add constraint callback_erased check (erased_at is null or (
  erased_at >= finished_at + interval '4320 hours' and phone_sealed is null and phone_index is null and token_sealed = ''));
create index callback_erase_due on callback.callback (finished_at) where erased_at is null;

-- The citizen's words do not change; after at least half a year they can be taken out, whole, by the system alone.
alter table platform.inbound_message add column erased_at timestamptz;
create index inbound_erase_due on platform.inbound_message (received_at) where erased_at is null;
create or replace function platform.keep_inbound() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'what a citizen wrote stays' using errcode = 'restrict_violation'; end if;
  if old.erased_at is null and new.erased_at >= old.received_at + interval '4320 hours' and platform.actor_is_system()
     and new.body = '' and new.phone_sealed = '' and new.phone_index = '' and new.proof_sealed is null and old.handled_at is not null
     and (new.id, new.gateway_ref, new.received_at, new.handled_at) is not distinct from (old.id, old.gateway_ref, old.received_at, old.handled_at) then
    return new;
  end if;
  if new.id <> old.id or new.gateway_ref <> old.gateway_ref or new.body <> old.body or new.received_at <> old.received_at
     or new.erased_at is distinct from old.erased_at then
    raise exception 'what a citizen wrote does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

alter table callback.answer add column erased_at timestamptz;
create function callback.keep_answer() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.erased_at is null and new.erased_at >= old.received_at + interval '4320 hours' and platform.actor_is_system()
     and new.raw = '' and new.comment is null and new.reading = '{}' and new.page_key is not distinct from (case when old.page_key is not null then '' end)
     and (new.id, new.callback_id, new.channel, new.inbound_id, new.reads_answer_id, new.level, new.read_by, new.read_at, new.received_at)
       is not distinct from
         (old.id, old.callback_id, old.channel, old.inbound_id, old.reads_answer_id, old.level, old.read_by, old.read_at, old.received_at) then
    return new;
  end if;
  raise exception 'callback.answer is append-only' using errcode = 'restrict_violation';
end $$;
drop trigger append_only on callback.answer;
create trigger keep_answer before update or delete on callback.answer for each row execute function callback.keep_answer();
create function callback.erase_words(callbacks uuid[], at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, callback as $$
  update callback.answer set erased_at = at, raw = '', comment = null, reading = '{}', page_key = case when page_key is not null then '' end
   where callback_id = any (callbacks) and erased_at is null and platform.actor_is_system()
$$;

grant delete on platform.outbound_message, platform.demo_phone to jingmin_app;

-- Whether retention leaves a matter alone: an order or a complaint about it is open or was closed after `since`, or somebody
-- holds it. In plpgsql, because the tables of complaints come with a later migration.
create function callback.matter_is_held(matter uuid, since timestamptz) returns boolean
language plpgsql stable set search_path = pg_catalog, callback as $$
begin
  return exists (select from platform.legal_hold h where h.subject_id = matter and h.lifted_at is null)
    or exists (select from callback.callback c join supervision.order o on o.source_id = c.id
                where c.matter_id = matter and (o.status <> 'closed' or o.closed_at >= since))
    or exists (select from service_window.matter m join complaints.case k on k.related_matter_no = m.no
                where m.id = matter and (k.closed_at >= since or k.status not in ('closed', 'merged', 'withdrawn', 'redirected', 'transferred')));
end $$;
comment on function callback.matter_is_held is 'For the system actor, who sees every order.';

-- Figures counted again -------------------------------------------------------------------------------------
create table platform.figure_recount (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  from_day date not null,
  until_day date not null check (until_day > from_day),
  differences jsonb not null check (jsonb_typeof(differences) = 'array')
);
comment on table platform.figure_recount is 'Figures held against a count of the matters themselves. Differences are reported and repaired by nobody: somebody has to find out why.';
create trigger append_only before update or delete on platform.figure_recount for each row execute function platform.append_only();

-- Rules reviewed (R133) -------------------------------------------------------------------------------------
create table platform.rule_review (
  id bigint generated always as identity primary key,
  rule text not null check (length(rule) between 1 and 200),
  version text not null check (length(version) between 1 and 40),
  at timestamptz not null,
  person_id uuid not null references directory.person,
  note text not null default '' check (length(note) <= 500)
);
comment on table platform.rule_review is 'Somebody looked at this version of a rule and says that it still holds.';
create index rule_review_rule on platform.rule_review (rule, version, at desc);
create trigger append_only before update or delete on platform.rule_review for each row execute function platform.append_only();

-- New keys --------------------------------------------------------------------------------------------------
-- A number that wants no messages must be recognised under every later key, so it is kept sealed beside its index.
alter table callback.opt_out add column phone_sealed text;

grant select, insert on platform.legal_hold, platform.retention_run, platform.figure_recount to jingmin_app;
grant update (lifted_at, lifted_by, lift_reason) on platform.legal_hold to jingmin_app;
grant select on platform.rule_review to jingmin_app;
grant insert (rule, version, at, person_id, note) on platform.rule_review to jingmin_app;
alter table platform.legal_hold enable row level security;
alter table platform.retention_run enable row level security;
alter table platform.figure_recount enable row level security;
alter table platform.rule_review enable row level security;
create policy system_only on platform.legal_hold using ((select platform.actor_is_system()));
create policy system_only on platform.retention_run using ((select platform.actor_is_system()));
create policy system_only on platform.figure_recount using ((select platform.actor_is_system()));
create policy operate on platform.legal_hold for select using ((select platform.actor_has('system.operate')));
create policy operate on platform.retention_run for select using ((select platform.actor_has('system.operate')));
create policy operate on platform.figure_recount for select using ((select platform.actor_has('system.operate')));
create policy read_all on platform.rule_review for select to jingmin_app using (true);
create policy review on platform.rule_review for insert to jingmin_app with check (
  person_id = (select platform.actor_person())
  and ((select platform.actor_has('catalogue.publish')) or (select platform.actor_has('system.operate'))));
revoke execute on function callback.matter_is_held(uuid, timestamptz), callback.erase_words(uuid[], timestamptz) from public;
grant execute on function callback.matter_is_held(uuid, timestamptz), callback.erase_words(uuid[], timestamptz) to jingmin_app;
