-- Accountability (R123–R129, R41): a finding "responsible", the two deductions that follow from it, what they bring about
-- for the officer's honours, the notice slip, nominations, and the month that closes. Nothing here is typed in or removed.
alter type standing.fact_kind add value 'officer_deduction';

create type standing.severity as enum ('minor', 'medium', 'serious');
create type standing.posting_level as enum ('unit', 'officer');
create type standing.task_status as enum ('open', 'decided', 'cancelled');
create type standing.restriction_source as enum ('deductions', 'evaluation');
create type standing.restriction_status as enum ('proposed', 'confirmed', 'withdrawn');
create type standing.slip_status as enum ('draft', 'signed', 'refused', 'served', 'closed', 'withdrawn');
create type standing.slip_step_kind as enum (
  'drafted', 'edited', 'signed', 'received', 'refused', 'witnessed', 'remark', 'plan', 'talk', 'changed', 'overdue', 'talk_overdue', 'withdrawn'
);
create type standing.award_scope as enum ('merit', 'decoration');
create type standing.nomination_status as enum ('nominated', 'granted', 'withdrawn');

-- Findings ---------------------------------------------------------------------------------------------
create table standing.responsibility (
  finding_id uuid primary key,
  case_id uuid not null,
  case_no text not null check (length(case_no) between 1 and 60),
  fact_line text not null check (length(fact_line) between 1 and 500),
  clause text not null check (length(clause) between 1 and 500),
  severity standing.severity not null,
  unit_id uuid not null references directory.unit,
  person_id uuid references directory.person,
  counts_for_person boolean not null,
  unit_only_reason text check (length(unit_only_reason) between 1 and 500),
  effective_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid references directory.person,
  replaces uuid unique references standing.responsibility,
  ended_at timestamptz,
  ended_on date,
  ended_by uuid references directory.person,
  end_reason text check (length(end_reason) between 1 and 500),
  check (person_id is not null or not counts_for_person),
  check (counts_for_person = (unit_only_reason is null)),
  check ((ended_at is null) = (ended_on is null) and (ended_at is null) = (end_reason is null) and (ended_at is not null or ended_by is null)),
  check (person_id is null or (recorded_by is distinct from person_id and ended_by is distinct from person_id))
);
comment on table standing.responsibility is 'A finding "responsible" as it reached the ledger (R124). It stays when it is annulled; then it has an end and a reason.';
comment on column standing.responsibility.fact_line is 'The fact in one line, without the complainant: what ledger and notice slip quote.';
comment on column standing.responsibility.counts_for_person is 'False where no individual can be named (A21) and for auxiliaries (A30): then the unit answers alone.';
comment on column standing.responsibility.replaces is 'The finding that an appeal amended into this one.';
create index responsibility_person on standing.responsibility (person_id, effective_on);
create index responsibility_unit on standing.responsibility (unit_id, effective_on);
create index responsibility_case on standing.responsibility (case_id);

create function standing.keep_responsibility() returns trigger
language plpgsql security definer set search_path = pg_catalog, standing, directory as $$
begin
  if tg_op = 'INSERT' then
    if new.ended_at is not null then raise exception 'a finding begins alive' using errcode = 'restrict_violation'; end if;
    if new.counts_for_person and exists (select from directory.person p where p.id = new.person_id and p.kind = 'auxiliary') then
      raise exception 'the unit answers for an auxiliary' using errcode = 'restrict_violation';
    end if;
    if new.replaces is not null and not exists (select from responsibility r where r.finding_id = new.replaces and r.ended_at is not null) then
      raise exception 'an amended finding replaces one that has ended' using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  if old.ended_at is not null or new.ended_at is null
     or to_jsonb(new) - '{ended_at,ended_on,ended_by,end_reason}'::text[] <> to_jsonb(old) - '{ended_at,ended_on,ended_by,end_reason}'::text[] then
    raise exception 'a finding in the ledger does not change; it ends, once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_responsibility before insert or update on standing.responsibility
  for each row execute function standing.keep_responsibility();

-- The second step: the unit's head deducts from the officer (R126) --------------------------------------------
create table standing.deduction_task (
  id uuid primary key,
  finding_id uuid not null unique references standing.responsibility,
  unit_id uuid not null references directory.unit,
  person_id uuid not null references directory.person,
  created_at timestamptz not null,
  start_on date not null,
  due_on date not null,
  due_provisional boolean not null default false,
  due_basis text not null,
  min_points int not null check (min_points > 0),
  max_points int not null,
  band_from date not null,
  keeps_effective_on date,
  carried_from uuid references standing.deduction_task,
  status standing.task_status not null default 'open',
  points int,
  reason text check (length(reason) between 1 and 500),
  decided_by uuid references directory.person,
  decided_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text check (length(cancel_reason) between 1 and 500),
  overdue_at timestamptz,
  version int not null default 1,
  check (max_points >= min_points),
  check (due_on >= start_on),
  check (points >= min_points and points <= max_points),
  check ((status = 'decided') = (decided_at is not null)),
  check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (points is null) and (decided_at is null) = (reason is null)),
  check ((status = 'cancelled') = (cancelled_at is not null) and (cancelled_at is null) = (cancel_reason is null)),
  check (decided_by is null or decided_by <> person_id)
);
comment on table standing.deduction_task is 'The head of the unit deducts from the officer inside the band, never nothing, within five working days (R126).';
comment on column standing.deduction_task.keeps_effective_on is 'After an appeal amended the finding about the same officer: the day of the first deduction, so that the year does not move (A13).';
comment on column standing.deduction_task.carried_from is 'The decision of this task was taken over where only words of the finding were amended.';
create index task_open on standing.deduction_task (due_on, id) where status = 'open';
create index task_unit on standing.deduction_task (unit_id, created_at desc);
create index task_person on standing.deduction_task (person_id, created_at desc);

