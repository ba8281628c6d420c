-- Complaints (信访投诉): one register for every channel, from the first word to the finding (R107–R124).
-- Who complained stands apart from what happened; who is complained of, his kin and his unit see no row of it (b-8).
create schema complaints;
grant usage on schema complaints to jingmin_app, jingmin_public;

create type complaints.channel as enum (
  'district_website', 'report_hotline', 'desk_960111', 'letter', 'visit', 'hotline_12345', 'hotline_12389', 'police_110',
  'superior_transfer', 'citizen_site', 'comment_book', 'wechat'
);
create type complaints.department as enum ('command_centre', 'discipline_inspection', 'supervision_brigade', 'petition_section');
create type complaints.case_class as enum ('suggestion', 'appeal', 'accusation', 'other_path');
create type complaints.case_status as enum (
  'received', 'accepted', 'investigating', 'proposed', 'reviewed', 'decided', 'answered', 'closed',
  'redirected', 'transferred', 'withdrawn', 'merged'
);
create type complaints.style_tag as enum ('cold', 'harsh', 'overbearing', 'buck_passing', 'stalling');
create type complaints.behaviour as enum ('bad_attitude', 'low_efficiency', 'inaction', 'wrongful_action', 'other');
create type complaints.coding_stage as enum ('alleged', 'confirmed');
create type complaints.outcome as enum ('responsible', 'not_responsible', 'unfounded', 'not_established', 'withdrawn');
create type complaints.severity as enum ('minor', 'medium', 'serious');
create type complaints.statement_status as enum ('requested', 'answered', 'expired');
create type complaints.finding_status as enum ('draft', 'returned', 'reviewed', 'approved', 'appealed', 'upheld', 'annulled', 'amended');
create type complaints.appeal_decision as enum ('upheld', 'annulled', 'amended');
create type complaints.notice_kind as enum (
  'receipt', 'accepted', 'redirected', 'transferred', 'extended', 'paused', 'opinion', 'review_accepted', 'review_opinion', 'withdrawn', 'merged', 'reopened'
);
create type complaints.told_how as enum ('page', 'sms', 'letter', 'in_person', 'phone');
create type complaints.review_outcome as enum ('maintained', 'changed', 'revoked');
create type complaints.retaliation_act as enum ('matter_refused', 'record_looked_up', 'home_visit');

-- Which unit is which of the four departments; the lead one keeps the month (R111).
create table complaints.desk (
  department complaints.department primary key,
  unit_id uuid not null unique references directory.unit,
  lead boolean not null default false
);
create unique index desk_lead on complaints.desk (lead) where lead;

create sequence complaints.case_no;
grant usage on sequence complaints.case_no to jingmin_app;

create table complaints.case (
  id uuid primary key,
  no text not null unique,
  opened_at timestamptz not null,
  received_on date not null,
  department complaints.department not null,
  class complaints.case_class,
  status complaints.case_status not null default 'received',
  summary text not null check (length(summary) between 1 and 4000),
  wish text not null default '' check (length(wish) <= 2000),
  occurred_on date,
  place text not null default '' check (length(place) <= 200),
  related_matter_no text,
  handler_id uuid references directory.person,
  notice_due_on date not null,
  notice_provisional boolean not null default false,
  noticed_at timestamptz,
  accepted_at timestamptz,
  due_on date,
  due_provisional boolean not null default false,
  due_basis text,
  decided_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  overdue_at timestamptz,
  path_told text,
  transferred_to text,
  objection_due_on date,
  merged_into uuid references complaints.case,
  round int not null default 1 check (round between 1 and 20),
  version int not null default 1,
  changed_by uuid references directory.person,
  changed_at timestamptz,
  grams text[] generated always as (platform.grams(no || ' ' || summary || ' ' || place)) stored,
  check ((status = 'merged') = (merged_into is not null)),
  check (merged_into is distinct from id),
  check (status not in ('accepted', 'investigating', 'proposed', 'reviewed', 'decided', 'answered') or (accepted_at is not null and due_on is not null and due_basis is not null and class is not null)),
  check (status <> 'redirected' or path_told is not null),
  check (status <> 'transferred' or transferred_to is not null),
  check (status not in ('investigating', 'proposed', 'reviewed') or handler_id is not null),
  check (status <> 'decided' or decided_at is not null),
  check (status <> 'answered' or answered_at is not null),
  check ((status = 'closed') = (closed_at is not null))
);
comment on table complaints.case is 'One event, however many people told of it through however many channels (A22).';
comment on column complaints.case.summary is 'What happened, in the desk''s words, without the complainant; the words themselves stand in submission.';
comment on column complaints.case.department is 'Whose queue it is in (R111).';
comment on column complaints.case.notice_due_on is '15 natural days from receipt (信访工作条例 art. 23).';
comment on column complaints.case.due_on is '60 natural days from acceptance, extended once by at most 30 (art. 34).';
comment on column complaints.case.round is 'Raised when a citizen''s reopening or a review sends the case back.';
create index case_register on complaints.case (opened_at desc, id desc);
create index case_queue on complaints.case (department, status, opened_at desc, id desc);
create index case_due on complaints.case (due_on, id) where status in ('accepted', 'investigating', 'proposed', 'reviewed');
create index case_notice_due on complaints.case (notice_due_on, id) where noticed_at is null and status = 'received';
create index case_handler on complaints.case (handler_id, status, opened_at desc);
create index case_received on complaints.case (received_on);
create index case_merged on complaints.case (merged_into) where merged_into is not null;
create index case_grams on complaints.case using gin (grams);

