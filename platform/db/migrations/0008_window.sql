-- The service counter: reception, check, one-time notice, acceptance, completion.
-- ("window" is a reserved word of SQL; the schema is called service_window.)
create schema service_window;
grant usage on schema service_window to jingmin_app, jingmin_public;

create type service_window.matter_status as enum (
  'received', 'awaiting_applicant', 'accepted', 'completed', 'refused', 'transferred', 'withdrawn', 'lapsed'
);
create type service_window.material_verdict as enum ('present', 'missing', 'defective');
create type service_window.supplement_cause as enum ('new_fact', 'changed_policy', 'officer_omission');
create type service_window.notice_status as enum ('requested', 'rejected', 'issued');
create type service_window.signature_kind as enum ('drawn', 'paper', 'witnessed_mark', 'declined');
create type service_window.visit_cause as enum ('notice', 'collection', 'new_fact', 'changed_policy', 'officer_omission', 'applicant_choice', 'other');

create sequence service_window.matter_no;
grant usage on sequence service_window.matter_no to jingmin_app;

create table service_window.matter (
  id uuid primary key,
  no text not null unique,
  unit_id uuid not null references directory.unit,
  counter_id uuid references directory.counter,
  first_officer_id uuid not null references directory.person,
  received_at timestamptz not null,
  holder_id uuid references directory.person,
  handling_unit_id uuid not null references directory.unit,
  applicant_name text not null check (length(applicant_name) between 1 and 50),
  request text not null check (length(request) between 1 and 500),
  phone_sealed text,
  phone_index text,
  phone_masked text,
  citizen_no_sealed text,
  citizen_no_index text,
  citizen_no_masked text,
  item_code text references registration.service_item,
  item_version_id uuid references registration.item_version,
  answers jsonb not null default '{}',
  status service_window.matter_status not null default 'received',
  visits int not null default 1 check (visits > 0),
  query_code_hash text not null unique,
  query_code_sealed text not null,
  accepted_at timestamptz,
  acceptance_no text unique,
  due_on date,
  due_provisional boolean not null default false,
  due_basis text,
  extended_days int,
  finished_at timestamptz,
  finished_by uuid references directory.person,
  finished_counter_id uuid references directory.counter,
  outcome_reason text,
  outcome_can_do text,
  receiver_name text,
  receiver_phone text,
  receiver_receipt text,
  citizen_told_at timestamptz,
  overdue_at timestamptz,
  version int not null default 1,
  changed_by uuid references directory.person,
  changed_at timestamptz,
  grams text[] generated always as (platform.grams(applicant_name || ' ' || request || ' ' || no)) stored,
  check ((status in ('accepted', 'completed')) <= (accepted_at is not null or item_version_id is not null)),
  check ((status = 'accepted') <= (accepted_at is not null and due_on is not null and due_basis is not null)),
  check ((status in ('completed', 'refused', 'transferred', 'withdrawn', 'lapsed')) = (finished_at is not null)),
  check (status <> 'refused' or (outcome_reason is not null and outcome_can_do is not null)),
  check (status <> 'transferred' or (receiver_name is not null and receiver_receipt is not null and citizen_told_at is not null)),
  check (accepted_at is null or accepted_at >= received_at),
  check (finished_at is null or finished_at >= received_at)
);
comment on table service_window.matter is 'One citizen''s matter, from the first reception to its end.';
comment on column service_window.matter.first_officer_id is 'First-contact officer (R84): responsible to the end; a trigger refuses any change.';
comment on column service_window.matter.holder_id is 'Who holds the work now; handing it over moves this, never the responsibility.';
comment on column service_window.matter.receiver_receipt is 'Outside competence ends with a named receiver, the receiver''s receipt and the citizen told (A19); "not my business" is no end.';
comment on column service_window.matter.changed_by is 'Whose change made the present version; null when it was the system. Shown to whoever wrote at the same time.';
comment on column service_window.matter.item_version_id is 'The catalogue version in force on the day of reception (style rule 11).';
create index matter_due on service_window.matter (handling_unit_id, due_on, id) where status = 'accepted';
create index matter_received on service_window.matter (handling_unit_id, received_at desc, id desc);
create index matter_status on service_window.matter (handling_unit_id, status, received_at desc, id desc);
create index matter_holder on service_window.matter (holder_id, status, received_at desc);
create index matter_first on service_window.matter (first_officer_id, received_at desc);
create index matter_all_received on service_window.matter (received_at desc, id desc);
create index matter_awaiting on service_window.matter (received_at) where status = 'awaiting_applicant';
create index matter_overdue on service_window.matter (due_on, id) where status = 'accepted';
create index matter_grams on service_window.matter using gin (grams);
create index matter_citizen_no on service_window.matter (citizen_no_index) where citizen_no_index is not null;
create index matter_phone on service_window.matter (phone_index) where phone_index is not null;