-- Who decides: the heads nearest above the unit; a leader where there is none or where the head is the officer himself.
create function standing.deciders(unit uuid, officer uuid, today date) returns uuid[]
language sql stable security definer set search_path = pg_catalog, directory as $$
  with chain as (select directory.unit_chain(unit) as units),
  duties as (
    select d.person_id, d.role, cardinality(directory.unit_chain(d.unit_id)) as depth
      from directory.duty d join directory.person p on p.id = d.person_id and p.active cross join chain
     where d.role in ('unit_head', 'bureau_leader') and d.valid @> today and d.unit_id = any (chain.units)
  ),
  heads as (
    select person_id from duties where role = 'unit_head' and depth = (select max(depth) from duties where role = 'unit_head')
  )
  select case when exists (select from heads) and officer not in (select person_id from heads)
    then array(select person_id from heads)
    else array(select distinct person_id from duties where role = 'bureau_leader' and person_id <> officer) end
$$;
comment on function standing.deciders is 'Nobody decides his own deduction (domain 6.4).';

create function standing.keep_task() returns trigger
language plpgsql security definer set search_path = pg_catalog, standing, directory as $$
declare
  changes text[] := '{status,points,reason,decided_by,decided_at,cancelled_at,cancel_reason,overdue_at,version,due_on,due_provisional,due_basis}';
begin
  if tg_op = 'INSERT' then
    if not exists (select from responsibility r where r.finding_id = new.finding_id and r.ended_at is null and r.counts_for_person
                     and r.person_id = new.person_id and r.unit_id = new.unit_id) then
      raise exception 'a deduction rests on a finding about this officer' using errcode = 'restrict_violation';
    end if;
    if new.status = 'decided' and not exists (
      select from deduction_task t join responsibility r on r.finding_id = new.finding_id and r.replaces = t.finding_id
       where t.id = new.carried_from and t.status = 'decided' and t.person_id = new.person_id
         and (t.points, t.reason, t.decided_by, t.decided_at) = (new.points, new.reason, new.decided_by, new.decided_at)
    ) or new.status = 'cancelled' then
      raise exception 'a task begins open' using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  if to_jsonb(new) - changes <> to_jsonb(old) - changes then
    raise exception 'what a task is about does not change' using errcode = 'restrict_violation';
  end if;
  if old.status <> 'open' and to_jsonb(new) <> to_jsonb(old) then
    raise exception 'a decided task stays as it was decided' using errcode = 'restrict_violation';
  end if;
  if new.status = 'decided' and not new.decided_by = any (standing.deciders(new.unit_id, new.person_id, (new.decided_at at time zone 'Asia/Shanghai')::date)) then
    raise exception 'the head of the unit decides, or a leader in his stead, and nobody his own' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_task before insert or update on standing.deduction_task for each row execute function standing.keep_task();

-- Months --------------------------------------------------------------------------------------------------
create table standing.closed_month (
  period date primary key check (extract(day from period) = 1),
  closed_at timestamptz not null,
  closed_by uuid references directory.person,
  postings int not null check (postings >= 0),
  digest text not null check (digest ~ '^[0-9a-f]{64}$')
);
comment on table standing.closed_month is 'A month of the points ledger that takes no more postings. digest: SHA-256 of its canonical JSON (b-14).';
create trigger append_only before update or delete on standing.closed_month for each row execute function platform.append_only();
create trigger no_truncate before truncate on standing.closed_month for each statement execute function platform.append_only();

-- Postings ------------------------------------------------------------------------------------------------
create table standing.posting (
  id uuid primary key,
  seq bigint generated always as identity unique,
  level standing.posting_level not null,
  finding_id uuid not null references standing.responsibility,
  case_id uuid not null,
  unit_id uuid not null references directory.unit,
  person_id uuid references directory.person,
  points int not null check (points > 0),
  effective_on date not null,
  period date not null check (extract(day from period) = 1),
  late_for date check (late_for < period),
  basis text not null,
  rule_from date not null,
  recorded_at timestamptz not null,
  recorded_by uuid references directory.person,
  reverses uuid unique references standing.posting,
  reason text check (length(reason) between 1 and 500),
  check ((level = 'officer') = (person_id is not null)),
  check ((reverses is null) = (reason is null)),
  check (reverses is distinct from id),
  check (person_id is null or recorded_by is distinct from person_id)
);
comment on table standing.posting is 'Points deducted from a unit or an officer. Append-only; taken back by one posting that reverses it (b-14).';
comment on column standing.posting.period is 'The month in whose ledger it stands: that of effective_on, or the first one after it that was still open.';
comment on column standing.posting.late_for is 'The month it belongs to by its day, where that one was closed already.';
comment on column standing.posting.rule_from is 'First day of the version of the points table that was applied (R133).';
-- The worst error of all is a deduction twice: of one finding there is one posting a level, whoever asks and however often.
create unique index posting_once on standing.posting (finding_id, level) where reverses is null;
create index posting_person on standing.posting (person_id, effective_on) where person_id is not null;
create index posting_unit on standing.posting (unit_id, effective_on);
create index posting_period on standing.posting (period, seq);
create trigger append_only before update or delete on standing.posting for each row execute function platform.append_only();
create trigger no_truncate before truncate on standing.posting for each statement execute function platform.append_only();

create function standing.lock_year(person uuid, year int) returns void
language sql volatile set search_path = pg_catalog as
$$ select pg_advisory_xact_lock(hashtextextended('standing.year ' || person || ' ' || year, 0)) $$;

create function standing.lock_month(period date, exclusively boolean) returns void
language plpgsql volatile set search_path = pg_catalog as $$
declare month int := extract(year from period)::int * 12 + extract(month from period)::int;
begin
  if exclusively then perform pg_advisory_xact_lock(4711, month); else perform pg_advisory_xact_lock_shared(4711, month); end if;
end $$;

create function standing.guard_posting() returns trigger
language plpgsql security definer set search_path = pg_catalog, standing as $$
declare
  finding responsibility;
  original posting;
  month date := date_trunc('month', new.effective_on)::date;