-- The lifecycle of policy/complaints/lifecycle.ts, for whoever writes past the use cases; a test compares the two.
create table complaints.case_move (
  from_status complaints.case_status not null,
  to_status complaints.case_status not null,
  primary key (from_status, to_status)
);
insert into complaints.case_move (from_status, to_status) values
  ('received', 'accepted'), ('received', 'redirected'), ('received', 'transferred'), ('received', 'merged'), ('received', 'withdrawn'), ('accepted',
  'redirected'), ('accepted', 'transferred'), ('accepted', 'merged'), ('accepted', 'investigating'), ('accepted', 'withdrawn'), ('investigating',
  'accepted'), ('investigating', 'merged'), ('investigating', 'proposed'), ('investigating', 'answered'), ('investigating', 'withdrawn'), ('proposed',
  'reviewed'), ('proposed', 'investigating'), ('proposed', 'withdrawn'), ('reviewed', 'decided'), ('reviewed', 'investigating'), ('reviewed',
  'withdrawn'), ('decided', 'answered'), ('decided', 'closed'), ('answered', 'closed'), ('answered', 'investigating'), ('closed', 'investigating'),
  ('redirected', 'received'), ('transferred', 'received'), ('withdrawn', 'received'), ('merged', 'received'), ('merged', 'accepted'), ('merged',
  'investigating');

create function complaints.keep_case() returns trigger
language plpgsql security definer set search_path = pg_catalog, complaints as $$
begin
  if (new.id, new.no, new.opened_at, new.received_on) is distinct from (old.id, old.no, old.opened_at, old.received_on) then
    raise exception 'when and under which number a case was received does not change' using errcode = 'restrict_violation';
  end if;
  if new.status <> old.status and not exists (select from complaints.case_move m where m.from_status = old.status and m.to_status = new.status) then
    raise exception 'a case does not go from % to %', old.status, new.status using errcode = 'restrict_violation';
  end if;
  if new.handler_id is distinct from old.handler_id and new.id = any (complaints.cases_barred_to(new.handler_id)) then
    raise exception 'nobody handles his own case' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_case before update on complaints.case for each row execute function complaints.keep_case();

create table complaints.submission (
  id uuid primary key,
  case_id uuid not null references complaints.case,
  first_case_id uuid not null references complaints.case,
  channel complaints.channel not null,
  source_ref text not null default '' check (length(source_ref) <= 100),
  department complaints.department not null,
  received_at timestamptz not null,
  received_by uuid references directory.person,
  text text not null check (length(text) between 1 and 10000),
  oral boolean not null default false,
  read_back boolean not null default false,
  anonymous boolean not null default false,
  confidential boolean not null default false,
  reachable boolean not null default false,
  group_size int not null default 1 check (group_size between 1 and 100000),
  representatives int not null default 0 check (representatives between 0 and 5),
  receipt_hash text not null unique,
  receipt_sealed text not null,
  lang text not null default 'zh' check (lang in ('zh', 'en')),
  withdrawn_at timestamptz,
  check (not oral or read_back),
  check (not anonymous or not reachable or channel = 'citizen_site')
);
comment on table complaints.submission is 'One person''s complaint as it came in, word for word; each is answered (A22).';
comment on column complaints.submission.first_case_id is 'The case it opened or first joined; undoing a merge brings it back there.';
comment on column complaints.submission.read_back is 'Oral words are written down faithfully and read back (信访工作条例 art. 19).';
comment on column complaints.submission.reachable is 'A name and a way to reach the person are there; else there is no duty to notify (art. 23).';
comment on column complaints.submission.representatives is 'At most five of a group (art. 20).';
create index submission_case on complaints.submission (case_id, received_at);
create index submission_first_case on complaints.submission (first_case_id);
create index submission_received on complaints.submission (department, received_at desc, id desc);
create unique index submission_source on complaints.submission (channel, source_ref) where source_ref <> '';

create function complaints.keep_submission() returns trigger language plpgsql as $$
begin
  if (new.id, new.first_case_id, new.channel, new.source_ref, new.received_at, new.received_by, new.text, new.receipt_hash)
     is distinct from (old.id, old.first_case_id, old.channel, old.source_ref, old.received_at, old.received_by, old.text, old.receipt_hash) then
    raise exception 'what a citizen said stays as it was said' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_submission before update on complaints.submission for each row execute function complaints.keep_submission();