create function service_window.keep_first_contact() returns trigger language plpgsql as $$
begin
  if new.first_officer_id <> old.first_officer_id or new.received_at <> old.received_at or new.unit_id <> old.unit_id
     or new.no <> old.no then
    raise exception 'the first reception is a fact that does not change' using errcode = 'restrict_violation';
  end if;
  if old.finished_at is not null and (new.status <> old.status or new.finished_at <> old.finished_at) then
    raise exception 'a finished matter does not change its end' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_first_contact before update on service_window.matter
  for each row execute function service_window.keep_first_contact();

create table service_window.visit (
  matter_id uuid not null references service_window.matter,
  no int not null check (no > 0),
  at timestamptz not null,
  officer_id uuid not null references directory.person,
  unit_id uuid not null references directory.unit,
  counter_id uuid references directory.counter,
  cause service_window.visit_cause,
  primary key (matter_id, no),
  check (no = 1 or cause is not null)
);
comment on column service_window.visit.cause is 'Why the citizen had to come again; every third visit is listed with it (R50).';
create index visit_third on service_window.visit (at desc) where no >= 3;

create table service_window.baton (
  matter_id uuid not null references service_window.matter,
  no int not null check (no > 0),
  from_person_id uuid references directory.person,
  to_person_id uuid not null references directory.person,
  to_unit_id uuid not null references directory.unit,
  reason text not null check (length(reason) between 1 and 500),
  offered_at timestamptz not null,
  receipt_at timestamptz,
  declined_at timestamptz,
  decline_reason text,
  primary key (matter_id, no),
  check (receipt_at is null or declined_at is null),
  check (declined_at is null or decline_reason is not null)
);
comment on table service_window.baton is 'Who held the work, from when to when; a hand-over counts from the receiver''s receipt (R84).';
create unique index baton_open on service_window.baton (matter_id) where receipt_at is null and declined_at is null;
create index baton_to on service_window.baton (to_person_id) where receipt_at is null and declined_at is null;

create table service_window.material_check (
  matter_id uuid not null references service_window.matter,
  visit_no int not null,
  material_code text not null,
  verdict service_window.material_verdict not null,
  defect text,
  mendable_on_spot boolean not null default false,
  mended boolean not null default false,
  new_paper boolean not null default false,
  checked_by uuid not null references directory.person,
  checked_at timestamptz not null,
  primary key (matter_id, visit_no, material_code),
  foreign key (matter_id, visit_no) references service_window.visit (matter_id, no),
  check (verdict <> 'defective' or defect is not null),
  check (not mended or (verdict = 'defective' and mendable_on_spot))
);

create table service_window.notice (
  id uuid primary key,
  matter_id uuid not null references service_window.matter,
  sequence int not null check (sequence > 0),
  visit_no int not null,
  no text unique,
  status service_window.notice_status not null,
  cause service_window.supplement_cause,
  cause_note text,
  requested_by uuid not null references directory.person,
  requested_at timestamptz not null,
  decided_by uuid references directory.person,
  decided_at timestamptz,
  decision_note text,
  issued_at timestamptz,
  content jsonb,
  signature service_window.signature_kind,
  signature_data jsonb,
  signed_at timestamptz,
  foreign key (matter_id, visit_no) references service_window.visit (matter_id, no),
  check ((status = 'issued') = (no is not null and issued_at is not null and content is not null)),
  check ((sequence = 1) = (cause is null)),
  check (sequence = 1 or status = 'requested' or decided_by is not null),
  check (decided_by is null or decided_by is distinct from requested_by)
);
comment on table service_window.notice is 'One-time notice (R48–R49). A second one needs the window chief''s approval with a coded cause.';
comment on column service_window.notice.content is 'What was printed, frozen: rendering it again gives the same bytes.';
create unique index notice_sequence on service_window.notice (matter_id, sequence) where status <> 'rejected';
create index notice_pending on service_window.notice (requested_at) where status = 'requested';

create function service_window.keep_notice() returns trigger language plpgsql as $$
begin
  if old.status = 'issued' and (new.content is distinct from old.content or new.no <> old.no or new.issued_at <> old.issued_at
      or new.status <> old.status or (old.signature is not null and new.signature is distinct from old.signature)) then
    raise exception 'an issued notice does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_notice before update on service_window.notice for each row execute function service_window.keep_notice();