begin
  -- Everything about one finding, and every change of one officer's year, happens one after the other.
  select * into finding from responsibility where finding_id = new.finding_id for update;
  if new.reverses is null then
    if finding.ended_at is not null then raise exception 'this finding no longer stands' using errcode = 'restrict_violation'; end if;
    if (new.case_id, new.unit_id) is distinct from (finding.case_id, finding.unit_id) then
      raise exception 'a deduction is about the case and unit of its finding' using errcode = 'restrict_violation';
    end if;
    if new.level = 'officer' then
      if not finding.counts_for_person or new.person_id <> finding.person_id then
        raise exception 'a deduction is about the officer of its finding' using errcode = 'restrict_violation';
      end if;
      if not exists (select from posting u where u.finding_id = new.finding_id and u.level = 'unit' and u.reverses is null
                       and not exists (select from posting b where b.reverses = u.id)) then
        raise exception 'an officer''s deduction has a unit''s deduction of the same finding' using errcode = 'restrict_violation';
      end if;
      if not exists (select from deduction_task t where t.finding_id = new.finding_id and t.status = 'decided' and t.points = new.points) then
        raise exception 'the head of the unit decides before it is posted' using errcode = 'restrict_violation';
      end if;
    end if;
  else
    select * into original from posting where id = new.reverses;
    if original.reverses is not null
       or (new.level, new.finding_id, new.case_id, new.unit_id, new.person_id, new.points)
          is distinct from (original.level, original.finding_id, original.case_id, original.unit_id, original.person_id, original.points) then
      raise exception 'a reversal takes back one posting as it stands' using errcode = 'restrict_violation';
    end if;
    if finding.ended_at is null then
      raise exception 'a deduction is reversed when its finding has ended' using errcode = 'restrict_violation';
    end if;
    if new.level = 'unit' and exists (select from posting o where o.finding_id = new.finding_id and o.level = 'officer' and o.reverses is null
                                        and not exists (select from posting b where b.reverses = o.id)) then
      raise exception 'an officer''s deduction has a unit''s deduction of the same finding' using errcode = 'restrict_violation';
    end if;
  end if;
  if new.person_id is not null then
    perform standing.lock_year(new.person_id, extract(year from coalesce(original.effective_on, new.effective_on))::int);
  end if;

  if new.period < month then raise exception 'a posting does not stand before its day' using errcode = 'restrict_violation'; end if;
  if new.period is null then
    new.period := month;
    loop
      perform standing.lock_month(new.period, false);
      exit when not exists (select from closed_month c where c.period = new.period);
      new.period := (new.period + interval '1 month')::date;
    end loop;
  else
    perform standing.lock_month(new.period, false);
    if exists (select from closed_month c where c.period = new.period) then
      raise exception 'the month % is closed', to_char(new.period, 'YYYY-MM') using errcode = 'restrict_violation';
    end if;
  end if;
  new.late_for := case when new.period <> month then month end;
  return new;
end $$;
create trigger guard_posting before insert on standing.posting for each row execute function standing.guard_posting();

-- What is posted stands in the ledger of facts, without a second writer that could forget it.
create function standing.enter_posting() returns trigger
language plpgsql security definer set search_path = pg_catalog, standing as $$
begin
  insert into entry (kind, person_id, unit_id, source_kind, source_id, occurred_on, recorded_at, basis, detail, reverses, reason)
  select (case new.level when 'unit' then 'complaint_responsible' else 'officer_deduction' end)::fact_kind, new.person_id, new.unit_id, 'posting',
    coalesce(new.reverses, new.id), new.effective_on, new.recorded_at, new.basis,
    jsonb_build_object('caseNo', r.case_no, 'points', new.points, 'findingId', new.finding_id),
    (select e.id from entry e where e.source_kind = 'posting' and e.source_id = new.reverses and e.reverses is null), new.reason
  from responsibility r where r.finding_id = new.finding_id;
  return null;
end $$;
create trigger enter_posting after insert on standing.posting for each row execute function standing.enter_posting();

create function standing.deducted_cases(person uuid, in_year int) returns int
language sql stable security definer set search_path = pg_catalog, standing as $$
  select count(distinct p.case_id)::int from posting p
   where p.person_id = person and p.reverses is null and extract(year from p.effective_on) = in_year
     and not exists (select from posting b where b.reverses = p.id)
$$;
comment on function standing.deducted_cases is 'The number that R127 and R128 count: distinct live cases with an officer deduction, by calendar year of its effective date (A12, A13).';

-- Restrictions (R41, R127): two flags, never one scale (A15) -------------------------------------------------------
create table standing.restriction (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references directory.person,
  unit_id uuid not null references directory.unit,
  year int not null check (year >= 2013 and year < 2200),
  merit boolean not null,
  decoration boolean not null,
  source_kind standing.restriction_source not null,
  source_id uuid,
  basis text not null,
  fact_line text not null default '' check (length(fact_line) <= 500),
  rule_on date not null,
  status standing.restriction_status not null default 'proposed',
  proposed_at timestamptz not null,
  confirmed_by uuid references directory.person,
  confirmed_at timestamptz,
  confirm_note text check (length(confirm_note) <= 500),
  withdrawn_at timestamptz,
  withdraw_reason text check (length(withdraw_reason) between 1 and 500),
  version int not null default 1,
  check (merit and (decoration = (source_kind = 'deductions'))),
  check ((source_kind = 'evaluation') = (source_id is not null)),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check (status <> 'confirmed' or confirmed_at is not null),
  check (status <> 'proposed' or confirmed_at is null),
  check ((status = 'withdrawn') = (withdrawn_at is not null) and (withdrawn_at is null) = (withdraw_reason is null)),
  check (confirmed_by is null or confirmed_by <> person_id)
);
comment on table standing.restriction is 'Derived from facts, stored with cause and evidence, confirmed by a named person (PIPL 24); it blocks from the moment it is derived.';
comment on column standing.restriction.rule_on is 'The day whose version of the rule was applied: that of the fact that made it due (R133).';
comment on column standing.restriction.unit_id is 'The officer''s own unit when it was derived: whose head sees it.';
create unique index restriction_live on standing.restriction (person_id, year, source_kind, coalesce(source_id, person_id)) where status <> 'withdrawn';
create index restriction_person on standing.restriction (person_id, year);
create index restriction_proposed on standing.restriction (proposed_at, id) where status = 'proposed';