-- Who complained. Nobody selects from this table; complaints.reveal opens one row, for a reason that stays on record.
create table complaints.complainant (
  submission_id uuid primary key references complaints.submission,
  name_sealed text,
  phone_sealed text,
  phone_index text,
  citizen_no_sealed text,
  citizen_no_index text,
  address_sealed text
);
create index complainant_phone on complaints.complainant (phone_index) where phone_index is not null;
create index complainant_citizen_no on complaints.complainant (citizen_no_index) where citizen_no_index is not null;

create table complaints.identity_view (
  id uuid primary key default gen_random_uuid(),
  submission_id uuid not null references complaints.submission,
  case_id uuid not null references complaints.case,
  viewed_by uuid not null references directory.person,
  viewed_at timestamptz not null,
  reason text not null check (length(reason) between 1 and 500)
);
create index identity_view_submission on complaints.identity_view (submission_id, viewed_at);
create trigger append_only before update or delete on complaints.identity_view for each row execute function platform.append_only();

create table complaints.accused (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references complaints.case,
  person_id uuid references directory.person,
  unit_id uuid references directory.unit,
  said_as text not null default '' check (length(said_as) <= 200),
  named_at timestamptz not null,
  named_by uuid references directory.person,
  check (person_id is not null or unit_id is not null or said_as <> '')
);
comment on table complaints.accused is 'Whom a case is about. Rows are added, never removed: whoever was once named stays kept from the case.';
create unique index accused_person on complaints.accused (case_id, person_id) where person_id is not null;
create unique index accused_unit on complaints.accused (case_id, unit_id) where person_id is null and unit_id is not null;
create index accused_by_person on complaints.accused (person_id, case_id) where person_id is not null;
create index accused_by_unit on complaints.accused (unit_id, case_id) where unit_id is not null;
create trigger append_only before delete on complaints.accused for each row execute function platform.append_only();

-- Declared kinship inside the force, and recusals from one case (信访工作条例 art. 28).
create table complaints.relation (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references directory.person,
  relative_id uuid not null references directory.person,
  kind text not null check (length(kind) between 1 and 40),
  declared_at timestamptz not null,
  declared_by uuid not null references directory.person,
  ended_at timestamptz,
  check (person_id <> relative_id)
);
create unique index relation_once on complaints.relation (least(person_id, relative_id), greatest(person_id, relative_id)) where ended_at is null;
create index relation_relative on complaints.relation (relative_id) where ended_at is null;

create table complaints.recusal (
  case_id uuid not null references complaints.case,
  person_id uuid not null references directory.person,
  reason text not null check (length(reason) between 1 and 500),
  declared_by uuid not null references directory.person,
  declared_at timestamptz not null,
  primary key (case_id, person_id)
);
create index recusal_person on complaints.recusal (person_id);

-- May this person have nothing to do with this case? The accused and his kin, whoever recused himself, the accused's own
-- unit and those above and below it up to the bureau. Colleagues of a bureau leader are kept out where the bureau itself is accused.
create function complaints.cases_barred_to(person uuid) returns uuid[]
language sql stable security definer set search_path = pg_catalog, complaints, directory as $$
  with me as (
    select p.id, array(
        select u.id from directory.unit u
        where u.kind <> 'bureau' and u.id = any (directory.unit_chain(p.unit_id) || case when own.kind = 'bureau' then '{}' else directory.unit_tree(p.unit_id) end)
      ) as units, own.id as own, own.kind
    from directory.person p join directory.unit own on own.id = p.unit_id where p.id = person
  ), barred as (
    select a.case_id from complaints.accused a where a.person_id = person
    union select r.case_id from complaints.recusal r where r.person_id = person
    union select a.case_id from complaints.accused a join complaints.relation r
      on (r.ended_at is null or r.ended_at >= a.named_at) and ((r.person_id = a.person_id and r.relative_id = person) or (r.relative_id = a.person_id and r.person_id = person))
    union select a.case_id from me, complaints.accused a where a.unit_id = any (me.units)
    union select a.case_id from me, complaints.accused a where me.kind = 'bureau' and a.unit_id = me.own and a.person_id is null
  )
  -- What was merged is one event: whoever is kept from one part is kept from all of it.
  select coalesce(array_agg(distinct c.id), '{}') from barred b
    join complaints.case k on k.id = b.case_id
    join complaints.case c on c.id = k.id or c.merged_into = k.id or c.id = k.merged_into or c.merged_into = k.merged_into
$$;

create function complaints.barred_cases() returns uuid[]
language sql stable security definer set search_path = pg_catalog, complaints, platform as
$$ select case when platform.actor_person() is null then '{}'::uuid[] else complaints.cases_barred_to(platform.actor_person()) end $$;

create function complaints.my_departments() returns complaints.department[]
language sql stable security definer set search_path = pg_catalog, complaints, platform as
$$ select coalesce(array_agg(d.department), '{}') from complaints.desk d where d.unit_id = any (platform.actor_units('complaint.intake')) $$;

-- One coding of one coder: alleged at intake, confirmed at the finding; the two are never mixed (A7). The system's own
-- proposal has no coder.
create table complaints.coding (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references complaints.case,
  stage complaints.coding_stage not null,
  coder_id uuid references directory.person,
  style complaints.style_tag[] not null default '{}',
  behaviour complaints.behaviour[] not null default '{}',
  words jsonb not null default '[]',
  coded_at timestamptz not null
);
comment on column complaints.coding.words is 'The words that led to each proposal: [{code, text, start, end}].';
create unique index coding_once on complaints.coding (case_id, stage, coder_id) nulls not distinct;