create table service_window.notice_gap (
  notice_id uuid not null references service_window.notice,
  material_code text not null,
  verdict service_window.material_verdict not null check (verdict <> 'present'),
  defect text,
  overlooked boolean not null default false,
  primary key (notice_id, material_code)
);
comment on column service_window.notice_gap.overlooked is 'The gap existed at the first visit and the first notice did not name it (R49).';

create table service_window.extension (
  matter_id uuid primary key references service_window.matter,
  days int not null check (days between 1 and 60),
  reason text not null check (length(reason) between 1 and 500),
  requested_by uuid not null references directory.person,
  requested_at timestamptz not null,
  decided_by uuid references directory.person,
  decided_at timestamptz,
  approved boolean,
  citizen_told_at timestamptz,
  citizen_told_how text,
  old_due_on date not null,
  new_due_on date,
  check (decided_by is null or decided_by is distinct from requested_by),
  check (approved is not true or (new_due_on > old_due_on and citizen_told_at is not null and citizen_told_how is not null))
);
comment on table service_window.extension is 'Only by the unit head, once, the citizen told (R86): the primary key is the "once".';

grant select, insert, update on service_window.matter, service_window.notice, service_window.baton,
  service_window.extension, service_window.visit to jingmin_app;
grant select, insert, update, delete on service_window.material_check, service_window.notice_gap to jingmin_app;

do $$
declare t text;
begin
  foreach t in array array['matter', 'visit', 'baton', 'material_check', 'notice', 'notice_gap', 'extension'] loop
    execute format('alter table service_window.%I enable row level security', t);
  end loop;
end $$;

-- A matter is visible to the units that received it and that work on it, and to those with a wider view.
create policy read on service_window.matter for select using (
  handling_unit_id = any ((select platform.actor_units('matter.read'))::uuid[])
  or unit_id = any ((select platform.actor_units('matter.read'))::uuid[])
  or first_officer_id = (select platform.actor_person())
  or holder_id = (select platform.actor_person())
);
create policy receive on service_window.matter for insert with check (
  unit_id = any ((select platform.actor_units('matter.receive'))::uuid[])
  and (first_officer_id = (select platform.actor_person()) or (select platform.actor_is_system()))
);
create policy work on service_window.matter for update using (
  handling_unit_id = any ((select platform.actor_units('matter.work'))::uuid[])
  or unit_id = any ((select platform.actor_units('matter.work'))::uuid[])
  or handling_unit_id = any ((select platform.actor_units('matter.decide'))::uuid[])
  or unit_id = any ((select platform.actor_units('matter.decide'))::uuid[])
  or holder_id = (select platform.actor_person())
) with check (true);

create policy follow_matter on service_window.visit using (exists (select from service_window.matter m where m.id = matter_id));
create policy follow_matter on service_window.material_check using (exists (select from service_window.matter m where m.id = matter_id));
create policy follow_matter on service_window.notice using (exists (select from service_window.matter m where m.id = matter_id));
create policy follow_matter on service_window.notice_gap using (exists (select from service_window.notice n where n.id = notice_id));
create policy follow_matter on service_window.extension using (exists (select from service_window.matter m where m.id = matter_id));
create policy follow_matter on service_window.baton using (
  exists (select from service_window.matter m where m.id = matter_id) or to_person_id = (select platform.actor_person())
);

-- Whom a hand-over is offered to may look at the matter before taking it.
create function service_window.offered_to_me() returns uuid[]
language sql stable security definer set search_path = pg_catalog, service_window, platform as $$
  select coalesce(array_agg(matter_id), '{}') from service_window.baton
  where to_person_id = platform.actor_person() and receipt_at is null and declined_at is null
$$;
create policy read_offered on service_window.matter for select using (id = any ((select service_window.offered_to_me())::uuid[]));
create policy take_offered on service_window.matter for update using (id = any ((select service_window.offered_to_me())::uuid[])) with check (true);

-- The number of a notice opens the matter at any counter (R48): the unit that now works on it comes to see it.
create function service_window.open_by_number(number text, at_unit uuid) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, service_window, platform as $$
declare found uuid;
begin
  if not (at_unit = any (platform.actor_units('matter.receive'))) then return null; end if;
  select m.id into found from service_window.matter m
   where (m.no = number or m.acceptance_no = number
      or exists (select from service_window.notice n where n.matter_id = m.id and n.no = number));
  if found is null then return null; end if;
  update service_window.matter set handling_unit_id = at_unit
   where id = found and finished_at is null and handling_unit_id <> at_unit and status in ('received', 'awaiting_applicant');
  return found;