create table standing.restriction_evidence (
  restriction_id uuid not null references standing.restriction,
  posting_id uuid not null references standing.posting,
  primary key (restriction_id, posting_id)
);
create index evidence_posting on standing.restriction_evidence (posting_id);
create trigger append_only before update or delete on standing.restriction_evidence for each row execute function platform.append_only();

create function standing.keep_restriction() returns trigger
language plpgsql security definer set search_path = pg_catalog, standing as $$
declare changes text[] := '{status,confirmed_by,confirmed_at,confirm_note,withdrawn_at,withdraw_reason,version}';
begin
  if tg_op = 'DELETE' then raise exception 'a restriction is withdrawn, not deleted' using errcode = 'restrict_violation'; end if;
  if to_jsonb(new) - changes <> to_jsonb(old) - changes or old.status = 'withdrawn' or (old.status = 'confirmed' and new.status <> 'withdrawn')
     or (old.confirmed_at is not null and (new.confirmed_by, new.confirmed_at) is distinct from (old.confirmed_by, old.confirmed_at)) then
    raise exception 'what was derived does not change; it is confirmed and withdrawn, once' using errcode = 'restrict_violation';
  end if;
  if new.status = 'confirmed' and exists (
    select from posting p join responsibility r on r.finding_id = p.finding_id left join deduction_task t on t.finding_id = p.finding_id
     where p.person_id = new.person_id and p.reverses is null and extract(year from p.effective_on) = new.year
       and new.confirmed_by in (r.recorded_by, p.recorded_by, t.decided_by)
  ) then
    raise exception 'who decided what a restriction rests on does not confirm it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_restriction before update or delete on standing.restriction for each row execute function standing.keep_restriction();

-- Notice slips (R128) ------------------------------------------------------------------------------------------------
create table standing.slip (
  id uuid primary key,
  no text unique,
  person_id uuid not null references directory.person,
  unit_id uuid not null references directory.unit,
  year int not null,
  nth int not null check (nth >= 3),
  text text not null check (length(text) between 1 and 4000),
  lines jsonb not null,
  status standing.slip_status not null default 'draft',
  drafted_at timestamptz not null,
  serve_due_on date not null,
  serve_due_provisional boolean not null default false,
  serve_overdue_at timestamptz,
  signed_by uuid references directory.person,
  signed_at timestamptz,
  refused_at timestamptz,
  refused_before uuid references directory.person,
  refused_note text check (length(refused_note) between 1 and 500),
  served_at timestamptz,
  witness uuid references directory.person,
  remark text check (length(remark) <= 2000),
  plan text check (length(plan) <= 2000),
  talk_due_on date,
  talk_overdue_at timestamptz,
  talk_at timestamptz,
  talk_by uuid references directory.person,
  talk_result text check (length(talk_result) between 1 and 2000),
  withdrawn_at timestamptz,
  withdraw_reason text check (length(withdraw_reason) between 1 and 500),
  version int not null default 1,
  check ((signed_at is null) = (signed_by is null) and (signed_at is null) = (no is null)),
  check (status in ('draft', 'withdrawn') or signed_at is not null),
  check ((refused_at is null) = (refused_before is null) and (refused_at is null) = (refused_note is null)),
  check ((served_at is null) = (talk_due_on is null)),
  check (status not in ('served', 'closed') or served_at is not null),
  check ((talk_at is null) = (talk_by is null) and (talk_at is null) = (talk_result is null)),
  check (status <> 'closed' or talk_at is not null),
  check ((status = 'withdrawn') = (withdrawn_at is not null) and (withdrawn_at is null) = (withdraw_reason is null)),
  check (witness is null or witness <> refused_before),
  check (signed_by is null or signed_by <> person_id),
  check (refused_before is null or refused_before <> person_id),
  check (witness is null or witness <> person_id),
  check (talk_by is null or talk_by <> person_id)
);
comment on table standing.slip is '《提示单》: a reminder, no penalty (R128, A14). Drafted by the third deduction of the year and by each one after it.';
comment on column standing.slip.lines is 'The deductions it names, as they stood when it was drafted: day, case, fact, clause, points of unit and officer.';
comment on column standing.slip.no is 'Given when a leader signs, so that withdrawn drafts leave no gap.';
comment on column standing.slip.witness is 'The second person who saw that the officer would not sign.';
create unique index slip_live on standing.slip (person_id, year, nth) where status <> 'withdrawn';
create index slip_open on standing.slip (serve_due_on, id) where status in ('draft', 'signed', 'refused');
create index slip_talk on standing.slip (talk_due_on, id) where status = 'served';
create index slip_unit on standing.slip (unit_id, drafted_at desc);

create table standing.slip_step (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  slip_id uuid not null references standing.slip,
  kind standing.slip_step_kind not null,
  at timestamptz not null,
  person_id uuid references directory.person,
  text text not null default ''
);
create index slip_step_slip on standing.slip_step (slip_id, seq);
create trigger append_only before update or delete on standing.slip_step for each row execute function platform.append_only();