create table complaints.file (
  id uuid primary key,
  case_id uuid not null references complaints.case,
  submission_id uuid references complaints.submission,
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  size int not null check (size between 1 and 10485760),
  sha256 text not null,
  bytes bytea not null,
  said text not null default '' check (length(said) <= 500),
  added_by uuid references directory.person,
  added_at timestamptz not null
);
comment on table complaints.file is 'What was handed in with a complaint, and evidence that officers added; never shown in the page''s own origin.';
create index file_case on complaints.file (case_id, added_at);
create trigger append_only before delete on complaints.file for each row execute function platform.append_only();

create table complaints.step (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references complaints.case,
  round int not null,
  kind text not null check (length(kind) between 1 and 40),
  at timestamptz not null,
  person_id uuid references directory.person,
  text text not null default '' check (length(text) <= 4000),
  detail jsonb not null default '{}',
  seq bigint generated always as identity
);
create index step_case on complaints.step (case_id, at, seq);
create trigger append_only before update or delete on complaints.step for each row execute function platform.append_only();

create table complaints.extension (
  case_id uuid not null references complaints.case,
  round int not null,
  days int not null check (days between 1 and 30),
  reason text not null check (length(reason) between 1 and 1000),
  requested_by uuid not null references directory.person,
  requested_at timestamptz not null,
  decided_by uuid references directory.person,
  decided_at timestamptz,
  approved boolean,
  old_due_on date not null,
  new_due_on date,
  primary key (case_id, round),
  check (decided_by is distinct from requested_by or decided_by is null),
  check (approved is not true or new_due_on > old_due_on)
);
comment on table complaints.extension is 'Once, at most 30 days, approved by a leader, reasons told (art. 34): the primary key is the "once".';

create table complaints.pause (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references complaints.case,
  reason text not null check (length(reason) between 1 and 1000),
  requested_by uuid not null references directory.person,
  approved_by uuid references directory.person,
  paused_on date not null,
  resumed_on date,
  check (approved_by is distinct from requested_by or approved_by is null),
  check (resumed_on is null or resumed_on >= paused_on)
);
create unique index pause_open on complaints.pause (case_id) where resumed_on is null;

-- What the officer learns: the facts he must answer, never who said them.
create table complaints.statement (
  id uuid primary key,
  case_id uuid not null references complaints.case,
  round int not null,
  person_id uuid not null references directory.person,
  facts text not null check (length(facts) between 1 and 4000),
  asks text not null default '' check (length(asks) <= 2000),
  status complaints.statement_status not null default 'requested',
  requested_by uuid not null references directory.person,
  requested_at timestamptz not null,
  due_on date not null,
  read_at timestamptz,
  answer text check (length(answer) between 1 and 8000),
  answered_at timestamptz,
  expired_at timestamptz,
  unique (case_id, round, person_id),
  check (requested_by <> person_id),
  check ((status = 'answered') = (answer is not null)),
  check ((status = 'answered') = (answered_at is not null)),
  check ((status = 'expired') = (expired_at is not null))
);
create index statement_person on complaints.statement (person_id, requested_at desc);
create index statement_due on complaints.statement (due_on) where status = 'requested';

create table complaints.finding (
  id uuid primary key,
  case_id uuid not null references complaints.case,
  round int not null,
  person_id uuid references directory.person,
  unit_id uuid not null references directory.unit,
  outcome complaints.outcome not null,
  severity complaints.severity,
  facts text not null check (length(facts) between 1 and 8000),
  fact_line text not null check (length(fact_line) between 1 and 200),
  clause text not null default '' check (length(clause) <= 500),
  evidence jsonb not null default '[]',
  nobody_reason text check (length(nobody_reason) between 1 and 500),
  status complaints.finding_status not null default 'draft',
  proposed_by uuid not null references directory.person,
  proposed_at timestamptz not null,
  reviewed_by uuid references directory.person,
  reviewed_at timestamptz,
  review_note text,
  approved_by uuid references directory.person,
  approved_at timestamptz,
  appeal_until date,
  amends uuid references complaints.finding,
  version int not null default 1,
  check ((outcome = 'responsible') = (severity is not null)),
  check (outcome <> 'responsible' or clause <> ''),
  check (outcome <> 'responsible' or person_id is not null or nobody_reason is not null),
  check (person_id is null or (proposed_by <> person_id and reviewed_by is distinct from person_id and approved_by is distinct from person_id)),
  check (reviewed_by is null or reviewed_by <> proposed_by),
  check (approved_by is null or (approved_by <> proposed_by and approved_by <> reviewed_by)),
  check ((status in ('approved', 'appealed', 'upheld', 'annulled', 'amended')) = (approved_at is not null)),
  check (approved_at is null or (approved_by is not null and reviewed_by is not null))
);
comment on table complaints.finding is 'Responsible, or not: proposed, agreed by a second reviewer, approved by a leader, heard first, open to appeal (R124).';
comment on column complaints.finding.nobody_reason is 'Why a unit is responsible and no officer can be named (A21).';
comment on column complaints.finding.fact_line is 'The fact in one line, without the complainant: what the ledger and the notice slip quote.';
create index finding_case on complaints.finding (case_id, round);
create index finding_person on complaints.finding (person_id, approved_at desc) where person_id is not null;
create index finding_approved on complaints.finding (approved_at) where approved_at is not null;
create unique index finding_live on complaints.finding (case_id, round, coalesce(person_id, unit_id)) where status <> 'returned' and amends is null;