end $$;

-- Search by any fragment. Index operators are not leakproof, so under row security they could not use the index;
-- the definer function applies the same scope itself.
create function service_window.search(fragment text, before_at timestamptz, before_id uuid, most int, wanted text,
  at_unit uuid default null, item text default null, holder uuid default null,
  received_from timestamptz default null, received_until timestamptz default null, due_from date default null, due_until date default null)
returns table (id uuid)
language plpgsql stable security definer set search_path = pg_catalog, service_window, platform as $$
declare
  units uuid[] := platform.actor_units('matter.read');
  me uuid := platform.actor_person();
  pieces text[] := platform.search_grams(fragment);
  pattern text := '%' || replace(replace(replace(lower(fragment), '\', '\\'), '%', '\%'), '_', '\_') || '%';
begin
  if cardinality(pieces) = 0 then return; end if;
  return query execute
    'select m.id from service_window.matter m
      where m.grams @> $1
        and lower(m.applicant_name || '' '' || m.request || '' '' || m.no) like $2
        and (m.handling_unit_id = any ($3) or m.unit_id = any ($3) or m.first_officer_id = $4)
        and ($5::timestamptz is null or (m.received_at, m.id) < ($5, $6))
        and ($8 is null or m.status = any (string_to_array($8, '','')::service_window.matter_status[]))
        and ($9 is null or m.handling_unit_id = $9) and ($10 is null or m.item_code = $10) and ($11 is null or m.holder_id = $11)
        and ($12 is null or m.received_at >= $12) and ($13 is null or m.received_at < $13)
        and ($14 is null or m.due_on >= $14) and ($15 is null or m.due_on <= $15)
      order by m.received_at desc, m.id desc limit $7'
    using pieces, pattern, units, me, before_at, before_id, least(most, 201), wanted,
      at_unit, item, holder, received_from, received_until, due_from, due_until;
end $$;

-- The citizen's own page: number and code together, nothing else is reachable from the public role.
create function service_window.citizen_view(number text, code_hash text) returns jsonb
language sql stable security definer set search_path = pg_catalog, service_window as $$
  select jsonb_build_object(
    'id', m.id, 'no', m.no, 'status', m.status, 'applicant_name', m.applicant_name, 'request', m.request,
    'item_code', m.item_code, 'item_version_id', m.item_version_id, 'answers', m.answers,
    'received_at', m.received_at, 'accepted_at', m.accepted_at, 'acceptance_no', m.acceptance_no,
    'due_on', m.due_on, 'due_provisional', m.due_provisional, 'due_basis', m.due_basis, 'finished_at', m.finished_at,
    'outcome_reason', m.outcome_reason, 'outcome_can_do', m.outcome_can_do,
    'receiver_name', m.receiver_name, 'receiver_phone', m.receiver_phone, 'visits', m.visits,
    'unit_id', m.unit_id, 'handling_unit_id', m.handling_unit_id,
    'officer', (select jsonb_build_object('name', p.name, 'police_no', p.police_no, 'phone', p.office_phone)
                from directory.person p where p.id = m.first_officer_id),
    'extension', (select jsonb_build_object('days', e.days, 'reason', e.reason, 'new_due_on', e.new_due_on)
                  from service_window.extension e where e.matter_id = m.id and e.approved),
    'notices', coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'no', n.no, 'issued_at', n.issued_at, 'content', n.content)
                order by n.sequence) from service_window.notice n where n.matter_id = m.id and n.status = 'issued'), '[]'))
  from service_window.matter m
  where m.query_code_hash = code_hash
    and (m.no = number or m.acceptance_no = number
      or exists (select from service_window.notice n where n.matter_id = m.id and n.no = number and n.status = 'issued'))
$$;
revoke execute on function service_window.citizen_view(text, text) from public;
grant execute on function service_window.citizen_view(text, text) to jingmin_public, jingmin_app;
revoke execute on function service_window.search(text, timestamptz, uuid, int, text, uuid, text, uuid, timestamptz, timestamptz, date, date), service_window.open_by_number(text, uuid), service_window.offered_to_me() from public;
grant execute on function service_window.search(text, timestamptz, uuid, int, text, uuid, text, uuid, timestamptz, timestamptz, date, date), service_window.open_by_number(text, uuid), service_window.offered_to_me() to jingmin_app;