create function standing.keep_slip() returns trigger
language plpgsql security definer set search_path = pg_catalog, standing as $$
begin
  if tg_op = 'DELETE' then raise exception 'a slip is withdrawn, not deleted' using errcode = 'restrict_violation'; end if;
  -- The same table as policy/standing/slip-lifecycle.ts.
  if new.status <> old.status and not (old.status || '>' || new.status) = any (
       '{draft>signed,signed>served,signed>refused,refused>served,served>closed,draft>withdrawn,signed>withdrawn,refused>withdrawn,served>withdrawn,closed>withdrawn}'::text[])
     or (old.status = 'withdrawn' and to_jsonb(new) <> to_jsonb(old)) then
    raise exception 'a slip does not go from % to %', old.status, new.status using errcode = 'restrict_violation';
  end if;
  if (new.id, new.person_id, new.unit_id, new.year, new.nth, new.drafted_at) is distinct from (old.id, old.person_id, old.unit_id, old.year, old.nth, old.drafted_at)
     or (old.status <> 'draft' and (new.text, new.lines, new.no, new.signed_by, new.signed_at) is distinct from (old.text, old.lines, old.no, old.signed_by, old.signed_at)) then
    raise exception 'a signed slip does not change' using errcode = 'restrict_violation';
  end if;
  if old.served_at is not null and (new.served_at, new.witness) is distinct from (old.served_at, old.witness) then
    raise exception 'a slip is served once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_slip before update or delete on standing.slip for each row execute function standing.keep_slip();

create table standing.information (
  id uuid primary key default gen_random_uuid(),
  slip_id uuid not null unique references standing.slip,
  recorded_at timestamptz not null,
  seen_by uuid references directory.person,
  seen_at timestamptz,
  check ((seen_by is null) = (seen_at is null))
);
comment on table standing.information is 'The fourth deduction of a year and each after it: discipline inspection is informed, no penalty is invented (A14).';

-- Nominations (domain 6.3): eligibility is asked twice and what was seen is kept -------------------------------------------
create table standing.nomination (
  id uuid primary key,
  person_id uuid not null references directory.person,
  award_kind text not null check (award_kind ~ '^[a-z_]{2,40}$'),
  scope standing.award_scope not null,
  year int not null,
  reason text not null check (length(reason) between 1 and 1000),
  status standing.nomination_status not null default 'nominated',
  nominated_by uuid not null references directory.person,
  nominated_at timestamptz not null,
  nominated_seen jsonb not null,
  granted_by uuid references directory.person,
  granted_at timestamptz,
  granted_seen jsonb,
  withdrawn_by uuid references directory.person,
  withdrawn_at timestamptz,
  withdraw_reason text check (length(withdraw_reason) between 1 and 500),
  version int not null default 1,
  check ((status = 'granted') = (granted_at is not null) and (granted_at is null) = (granted_by is null) and (granted_at is null) = (granted_seen is null)),
  check ((status = 'withdrawn') = (withdrawn_at is not null) and (withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdraw_reason is null)),
  check (nominated_by <> person_id),
  check (granted_by is null or (granted_by <> person_id and granted_by <> nominated_by))
);
create unique index nomination_live on standing.nomination (person_id, award_kind, year) where status <> 'withdrawn';
create index nomination_year on standing.nomination (year, nominated_at desc);

create function standing.guard_nomination() returns trigger
language plpgsql security definer set search_path = pg_catalog, standing as $$
declare changes text[] := '{status,granted_by,granted_at,granted_seen,withdrawn_by,withdrawn_at,withdraw_reason,version}';
begin
  if tg_op = 'DELETE' then raise exception 'a nomination is withdrawn, not deleted' using errcode = 'restrict_violation'; end if;
  if tg_op = 'INSERT' and new.status <> 'nominated' then raise exception 'nobody is granted what he was not nominated for' using errcode = 'restrict_violation'; end if;
  if tg_op = 'UPDATE' and (old.status <> 'nominated' or to_jsonb(new) - changes <> to_jsonb(old) - changes) then
    raise exception 'what was nominated does not change' using errcode = 'restrict_violation';
  end if;
  if new.status = 'withdrawn' then return new; end if;
  perform standing.lock_year(new.person_id, new.year);
  if exists (select from restriction r where r.person_id = new.person_id and r.year = new.year and r.status <> 'withdrawn'
               and (case new.scope when 'merit' then r.merit else r.decoration end)) then
    raise exception 'a restriction stands against it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger guard_nomination before insert or update or delete on standing.nomination for each row execute function standing.guard_nomination();

-- The only ways to derive: against facts, never by a typed value. The numbers two and three are the article's (R127, R128);
-- policy/standing has the same ones with their source, and a test compares them.
create function standing.propose_restriction(person uuid, in_year int, rule_on date, basis text, evidence uuid[], at timestamptz) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, standing, directory, platform as $$
declare made uuid;
begin
  if platform.actor_claims() is null then raise exception 'nobody acts' using errcode = 'insufficient_privilege'; end if;
  perform standing.lock_year(person, in_year);
  if (select count(distinct p.case_id) from posting p where p.id = any (evidence) and p.person_id = person and p.reverses is null
        and extract(year from p.effective_on) = in_year and not exists (select from posting b where b.reverses = p.id)) < 2
     or standing.deducted_cases(person, in_year) < 2 then
    raise exception 'a restriction rests on two deductions of the year' using errcode = 'restrict_violation';
  end if;
  insert into restriction (person_id, unit_id, year, merit, decoration, source_kind, basis, rule_on, proposed_at)
  select p.id, p.unit_id, in_year, true, true, 'deductions', propose_restriction.basis, propose_restriction.rule_on, propose_restriction.at
    from directory.person p where p.id = person
  on conflict do nothing returning id into made;
  if made is not null then
    insert into restriction_evidence select made, e from unnest(evidence) as e;
  end if;
  return made;
end $$;

create function standing.propose_merit_restriction(person uuid, in_year int, rule_on date, basis text, source uuid, fact text, at timestamptz) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, standing, directory, platform as $$
declare made uuid;
begin
  -- A finalised result is brought by the system; no person can bring one.
  if not platform.actor_is_system() then raise exception 'a result is brought by the system' using errcode = 'insufficient_privilege'; end if;
  perform standing.lock_year(person, in_year);
  insert into restriction (person_id, unit_id, year, merit, decoration, source_kind, source_id, basis, fact_line, rule_on, proposed_at)
  select p.id, p.unit_id, in_year, true, false, 'evaluation', source, propose_merit_restriction.basis, fact, propose_merit_restriction.rule_on, propose_merit_restriction.at
    from directory.person p where p.id = person
  on conflict do nothing returning id into made;
  return made;