create function complaints.keep_finding() returns trigger
language plpgsql security definer set search_path = pg_catalog, complaints as $$
begin
  if tg_op = 'UPDATE' and old.approved_at is not null and
     (new.case_id, new.person_id, new.unit_id, new.outcome, new.severity, new.facts, new.clause, new.evidence, new.proposed_by, new.reviewed_by, new.approved_by, new.approved_at)
     is distinct from
     (old.case_id, old.person_id, old.unit_id, old.outcome, old.severity, old.facts, old.clause, old.evidence, old.proposed_by, old.reviewed_by, old.approved_by, old.approved_at) then
    raise exception 'an approved finding does not change; an appeal answers it' using errcode = 'restrict_violation';
  end if;
  -- Nobody is found responsible unheard (R124): the statement was given, or its time has passed.
  if new.approved_at is not null and new.outcome = 'responsible' and new.person_id is not null and new.amends is null and not exists (
       select from complaints.statement s where s.case_id = new.case_id and s.person_id = new.person_id and s.status in ('answered', 'expired')) then
    raise exception 'the officer was not heard' using errcode = 'restrict_violation';
  end if;
  if new.case_id = any (complaints.cases_barred_to(new.proposed_by))
     or new.case_id = any (complaints.cases_barred_to(new.reviewed_by))
     or new.case_id = any (complaints.cases_barred_to(new.approved_by)) then
    raise exception 'nobody handles his own case' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_finding before insert or update on complaints.finding for each row execute function complaints.keep_finding();

create table complaints.appeal (
  id uuid primary key,
  finding_id uuid not null unique references complaints.finding,
  person_id uuid not null references directory.person,
  grounds text not null check (length(grounds) between 1 and 8000),
  filed_at timestamptz not null,
  due_on date not null,
  decided_by uuid references directory.person,
  decided_at timestamptz,
  decision complaints.appeal_decision,
  reason text check (length(reason) between 1 and 4000),
  amended_finding_id uuid references complaints.finding,
  check ((decided_at is null) = (decision is null)),
  check ((decided_at is null) = (reason is null)),
  check ((decided_at is null) = (decided_by is null)),
  check (decided_by is distinct from person_id),
  check ((decision is not distinct from 'amended') = (amended_finding_id is not null))
);
comment on table complaints.appeal is 'Within ten working days, decided by somebody who has not decided before (R124).';

create function complaints.keep_appeal() returns trigger
language plpgsql security definer set search_path = pg_catalog, complaints as $$
declare f complaints.finding;
begin
  select * into f from complaints.finding where id = new.finding_id;
  if new.decided_by in (f.proposed_by, f.reviewed_by, f.approved_by) then
    raise exception 'an appeal is decided by somebody who has not decided before' using errcode = 'restrict_violation';
  end if;
  if new.decided_by is not null and f.case_id = any (complaints.cases_barred_to(new.decided_by)) then
    raise exception 'nobody handles his own case' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'UPDATE' and (old.decided_at is not null or (new.person_id, new.grounds, new.filed_at) is distinct from (old.person_id, old.grounds, old.filed_at)) then
    raise exception 'an appeal and its decision stay as they are' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_appeal before insert or update on complaints.appeal for each row execute function complaints.keep_appeal();

-- Unfounded: the officer is cleared in writing (澄清正名, 公安部令第153号).
create table complaints.clarification (
  finding_id uuid primary key references complaints.finding,
  no text not null unique,
  content jsonb not null,
  tell_unit boolean not null default false,
  issued_by uuid not null references directory.person,
  issued_at timestamptz not null,
  read_at timestamptz
);

create table complaints.citizen_notice (
  id uuid primary key,
  case_id uuid not null references complaints.case,
  submission_id uuid not null references complaints.submission,
  kind complaints.notice_kind not null,
  no text not null unique,
  content jsonb not null,
  issued_at timestamptz not null,
  issued_by uuid references directory.person,
  told_how complaints.told_how,
  told_at timestamptz
);
comment on column complaints.citizen_notice.content is 'What was printed, frozen: rendering it again gives the same bytes.';
create index citizen_notice_submission on complaints.citizen_notice (submission_id, issued_at);
create index citizen_notice_case on complaints.citizen_notice (case_id, issued_at);