end $$;

create function standing.withdraw_restriction(person uuid, in_year int, source uuid, why text, at timestamptz) returns int
language plpgsql volatile security definer set search_path = pg_catalog, standing, platform as $$
declare done int;
begin
  perform standing.lock_year(person, in_year);
  if source is null and standing.deducted_cases(person, in_year) >= 2 then
    raise exception 'the deductions of the year still bear it' using errcode = 'restrict_violation';
  end if;
  if source is not null and not platform.actor_is_system() then
    raise exception 'a result is taken back by the system' using errcode = 'insufficient_privilege';
  end if;
  update restriction r set status = 'withdrawn', withdrawn_at = withdraw_restriction.at, withdraw_reason = why, version = version + 1
   where r.person_id = person and r.year = in_year and r.status <> 'withdrawn' and r.source_id is not distinct from source;
  get diagnostics done = row_count;
  return done;
end $$;

create function standing.draft_slip(slip uuid, person uuid, in_year int, which int, words text, of_cases jsonb, due date, provisional boolean, at timestamptz) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, standing, directory, platform as $$
declare made uuid;
begin
  if platform.actor_claims() is null then raise exception 'nobody acts' using errcode = 'insufficient_privilege'; end if;
  perform standing.lock_year(person, in_year);
  if which < 3 or standing.deducted_cases(person, in_year) < which then
    raise exception 'a slip rests on the deductions of the year' using errcode = 'restrict_violation';
  end if;
  insert into slip (id, person_id, unit_id, year, nth, text, lines, drafted_at, serve_due_on, serve_due_provisional)
  select draft_slip.slip, p.id, p.unit_id, in_year, which, words, of_cases, draft_slip.at, due, provisional from directory.person p where p.id = person
  on conflict do nothing returning id into made;
  if made is null then return null; end if;
  insert into slip_step (slip_id, kind, at) values (made, 'drafted', draft_slip.at);
  if which > 3 then insert into information (slip_id, recorded_at) values (made, draft_slip.at); end if;
  return made;
end $$;

create function standing.names_reversed(lines jsonb) returns boolean
language sql stable security definer set search_path = pg_catalog, standing as $$
  select exists (select from jsonb_array_elements(lines) as line join posting b on b.reverses = (line->>'postingId')::uuid)
$$;

create function standing.withdraw_slips(person uuid, in_year int, why text, at timestamptz) returns int
language plpgsql volatile security definer set search_path = pg_catalog, standing, platform as $$
declare
  left_over int;
  gone uuid[];
begin
  perform standing.lock_year(person, in_year);
  left_over := standing.deducted_cases(person, in_year);
  with changed as (
    update slip s set status = 'withdrawn', withdrawn_at = withdraw_slips.at, withdraw_reason = why, version = version + 1
     where s.person_id = person and s.year = in_year and s.status <> 'withdrawn'
       and (s.nth > left_over or (s.status = 'draft' and standing.names_reversed(s.lines))) returning s.id
  ) select array_agg(id) into gone from changed;
  insert into slip_step (slip_id, kind, at, text) select id, 'withdrawn', withdraw_slips.at, why from unnest(gone) as id;
  -- A signed slip that is still due but names a case that was annulled says so in its history; a draft is drafted anew.
  insert into slip_step (slip_id, kind, at, text)
  select s.id, 'changed', withdraw_slips.at, why from slip s
   where s.person_id = person and s.year = in_year and s.status <> 'withdrawn' and standing.names_reversed(s.lines)
     and not exists (select from slip_step t where t.slip_id = s.id and t.kind = 'changed' and t.at = withdraw_slips.at);
  return coalesce(cardinality(gone), 0);
end $$;

-- At the end of each transaction: two bring a restriction, three a slip, and neither stays when they are no longer due.
create function standing.consequences_hold() returns trigger
language plpgsql security definer set search_path = pg_catalog, standing as $$
declare
  of_year int := extract(year from coalesce((select o.effective_on from posting o where o.id = new.reverses), new.effective_on));
  n int;
begin
  if new.person_id is null then return null; end if;
  n := standing.deducted_cases(new.person_id, of_year);
  if (n >= 2) <> exists (select from restriction r where r.person_id = new.person_id and r.year = of_year and r.status <> 'withdrawn' and r.source_kind = 'deductions') then
    raise exception 'two deductions in a year and the restriction go together' using errcode = 'restrict_violation';
  end if;
  if (n >= 3 and not exists (select from slip s where s.person_id = new.person_id and s.year = of_year and s.status <> 'withdrawn' and s.nth = n))
     or exists (select from slip s where s.person_id = new.person_id and s.year = of_year and s.status <> 'withdrawn' and s.nth > n) then
    raise exception 'three deductions in a year and the notice slip go together' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create constraint trigger consequences_hold after insert on standing.posting deferrable initially deferred
  for each row execute function standing.consequences_hold();

-- Reading ------------------------------------------------------------------------------------------------------------------
-- Political department, discipline inspection and leaders read the whole bureau's standing.
create function standing.reads_bureau() returns boolean
language sql stable security definer set search_path = pg_catalog, platform as
$$ select coalesce(c->>'k' = 'system' or c->'g'->'standing.read' @> '["*"]', false) from platform.actor_claims() as c $$;

alter table standing.responsibility enable row level security;
alter table standing.deduction_task enable row level security;
alter table standing.posting enable row level security;
alter table standing.restriction enable row level security;
alter table standing.restriction_evidence enable row level security;
alter table standing.slip enable row level security;
alter table standing.slip_step enable row level security;
alter table standing.information enable row level security;
alter table standing.nomination enable row level security;
alter table standing.closed_month enable row level security;