create function complaints.keep_notice() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.id, new.case_id, new.submission_id, new.kind, new.no, new.content, new.issued_at)
     is distinct from (old.id, old.case_id, old.submission_id, old.kind, old.no, old.content, old.issued_at) then
    raise exception 'an issued notice does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_notice before update or delete on complaints.citizen_notice for each row execute function complaints.keep_notice();

create table complaints.review (
  id uuid primary key,
  case_id uuid not null references complaints.case,
  submission_id uuid not null references complaints.submission,
  level int not null check (level in (1, 2)),
  reason text not null check (length(reason) between 1 and 4000),
  requested_at timestamptz not null,
  due_on date not null,
  body text not null default '',
  opinion text,
  outcome complaints.review_outcome,
  decided_by uuid references directory.person,
  decided_at timestamptz,
  unique (submission_id, level),
  check ((decided_at is null) = (outcome is null)),
  check ((decided_at is null) = (opinion is null))
);
comment on table complaints.review is 'Review (复查) and re-review (复核) by the superior, 30 days each (arts. 35, 36).';

-- The citizen's own rating of how the case was handled; written by the code on the receipt and by nothing else.
create table complaints.rating (
  submission_id uuid not null references complaints.submission,
  round int not null,
  level int not null check (level between 1 and 3),
  comment text not null default '' check (length(comment) <= 2000),
  rated_at timestamptz not null,
  primary key (submission_id, round)
);
create trigger append_only before update or delete on complaints.rating for each row execute function platform.append_only();

create table complaints.merge (
  id uuid primary key default gen_random_uuid(),
  survivor_id uuid not null references complaints.case,
  absorbed_id uuid not null references complaints.case,
  reason text not null check (length(reason) between 1 and 500),
  merged_by uuid not null references directory.person,
  merged_at timestamptz not null,
  from_status complaints.case_status not null,
  undone_by uuid references directory.person,
  undone_at timestamptz,
  check (survivor_id <> absorbed_id)
);
create unique index merge_live on complaints.merge (absorbed_id) where undone_at is null;

create table complaints.retaliation_flag (
  id uuid primary key default gen_random_uuid(),
  case_id uuid not null references complaints.case,
  submission_id uuid not null references complaints.submission,
  act complaints.retaliation_act not null,
  subject_id uuid not null,
  person_id uuid references directory.person,
  unit_id uuid references directory.unit,
  happened_at timestamptz not null,
  raised_at timestamptz not null,
  examined_by uuid references directory.person,
  examined_at timestamptz,
  examination text check (length(examination) between 1 and 2000),
  unique (case_id, act, subject_id),
  check ((examined_at is null) = (examination is null))
);
comment on table complaints.retaliation_flag is 'An act of the accused or his unit upon the complainant within twelve months; for discipline inspection only.';

-- Rights ------------------------------------------------------------------------------------------------
do $$
declare t text;
begin
  foreach t in array array['desk', 'case', 'case_move', 'submission', 'complainant', 'identity_view', 'accused', 'relation', 'recusal', 'coding', 'file', 'step',
    'extension', 'pause', 'statement', 'finding', 'appeal', 'clarification', 'citizen_notice', 'review', 'rating', 'merge', 'retaliation_flag'] loop
    execute format('alter table complaints.%I enable row level security', t);
  end loop;
end $$;
grant select on complaints.desk, complaints.case_move, complaints.identity_view, complaints.rating to jingmin_app;
grant insert, update on complaints.desk to jingmin_app;
grant select, insert, update on complaints.case, complaints.submission, complaints.relation, complaints.extension, complaints.pause, complaints.statement,
  complaints.finding, complaints.appeal, complaints.clarification, complaints.citizen_notice, complaints.review, complaints.merge, complaints.retaliation_flag,
  complaints.accused to jingmin_app;
grant select, insert on complaints.recusal, complaints.coding, complaints.file, complaints.step to jingmin_app;
grant insert on complaints.complainant to jingmin_app;

create policy read_all on complaints.desk for select to jingmin_app using (true);
create policy manage on complaints.desk for all to jingmin_app using ((select platform.actor_has('directory.manage'))) with check ((select platform.actor_has('directory.manage')));
create policy read_all on complaints.case_move for select to jingmin_app using (true);

create policy read on complaints.case for select using (
  (select platform.actor_is_system())
  or (
    ((select platform.actor_has('complaint.read')) or department = any ((select complaints.my_departments())::complaints.department[]))
    and (class is distinct from 'accusation' or (select platform.actor_has('accusation.read')))
    and not (id = any ((select complaints.barred_cases())::uuid[]))
  )
);
create policy take_down on complaints.case for insert with check (
  (select platform.actor_is_system()) or (status = 'received' and department = any ((select complaints.my_departments())::complaints.department[]))
);
create policy work on complaints.case for update using (
  (select platform.actor_is_system())
  or (
    ((select platform.actor_has('complaint.work')) or (select platform.actor_has('complaint.approve'))
      or department = any ((select complaints.my_departments())::complaints.department[]))
    and (class is distinct from 'accusation' or (select platform.actor_has('accusation.read')))
    and not (id = any ((select complaints.barred_cases())::uuid[]))
  )
) with check (true);