grant select, insert on standing.responsibility, standing.posting, standing.deduction_task, standing.slip_step, standing.nomination, standing.closed_month to jingmin_app;
grant update (ended_at, ended_on, ended_by, end_reason) on standing.responsibility to jingmin_app;
grant update (status, points, reason, decided_by, decided_at, cancelled_at, cancel_reason, overdue_at, version, due_on, due_provisional, due_basis)
  on standing.deduction_task to jingmin_app;
grant select, update (status, confirmed_by, confirmed_at, confirm_note, version) on standing.restriction to jingmin_app;
grant select on standing.restriction_evidence to jingmin_app;
grant select, update (no, text, lines, status, serve_due_on, serve_due_provisional, serve_overdue_at, signed_by, signed_at, refused_at, refused_before,
  refused_note, served_at, witness, remark, plan, talk_due_on, talk_overdue_at, talk_at, talk_by, talk_result, version) on standing.slip to jingmin_app;
grant select, update (seen_by, seen_at) on standing.information to jingmin_app;
grant update (status, granted_by, granted_at, granted_seen, withdrawn_by, withdrawn_at, withdraw_reason, version) on standing.nomination to jingmin_app;

create policy read on standing.responsibility for select using (
  person_id = (select platform.actor_person())
  or unit_id = any ((select platform.actor_units('deduction.decide'))::uuid[]) or (select standing.reads_bureau()));
create policy record on standing.responsibility for insert with check (
  (select platform.actor_has('complaint.approve')) and (recorded_by is not distinct from (select platform.actor_person())));
create policy finish on standing.responsibility for update
  using ((select platform.actor_has('complaint.approve')) and person_id is distinct from (select platform.actor_person()))
  with check (ended_by is not distinct from (select platform.actor_person()));

create policy read on standing.deduction_task for select using (
  person_id = (select platform.actor_person())
  or unit_id = any ((select platform.actor_units('deduction.decide'))::uuid[]) or (select standing.reads_bureau()));
create policy give on standing.deduction_task for insert with check ((select platform.actor_has('complaint.approve')));
create policy decide on standing.deduction_task for update
  using (
    (unit_id = any ((select platform.actor_units('deduction.decide'))::uuid[]) or (select platform.actor_has('complaint.approve')))
    and person_id is distinct from (select platform.actor_person()))
  with check (status <> 'decided' or decided_by = (select platform.actor_person()));

create policy read on standing.posting for select using (
  person_id = (select platform.actor_person())
  or unit_id = any ((select platform.actor_units('deduction.decide'))::uuid[]) or (select standing.reads_bureau()));
create policy post on standing.posting for insert with check (
  recorded_by is not distinct from (select platform.actor_person())
  and ((select platform.actor_has('complaint.approve'))
    or (level = 'officer' and reverses is null and unit_id = any ((select platform.actor_units('deduction.decide'))::uuid[]))));

create policy read on standing.restriction for select using (
  person_id = (select platform.actor_person())
  or unit_id = any ((select platform.actor_units('deduction.decide'))::uuid[]) or (select standing.reads_bureau()));
create policy confirm on standing.restriction for update
  using ((select platform.actor_has('restriction.confirm')) and person_id is distinct from (select platform.actor_person()))
  with check (status = 'confirmed' and confirmed_by = (select platform.actor_person()));
create policy read on standing.restriction_evidence for select using (exists (select from standing.restriction r where r.id = restriction_id));

-- Drafts are the desk's and the leaders'; the officer and his head see a slip from its signature on.
create policy read on standing.slip for select using (
  (select standing.reads_bureau())
  or (signed_at is not null and (person_id = (select platform.actor_person()) or unit_id = any ((select platform.actor_units('deduction.decide'))::uuid[]))));
create policy work on standing.slip for update using (
  (select platform.actor_is_system())
  or (person_id is distinct from (select platform.actor_person())
    and ((select platform.actor_has('slip.keep')) or (select platform.actor_has('slip.sign'))
      or (signed_at is not null and unit_id = any ((select platform.actor_units('deduction.decide'))::uuid[]))))
  or (signed_at is not null and person_id = (select platform.actor_person())));
create policy read on standing.slip_step for select using (exists (select from standing.slip s where s.id = slip_id));
create policy note on standing.slip_step for insert with check (
  exists (select from standing.slip s where s.id = slip_id) and person_id is not distinct from (select platform.actor_person()));

create policy read on standing.information for select using ((select platform.actor_has('accusation.read')));
create policy see on standing.information for update using ((select platform.actor_has('accusation.read')))
  with check (seen_by = (select platform.actor_person()));

create policy read on standing.nomination for select using (
  (select platform.actor_has('nomination.make')) or (select platform.actor_has('eligibility.check')));
create policy nominate on standing.nomination for insert with check (
  (select platform.actor_has('nomination.make')) and nominated_by = (select platform.actor_person()));
create policy decide on standing.nomination for update
  using (((select platform.actor_has('nomination.make')) or (select platform.actor_has('nomination.grant'))) and person_id is distinct from (select platform.actor_person()))
  with check (case status when 'granted' then (select platform.actor_has('nomination.grant')) and granted_by = (select platform.actor_person())
                else withdrawn_by = (select platform.actor_person()) end);

create policy read on standing.closed_month for select using ((select platform.actor_has('month.read')) or (select standing.reads_bureau()));
create policy shut on standing.closed_month for insert with check (
  (select platform.actor_has('month.keep')) and closed_by is not distinct from (select platform.actor_person()));

-- The facts of a deduction are read as the deduction is: a window's chief has no share in them.
drop policy read on standing.entry;
create policy read on standing.entry for select using (
  person_id = (select platform.actor_person())
  or unit_id = any ((select platform.actor_units('deduction.decide'))::uuid[])
  or (kind::text not in ('complaint_responsible', 'officer_deduction', 'deduction_overdue') and unit_id = any ((select platform.actor_units('standing.read'))::uuid[]))
  or (select standing.reads_bureau()));

-- Who has to decide learns what stands in the officer's year, also from units he does not lead; others do not.
create function standing.reads_person(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, standing, directory, platform as $$
  select standing.reads_bureau() or platform.actor_person() = person or platform.actor_has('eligibility.check')
    or exists (select from directory.person p where p.id = person and p.unit_id = any (platform.actor_units('deduction.decide')))
    or exists (select from deduction_task t where t.person_id = person and t.unit_id = any (platform.actor_units('deduction.decide')))
$$;

create function standing.live_deductions(person uuid, in_year int)
returns table (posting_id uuid, finding_id uuid, case_id uuid, case_no text, fact_line text, clause text, effective_on date,
               officer_points int, unit_points int, unit_id uuid, recorded_at timestamptz, seq bigint)
language sql stable security definer set search_path = pg_catalog, standing as $$
  select p.id, p.finding_id, p.case_id, r.case_no, r.fact_line, r.clause, p.effective_on, p.points,
    (select u.points from posting u where u.finding_id = p.finding_id and u.level = 'unit' and u.reverses is null), p.unit_id, p.recorded_at, p.seq
  from posting p join responsibility r on r.finding_id = p.finding_id
  where p.person_id = person and p.reverses is null and extract(year from p.effective_on) = in_year
    and not exists (select from posting b where b.reverses = p.id) and standing.reads_person(person)
  order by p.effective_on, p.seq
$$;

-- All that ever stood about some people, with the moments from which to which it stood: eligibility is computed from this and
-- from nothing else. Case and fact only where the reader sees the finding itself.
create function standing.facts_of(people uuid[])
returns table (person_id uuid, deductions jsonb, restrictions jsonb)
language sql stable security definer set search_path = pg_catalog, standing, platform as $$
  -- Who asks is read once, not once a person: ten thousand are asked about at a time.
  with me as materialized (
    select standing.reads_bureau() as bureau, platform.actor_has('eligibility.check') as checks, platform.actor_person() as person,
      platform.actor_units('deduction.decide') as units
  )
  select w.id,
    coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'findingId', p.finding_id, 'caseId', p.case_id, 'effectiveOn', p.effective_on, 'points', p.points,
        'recordedAt', p.recorded_at, 'reversedAt', b.recorded_at, 'seq', p.seq, 'findingFrom', r.recorded_at, 'findingUntil', r.ended_at)
        || case when me.bureau or p.person_id = me.person or p.unit_id = any (me.units)
             then jsonb_build_object('caseNo', r.case_no, 'factLine', r.fact_line, 'clause', r.clause) else '{}' end order by p.effective_on, p.seq)
      from posting p join responsibility r on r.finding_id = p.finding_id left join posting b on b.reverses = p.id
      where p.person_id = w.id and p.reverses is null), '[]'),
    coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'year', r.year, 'merit', r.merit, 'decoration', r.decoration, 'sourceKind', r.source_kind,
        'sourceId', r.source_id, 'basis', r.basis, 'factLine', r.fact_line, 'ruleOn', r.rule_on, 'from', r.proposed_at, 'until', r.withdrawn_at, 'confirmedAt', r.confirmed_at,
        'evidence', (select coalesce(jsonb_agg(e.posting_id), '[]') from restriction_evidence e where e.restriction_id = r.id)) order by r.proposed_at, r.id)
      from restriction r where r.person_id = w.id), '[]')
  from unnest(people) as w(id) cross join me
  where case when me.bureau or me.checks then true else standing.reads_person(w.id) end
$$;

-- A month's postings for whoever keeps the month's report; names are not in them, so that the bytes never change.
create function standing.postings_of_month(month date) returns setof jsonb
language sql stable security definer set search_path = pg_catalog, standing, platform as $$
  select jsonb_build_object('seq', p.seq, 'id', p.id, 'level', p.level, 'findingId', p.finding_id, 'caseId', p.case_id, 'caseNo', r.case_no, 'clause', r.clause,
    'unitId', p.unit_id, 'personId', p.person_id, 'points', p.points, 'effectiveOn', p.effective_on, 'lateFor', p.late_for, 'basis', p.basis, 'ruleFrom', p.rule_from,
    'recordedAt', to_char(p.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'reverses', p.reverses, 'reason', p.reason)
  from posting p join responsibility r on r.finding_id = p.finding_id
  where p.period = month and (standing.reads_bureau() or platform.actor_has('month.keep'))
  order by p.seq
$$;

revoke execute on function standing.deciders(uuid, uuid, date), standing.lock_year(uuid, int), standing.lock_month(date, boolean),
  standing.deducted_cases(uuid, int), standing.propose_restriction(uuid, int, date, text, uuid[], timestamptz),
  standing.propose_merit_restriction(uuid, int, date, text, uuid, text, timestamptz), standing.withdraw_restriction(uuid, int, uuid, text, timestamptz),
  standing.draft_slip(uuid, uuid, int, int, text, jsonb, date, boolean, timestamptz), standing.withdraw_slips(uuid, int, text, timestamptz),
  standing.reads_bureau(), standing.reads_person(uuid), standing.live_deductions(uuid, int), standing.facts_of(uuid[]), standing.postings_of_month(date),
  standing.names_reversed(jsonb), standing.guard_posting(), standing.enter_posting(), standing.consequences_hold(), standing.keep_responsibility(), standing.keep_task(),
  standing.keep_restriction(), standing.keep_slip(), standing.guard_nomination() from public;
grant execute on function standing.deciders(uuid, uuid, date), standing.lock_month(date, boolean),
  standing.propose_restriction(uuid, int, date, text, uuid[], timestamptz),
  standing.propose_merit_restriction(uuid, int, date, text, uuid, text, timestamptz), standing.withdraw_restriction(uuid, int, uuid, text, timestamptz),
  standing.draft_slip(uuid, uuid, int, int, text, jsonb, date, boolean, timestamptz), standing.withdraw_slips(uuid, int, text, timestamptz),
  standing.reads_bureau(), standing.reads_person(uuid), standing.live_deductions(uuid, int), standing.facts_of(uuid[]), standing.postings_of_month(date) to jingmin_app;