-- What belongs to a case is seen with it.
do $$
declare t text;
begin
  foreach t in array array['submission', 'identity_view', 'accused', 'coding', 'file', 'step', 'extension', 'pause', 'citizen_notice', 'review'] loop
    execute format('create policy follow_case on complaints.%I for select using (exists (select from complaints.case c where c.id = case_id))', t);
  end loop;
  foreach t in array array['extension', 'pause', 'citizen_notice', 'review', 'submission', 'accused'] loop
    execute format('create policy change on complaints.%I for update using (exists (select from complaints.case c where c.id = case_id))', t);
  end loop;
end $$;
create policy see on complaints.rating for select using (exists (select from complaints.submission s where s.id = submission_id));
create policy see on complaints.merge for select using (exists (select from complaints.case c where c.id = survivor_id));
create policy change on complaints.merge for update using (exists (select from complaints.case c where c.id = survivor_id));

-- Whoever takes a complaint down writes what belongs to it, also where he may not look at it afterwards (an accusation).
create function complaints.may_add(wanted uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, complaints, platform as $$
  select platform.actor_is_system() or exists (
    select from complaints.case c where c.id = wanted
      and (platform.actor_has('complaint.work') or platform.actor_has('complaint.approve') or c.department = any (complaints.my_departments()))
      and (c.class is distinct from 'accusation' or platform.actor_has('accusation.read') or (c.status = 'received' and c.version = 1))
      and not (c.id = any (complaints.barred_cases())))
$$;
do $$
declare t text;
begin
  foreach t in array array['submission', 'accused', 'recusal', 'coding', 'file', 'step', 'extension', 'pause', 'citizen_notice', 'review'] loop
    execute format('create policy add on complaints.%I for insert with check (complaints.may_add(case_id))', t);
  end loop;
end $$;
create policy add on complaints.merge for insert with check (complaints.may_add(survivor_id) and complaints.may_add(absorbed_id));
create function complaints.case_of_submission(wanted uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, complaints as
$$ select case_id from complaints.submission where id = wanted $$;
create policy add on complaints.complainant for insert with check (complaints.may_add(complaints.case_of_submission(submission_id)));

create policy own on complaints.recusal for select using (
  person_id = (select platform.actor_person()) or exists (select from complaints.case c where c.id = case_id));
create policy own on complaints.relation for select using (
  (select platform.actor_is_system()) or declared_by = (select platform.actor_person()) or (select platform.actor_has('accusation.read')));
create policy declare_own on complaints.relation for insert with check (
  person_id = (select platform.actor_person()) and declared_by = (select platform.actor_person()));
create policy end_own on complaints.relation for update using (declared_by = (select platform.actor_person()));

-- The officer reads and answers his own request; the case's readers see it with the case.
create policy own on complaints.statement for select using (
  person_id = (select platform.actor_person()) or exists (select from complaints.case c where c.id = case_id));
create policy ask on complaints.statement for insert with check (
  requested_by = (select platform.actor_person()) and complaints.may_add(case_id));
create policy answer on complaints.statement for update using (
  person_id = (select platform.actor_person()) or exists (select from complaints.case c where c.id = case_id));

-- A finding reaches the officer once it is approved; a draft does not.
create policy read on complaints.finding for select using (
  exists (select from complaints.case c where c.id = case_id)
  or (person_id = (select platform.actor_person()) and approved_at is not null));
create policy propose on complaints.finding for insert with check (
  (select platform.actor_is_system()) or (proposed_by = (select platform.actor_person()) and complaints.may_add(case_id))
  or ((select platform.actor_has('complaint.approve')) and amends is not null and exists (select from complaints.case c where c.id = case_id)));
create policy decide on complaints.finding for update using (
  exists (select from complaints.case c where c.id = case_id)
  or (person_id = (select platform.actor_person()) and status = 'approved'));

create policy own on complaints.appeal for select using (
  person_id = (select platform.actor_person()) or exists (select from complaints.finding f join complaints.case c on c.id = f.case_id where f.id = finding_id));
create policy file on complaints.appeal for insert with check (
  person_id = (select platform.actor_person())
  and exists (select from complaints.finding f where f.id = finding_id and f.person_id = (select platform.actor_person())));
create policy decide on complaints.appeal for update using (
  (select platform.actor_has('complaint.approve')) and exists (select from complaints.finding f join complaints.case c on c.id = f.case_id where f.id = finding_id));

create policy read on complaints.clarification for select using (exists (select from complaints.finding f where f.id = finding_id));
create policy issue on complaints.clarification for insert with check (
  issued_by = (select platform.actor_person()) and exists (select from complaints.finding f join complaints.case c on c.id = f.case_id where f.id = finding_id));
create policy read_mark on complaints.clarification for update using (exists (select from complaints.finding f where f.id = finding_id));

create policy watch on complaints.retaliation_flag for select using (
  (select platform.actor_is_system())
  or ((select platform.actor_has('retaliation.read')) and not (case_id = any ((select complaints.barred_cases())::uuid[]))
      and person_id is distinct from (select platform.actor_person())));
create policy raise on complaints.retaliation_flag for insert with check ((select platform.actor_is_system()));
create policy examine on complaints.retaliation_flag for update using (
  (select platform.actor_is_system()) or ((select platform.actor_has('retaliation.read')) and not (case_id = any ((select complaints.barred_cases())::uuid[]))));

-- Doors ---------------------------------------------------------------------------------------------------
-- Who complained, one at a time, for a reason: the look is written in the same statement that gives the answer.
create function complaints.reveal(wanted uuid, why text, at timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, complaints, platform as $$
declare s complaints.submission; who complaints.complainant;
begin
  select * into s from complaints.submission where id = wanted;
  if s.id is null or not platform.actor_has('complaint.identity') or platform.actor_person() is null
     or s.case_id = any (complaints.barred_cases())
     or (exists (select from complaints.case c where c.id = s.case_id and c.class = 'accusation') and not platform.actor_has('accusation.read')) then
    return null;
  end if;
  insert into complaints.identity_view (submission_id, case_id, viewed_by, viewed_at, reason)
  values (s.id, s.case_id, platform.actor_person(), at, why);
  select * into who from complaints.complainant where submission_id = wanted;
  return jsonb_build_object('name', who.name_sealed, 'phone', who.phone_sealed, 'citizenNo', who.citizen_no_sealed, 'address', who.address_sealed);
end $$;

-- Search by any fragment, with the reader's scope applied inside (as service_window.search).
create function complaints.search(fragment text, before_at timestamptz, before_id uuid, most int,
  wanted text default null, of_department text default null, of_class text default null)
returns table (id uuid)
language plpgsql stable security definer set search_path = pg_catalog, complaints, platform as $$
declare
  pieces text[] := platform.search_grams(fragment);
  pattern text := '%' || replace(replace(replace(lower(fragment), '\', '\\'), '%', '\%'), '_', '\_') || '%';
  everything boolean := platform.actor_is_system() or platform.actor_has('complaint.read');
  mine complaints.department[] := complaints.my_departments();
  accusations boolean := platform.actor_is_system() or platform.actor_has('accusation.read');
  barred uuid[] := complaints.barred_cases();
begin
  if cardinality(pieces) = 0 then return; end if;
  return query
    select c.id from complaints.case c
     where c.grams @> pieces and lower(c.no || ' ' || c.summary || ' ' || c.place) like pattern
       and (everything or c.department = any (mine)) and (accusations or c.class is distinct from 'accusation')
       and not (c.id = any (barred))
       and (before_at is null or (c.opened_at, c.id) < (before_at, before_id))
       and (wanted is null or c.status = any (string_to_array(wanted, ',')::complaints.case_status[]))
       and (of_department is null or c.department = of_department::complaints.department)
       and (of_class is null or c.class = of_class::complaints.case_class)
     order by c.opened_at desc, c.id desc limit least(most, 201);
end $$;

-- Cases that may tell of the same event: near in time, and about the same officer or unit or in similar words. The score is
-- the rule's (policy/complaints/similarity.ts); this only finds candidates, within what the reader may see.
create function complaints.near(wanted uuid, days int, most int)
returns table (id uuid)
language sql stable security definer set search_path = pg_catalog, complaints, platform as $$
  with me as (select * from complaints.case c where c.id = wanted and not (c.id = any (complaints.barred_cases())))
  select c.id from me, complaints.case c
  where c.id <> me.id and c.status <> 'merged'
    and c.received_on between me.received_on - days and me.received_on + days
    and (platform.actor_is_system() or platform.actor_has('complaint.read') or c.department = any (complaints.my_departments()))
    and (c.class is distinct from 'accusation' or platform.actor_is_system() or platform.actor_has('accusation.read'))
    and not (c.id = any (complaints.barred_cases()))
    and (exists (select from complaints.accused a join complaints.accused b on b.case_id = c.id and a.case_id = me.id
                 where a.person_id = b.person_id or (a.unit_id = b.unit_id and (a.person_id is null or b.person_id is null)))
         or c.related_matter_no = me.related_matter_no or c.grams && me.grams)
  order by abs(c.received_on - me.received_on), c.id limit least(most, 200)
$$;

-- The citizen's side: the code on the receipt opens one submission and nothing else.
create function complaints.submission_by(code_hash text) returns uuid
language sql stable security definer set search_path = pg_catalog, complaints as
$$ select id from complaints.submission where receipt_hash = code_hash $$;

revoke execute on function complaints.cases_barred_to(uuid), complaints.barred_cases(), complaints.my_departments(), complaints.may_add(uuid),
  complaints.case_of_submission(uuid), complaints.reveal(uuid, text, timestamptz), complaints.search(text, timestamptz, uuid, int, text, text, text),
  complaints.near(uuid, int, int), complaints.submission_by(text) from public;
grant execute on function complaints.barred_cases(), complaints.my_departments(), complaints.may_add(uuid), complaints.case_of_submission(uuid),
  complaints.reveal(uuid, text, timestamptz), complaints.search(text, timestamptz, uuid, int, text, text, text), complaints.near(uuid, int, int) to jingmin_app;
