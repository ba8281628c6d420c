-- Handling a complaint: hearing, finding, appeal, notices to the citizen, watch against retaliation (R124, 6.4).
-- What the rules say about who may take which step is held here once more, for whoever writes past the use cases.

-- Why somebody may have nothing to do with a case, for those who see it and assign it. Kinship and recusals are not told apart.
create function complaints.why_barred(wanted uuid, person uuid) returns text
language sql stable security definer set search_path = pg_catalog, complaints, platform as $$
  select case
    when not (c.id = any (complaints.cases_barred_to(person))) then null
    when exists (select from complaints.accused a where a.case_id = c.id and a.person_id = person) then 'accused'
    when exists (select from complaints.recusal r where r.case_id = c.id and r.person_id = person)
      or exists (select from complaints.accused a join complaints.relation r on r.ended_at is null
                 and ((r.person_id = a.person_id and r.relative_id = person) or (r.relative_id = a.person_id and r.person_id = person)) where a.case_id = c.id) then 'related'
    else 'same-unit' end
  from complaints.case c where c.id = wanted and not (c.id = any (complaints.barred_cases()))
    and (platform.actor_has('complaint.read') or c.department = any (complaints.my_departments()))
    and (c.class is distinct from 'accusation' or platform.actor_has('accusation.read'))
$$;
revoke execute on function complaints.why_barred(uuid, uuid) from public;
grant execute on function complaints.why_barred(uuid, uuid) to jingmin_app;

-- A coder may put his own confirmed coding right until the finding is approved; what was alleged stays (A7).
grant update (style, behaviour, words, coded_at) on complaints.coding to jingmin_app;
create policy own_confirmed on complaints.coding for update using (
  stage = 'confirmed' and coder_id = (select platform.actor_person()) and exists (select from complaints.case c where c.id = case_id)
  and not exists (select from complaints.finding f where f.case_id = coding.case_id and f.approved_at is not null and f.amends is null
    and f.round = (select c.round from complaints.case c where c.id = coding.case_id)));

-- Time that is not counted ------------------------------------------------------------------------------
alter table complaints.pause add column kind text not null default 'complainant_asked'
  check (kind in ('hearing', 'parallel_proceeding', 'complainant_asked'));
comment on column complaints.pause.resumed_on is 'The first day that counts again. Without an approver: the pause that was asked for was refused.';

-- The officer's papers ------------------------------------------------------------------------------------
alter table complaints.statement add column no text unique, add column due_provisional boolean not null default false,
  add column due_basis text not null default '';
alter table complaints.finding add column no text unique, add column appeal_basis text not null default '',
  add column appeal_provisional boolean not null default false, add column read_at timestamptz;
alter table complaints.clarification add column unit_id uuid references directory.unit;
comment on column complaints.clarification.unit_id is 'The officer''s unit, which is told where he wished it.';
alter table complaints.file add column statement_id uuid references complaints.statement;
comment on column complaints.file.statement_id is 'Handed in by the officer with his statement; he sees it again, the case''s other files he does not.';
create index file_statement on complaints.file (statement_id) where statement_id is not null;
create policy own_statement on complaints.file for select using (
  exists (select from complaints.statement s where s.id = statement_id and s.person_id = (select platform.actor_person())));
create policy hand_in on complaints.file for insert with check (
  submission_id is null and added_by = (select platform.actor_person())
  and exists (select from complaints.statement s where s.id = statement_id and s.case_id = file.case_id
    and s.person_id = (select platform.actor_person()) and s.status <> 'answered'));

-- Under which number the officer is asked: he has no sight of the case itself.
create function complaints.number_for_officer(wanted uuid) returns text
language sql stable security definer set search_path = pg_catalog, complaints, platform as $$
  select c.no from complaints.case c where c.id = wanted and (
    exists (select from complaints.statement s where s.case_id = c.id and s.person_id = platform.actor_person())
    or exists (select from complaints.finding f where f.case_id = c.id and f.person_id = platform.actor_person() and f.approved_at is not null))
$$;
-- A late statement is heard as long as nothing is decided; the officer cannot see whether it is.
create function complaints.decided_about(statement uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, complaints as $$
  select exists (select from complaints.finding f join complaints.statement s on s.id = statement and s.case_id = f.case_id and s.round = f.round
    where f.approved_at is not null and (f.person_id = s.person_id or f.person_id is null))
$$;

create function complaints.keep_statement() returns trigger
language plpgsql security definer set search_path = pg_catalog, complaints, platform as $$
begin
  if tg_op = 'DELETE' then raise exception 'what an officer was asked stays' using errcode = 'restrict_violation'; end if;
  if tg_op = 'INSERT' then
    if new.status <> 'requested' then raise exception 'an officer is asked before he has answered' using errcode = 'restrict_violation'; end if;
    if new.case_id = any (complaints.cases_barred_to(new.requested_by)) then
      raise exception 'nobody handles his own case' using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  if (new.id, new.case_id, new.round, new.person_id, new.facts, new.asks, new.requested_by, new.requested_at)
     is distinct from (old.id, old.case_id, old.round, old.person_id, old.facts, old.asks, old.requested_by, old.requested_at) then
    raise exception 'what an officer was asked stays as it was asked' using errcode = 'restrict_violation';
  end if;
  if old.status = 'answered' and (new.status, new.answer, new.answered_at) is distinct from (old.status, old.answer, old.answered_at) then
    raise exception 'what an officer answered stays as he answered' using errcode = 'restrict_violation';
  end if;
  -- His time is his: nobody shortens it, nobody answers for him, and only time itself lets it pass.
  if new.due_on < old.due_on and not platform.actor_is_system() then
    raise exception 'time to answer is not taken away' using errcode = 'restrict_violation';
  end if;
  if new.status <> old.status and platform.actor_claims() is not null then
    if new.status = 'answered' and platform.actor_person() is distinct from new.person_id then
      raise exception 'an officer answers for himself' using errcode = 'restrict_violation';
    end if;
    if new.status <> 'answered' and not platform.actor_is_system() then
      raise exception 'only time lets a request pass' using errcode = 'restrict_violation';
    end if;
  end if;
  if new.status = 'expired' and old.status <> 'expired' and (new.expired_at at time zone 'Asia/Shanghai')::date <= new.due_on then
    raise exception 'his last day has not ended' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_statement before insert or update or delete on complaints.statement for each row execute function complaints.keep_statement();

-- The lifecycle of policy/complaints/finding-lifecycle.ts; a test compares the two.
create table complaints.finding_move (
  from_status complaints.finding_status not null,
  to_status complaints.finding_status not null,
  primary key (from_status, to_status)
);
insert into complaints.finding_move (from_status, to_status) values
  ('draft', 'reviewed'), ('reviewed', 'approved'), ('reviewed', 'draft'), ('approved', 'appealed'), ('approved', 'annulled'), ('approved', 'amended'),
  ('appealed', 'upheld'), ('appealed', 'annulled'), ('appealed', 'amended'), ('upheld', 'annulled'), ('upheld', 'amended'), ('amended', 'annulled');
alter table complaints.finding_move enable row level security;
grant select on complaints.finding_move to jingmin_app;
create policy read_all on complaints.finding_move for select to jingmin_app using (true);

create function complaints.keep_finding_steps() returns trigger
language plpgsql security definer set search_path = pg_catalog, complaints, platform as $$
declare me uuid := platform.actor_person();
begin
  if tg_op = 'DELETE' then raise exception 'a finding is annulled, not removed' using errcode = 'restrict_violation'; end if;
  if tg_op = 'INSERT' then
    if new.amends is null and new.status <> 'draft' then raise exception 'a finding begins as a draft' using errcode = 'restrict_violation'; end if;
    if me is not null and new.amends is null and (new.proposed_by is distinct from me or not platform.actor_has('complaint.work')) then
      raise exception 'nobody proposes in another''s name' using errcode = 'restrict_violation';
    end if;
    if new.amends is not null and not exists (select from complaints.finding f where f.id = new.amends and f.case_id = new.case_id
         and new.person_id is not distinct from f.person_id and f.approved_at is not null
         and new.approved_by not in (f.proposed_by, f.reviewed_by, f.approved_by)) then
      raise exception 'an amended finding comes from somebody who has not decided before' using errcode = 'restrict_violation';
    end if;
    if me is not null and new.amends is not null and (new.approved_by is distinct from me or not platform.actor_has('complaint.approve')) then
      raise exception 'nobody decides in another''s name' using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  if new.status <> old.status and not exists (select from complaints.finding_move m where m.from_status = old.status and m.to_status = new.status) then
    raise exception 'a finding does not go from % to %', old.status, new.status using errcode = 'restrict_violation';
  end if;
  if me is not null and new.proposed_by is distinct from old.proposed_by and (new.proposed_by is distinct from me or not platform.actor_has('complaint.work')) then
    raise exception 'nobody proposes in another''s name' using errcode = 'restrict_violation';
  end if;
  if me is not null and new.reviewed_by is not null and new.reviewed_by is distinct from old.reviewed_by
     and (new.reviewed_by <> me or not platform.actor_has('complaint.review')) then
    raise exception 'nobody reviews in another''s name' using errcode = 'restrict_violation';
  end if;
  if me is not null and new.approved_by is distinct from old.approved_by and (new.approved_by is distinct from me or not platform.actor_has('complaint.approve')) then
    raise exception 'nobody approves in another''s name' using errcode = 'restrict_violation';
  end if;
  -- What the second reviewer agreed to is what the leader approves.
  if old.status = 'reviewed' and new.status in ('reviewed', 'approved') and
     (new.outcome, new.severity, new.facts, new.clause, new.evidence, new.person_id, new.unit_id, new.proposed_by, new.reviewed_by)
     is distinct from (old.outcome, old.severity, old.facts, old.clause, old.evidence, old.person_id, old.unit_id, old.proposed_by, old.reviewed_by) then
    raise exception 'a reviewed finding does not change' using errcode = 'restrict_violation';
  end if;
  if new.status in ('upheld', 'annulled', 'amended') and new.status <> old.status
     and not exists (select from complaints.appeal a where a.finding_id = new.id and a.decided_at is not null and a.decision::text = new.status::text)
     and not exists (select from complaints.review r where r.case_id = new.case_id and r.outcome in ('changed', 'revoked')) then
    raise exception 'only an appeal or a review answers a finding' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_finding_steps before insert or update or delete on complaints.finding for each row execute function complaints.keep_finding_steps();

-- The officer marks what was served as read and appeals; nothing else of it is his to change.
alter policy decide on complaints.finding using (
  exists (select from complaints.case c where c.id = case_id)
  or (person_id = (select platform.actor_person()) and approved_at is not null)
) with check (
  exists (select from complaints.case c where c.id = case_id)
  or (person_id = (select platform.actor_person()) and status in ('approved', 'appealed', 'upheld', 'annulled', 'amended'))
);

create or replace function complaints.keep_appeal() returns trigger
language plpgsql security definer set search_path = pg_catalog, complaints, platform as $$
declare f complaints.finding;
begin
  if tg_op = 'DELETE' then raise exception 'an appeal and its decision stay as they are' using errcode = 'restrict_violation'; end if;
  select * into f from complaints.finding where id = new.finding_id;
  if tg_op = 'INSERT' then
    if f.person_id is distinct from new.person_id or f.approved_at is null then
      raise exception 'an officer appeals against a finding about himself' using errcode = 'restrict_violation';
    end if;
    if f.appeal_until is null or (new.filed_at at time zone 'Asia/Shanghai')::date > f.appeal_until then
      raise exception 'the days to appeal are over' using errcode = 'restrict_violation';
    end if;
  end if;
  -- Who has had a hand in any finding or appeal of this case decides no appeal in it.
  if new.decided_by is not null and (
       exists (select from complaints.finding o where o.case_id = f.case_id and o.amends is distinct from new.finding_id
               and new.decided_by in (o.proposed_by, o.reviewed_by, o.approved_by))
       or exists (select from complaints.appeal a join complaints.finding o on o.id = a.finding_id
                  where o.case_id = f.case_id and a.id <> new.id and a.decided_by = new.decided_by)) then
    raise exception 'an appeal is decided by somebody who has not decided before' using errcode = 'restrict_violation';
  end if;
  if new.decided_by is not null and f.case_id = any (complaints.cases_barred_to(new.decided_by)) then
    raise exception 'nobody handles his own case' using errcode = 'restrict_violation';
  end if;
  if platform.actor_person() is not null and new.decided_by is not null and new.decided_by <> platform.actor_person() then
    raise exception 'nobody decides in another''s name' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'UPDATE' and (old.decided_at is not null or (new.finding_id, new.person_id, new.grounds, new.filed_at, new.due_on)
     is distinct from (old.finding_id, old.person_id, old.grounds, old.filed_at, old.due_on)) then
    raise exception 'an appeal and its decision stay as they are' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- An extension and a pause are approved by a leader in his own name.
create function complaints.keep_approval() returns trigger
language plpgsql security definer set search_path = pg_catalog, complaints, platform as $$
declare approver uuid := case tg_table_name when 'pause' then to_jsonb(new)->>'approved_by' else to_jsonb(new)->>'decided_by' end;
  before uuid := case when tg_op = 'INSERT' then null when tg_table_name = 'pause' then to_jsonb(old)->>'approved_by' else to_jsonb(old)->>'decided_by' end;
begin
  if approver is null or approver is not distinct from before then return new; end if;
  if new.case_id = any (complaints.cases_barred_to(approver)) then
    raise exception 'nobody handles his own case' using errcode = 'restrict_violation';
  end if;
  if platform.actor_person() is not null and (approver <> platform.actor_person() or not platform.actor_has('complaint.approve')) then
    raise exception 'a leader approves, in his own name' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_approval before insert or update on complaints.extension for each row execute function complaints.keep_approval();
create trigger keep_approval before insert or update on complaints.pause for each row execute function complaints.keep_approval();

-- Clearing: the officer has it; his unit too where he wished so ---------------------------------------------
create policy told_unit on complaints.clarification for select using (
  tell_unit and unit_id = any ((select platform.actor_units('deduction.decide'))::uuid[]));
create function complaints.keep_clarification() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.finding_id, new.no, new.content, new.issued_by, new.issued_at) is distinct from (old.finding_id, old.no, old.content, old.issued_by, old.issued_at) then
    raise exception 'an issued clarification does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_clarification before update or delete on complaints.clarification for each row execute function complaints.keep_clarification();

-- Notices ---------------------------------------------------------------------------------------------------
-- To whom a notice goes: once, and only while it has not been told. The phone stays sealed here; the page that
-- issues the notice never shows it.
create function complaints.take_address(notice uuid, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, complaints, platform as $$
declare n complaints.citizen_notice; phone text;
begin
  select * into n from complaints.citizen_notice where id = notice for update;
  if n.id is null or n.told_how is not null or not (platform.actor_is_system() or n.issued_by = platform.actor_person()) then return null; end if;
  select phone_sealed into phone from complaints.complainant where submission_id = n.submission_id;
  update complaints.citizen_notice set told_how = 'page', told_at = at where id = notice;
  return phone;
end $$;

-- What the server compares the handler's words with, so that no statement request names the complainant. Sealed.
create function complaints.sealed_identities(wanted uuid) returns setof complaints.complainant
language sql stable security definer set search_path = pg_catalog, complaints, platform as $$
  select who.* from complaints.complainant who join complaints.submission s on s.id = who.submission_id
  join complaints.case c on c.id = s.case_id
  where c.id = wanted and (platform.actor_is_system() or c.handler_id = platform.actor_person() or platform.actor_has('complaint.approve'))
    and not (c.id = any (complaints.barred_cases()))
$$;

-- The citizen's side: the code on the receipt -----------------------------------------------------------------
-- What was issued, and who looked at his name: told to the complainant and to nobody else (T8).
create function complaints.notices_by(code_hash text) returns setof complaints.citizen_notice
language sql stable security definer set search_path = pg_catalog, complaints as
$$ select n.* from complaints.citizen_notice n join complaints.submission s on s.id = n.submission_id where s.receipt_hash = code_hash order by n.issued_at, n.no $$;
create function complaints.looks_by(code_hash text) returns table (viewed_at timestamptz, unit_zh text, unit_en text, reason text)
language sql stable security definer set search_path = pg_catalog, complaints, directory as $$
  select v.viewed_at, u.name_zh, u.name_en, v.reason from complaints.identity_view v
  join complaints.submission s on s.id = v.submission_id join directory.person p on p.id = v.viewed_by join directory.unit u on u.id = p.unit_id
  where s.receipt_hash = code_hash order by v.viewed_at
$$;
create function complaints.complainant_by(code_hash text) returns table (submission_id uuid, name_sealed text)
language sql stable security definer set search_path = pg_catalog, complaints as
$$ select w.submission_id, w.name_sealed from complaints.complainant w join complaints.submission s on s.id = w.submission_id where s.receipt_hash = code_hash $$;

-- What a complainant asks for by his code. The internet side writes the wish; the system takes it up inside.
create type complaints.wish_kind as enum ('reopen', 'review', 'withdraw');
create table complaints.wish (
  id uuid primary key,
  submission_id uuid not null references complaints.submission,
  kind complaints.wish_kind not null,
  text text not null check (length(text) between 1 and 4000),
  new_facts boolean not null default false,
  asked_at timestamptz not null,
  taken_up_at timestamptz,
  refused text,
  check (refused is null or taken_up_at is not null)
);
comment on table complaints.wish is 'Reopening, review or withdrawal asked for with the code on the receipt; taken up or refused with a reason.';
create index wish_waiting on complaints.wish (asked_at) where taken_up_at is null;
create index wish_submission on complaints.wish (submission_id, asked_at);
create unique index wish_once on complaints.wish (submission_id, kind) where taken_up_at is null;
alter table complaints.wish enable row level security;
grant select, insert, update on complaints.wish to jingmin_app;
create policy follow_case on complaints.wish for select using (exists (select from complaints.submission s where s.id = submission_id));
create policy ask on complaints.wish for insert with check ((select platform.actor_is_system()));
create policy take_up on complaints.wish for update using ((select platform.actor_is_system()));
create function complaints.keep_wish() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.id, new.submission_id, new.kind, new.text, new.new_facts, new.asked_at)
     is distinct from (old.id, old.submission_id, old.kind, old.text, old.new_facts, old.asked_at) then
    raise exception 'what a citizen asked stays as it was asked' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_wish before update or delete on complaints.wish for each row execute function complaints.keep_wish();
create function complaints.wish_by(code_hash text, wanted text, words text, facts boolean, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, complaints as $$
declare s uuid;
begin
  select id into s from complaints.submission where receipt_hash = code_hash;
  if s is null then return null; end if;
  insert into complaints.wish (id, submission_id, kind, text, new_facts, asked_at)
  values (gen_random_uuid(), s, wanted::complaints.wish_kind, words, facts, at) on conflict do nothing;
  return 'noted';
end $$;
create function complaints.wishes_by(code_hash text) returns setof complaints.wish
language sql stable security definer set search_path = pg_catalog, complaints as
$$ select w.* from complaints.wish w join complaints.submission s on s.id = w.submission_id where s.receipt_hash = code_hash order by w.asked_at $$;

-- Watch against retaliation -----------------------------------------------------------------------------------
-- What was done to somebody who complained, by phone or citizen number, since he did. The rule decides which of it is
-- shown (policy/complaints/retaliation.ts); acts that raised a flag are left out.
create function complaints.acts_after(since timestamptz, most int)
returns table (case_id uuid, submission_id uuid, received_at timestamptz, act complaints.retaliation_act, subject_id uuid,
  person_id uuid, unit_id uuid, units uuid[], happened_at timestamptz, accused_persons uuid[], accused_units uuid[])
language sql stable security definer set search_path = pg_catalog, complaints, service_window, directory, platform as $$
  with complained as (
    select s.case_id, s.id as submission_id, s.received_at, w.phone_index, w.citizen_no_index
    from complaints.submission s join complaints.complainant w on w.submission_id = s.id
    where platform.actor_is_system() and s.received_at >= since and coalesce(w.phone_index, w.citizen_no_index) is not null
  ), touched as (
    select c.*, m.id as matter_id, m.status, m.finished_at, m.finished_by
    from complained c join service_window.matter m
      on m.phone_index = c.phone_index or m.citizen_no_index = c.citizen_no_index
  ), acts as (
    select t.case_id, t.submission_id, t.received_at, 'matter_refused'::complaints.retaliation_act as act, t.matter_id as subject_id,
      t.finished_by as person_id, t.finished_at as happened_at
    from touched t where t.status = 'refused' and t.finished_at >= t.received_at and t.finished_by is not null
    union all
    select t.case_id, t.submission_id, t.received_at, 'record_looked_up'::complaints.retaliation_act, t.matter_id, e.actor_id, min(e.at)
    from touched t join platform.audit_entry e
      on e.subject_kind = 'matter' and e.subject_id = t.matter_id::text and e.event = 'matter.reveal' and e.outcome = 'done' and e.at >= t.received_at
    where e.actor_id is not null group by 1, 2, 3, 4, 5, 6
  )
  select a.case_id, a.submission_id, a.received_at, a.act, a.subject_id, a.person_id, p.unit_id, directory.unit_chain(p.unit_id), a.happened_at,
    array(select x.person_id from complaints.accused x where x.case_id = a.case_id and x.person_id is not null),
    -- Whoever sits in the bureau itself has the whole force for colleagues: then only his own acts count.
    array(select x.unit_id from complaints.accused x join directory.unit u on u.id = x.unit_id
          where x.case_id = a.case_id and (x.person_id is null or u.kind <> 'bureau'))
  from acts a join directory.person p on p.id = a.person_id
  where not exists (select from complaints.retaliation_flag f where f.case_id = a.case_id and f.act = a.act and f.subject_id = a.subject_id)
  order by a.happened_at, a.subject_id limit most
$$;

-- A discipline inspector examines in his own name; what he wrote stays.
create function complaints.keep_flag() returns trigger
language plpgsql security definer set search_path = pg_catalog, complaints, platform as $$
begin
  if tg_op = 'DELETE' or (new.id, new.case_id, new.submission_id, new.act, new.subject_id, new.person_id, new.happened_at, new.raised_at)
     is distinct from (old.id, old.case_id, old.submission_id, old.act, old.subject_id, old.person_id, old.happened_at, old.raised_at)
     or (old.examined_at is not null and (new.examined_by, new.examined_at, new.examination) is distinct from (old.examined_by, old.examined_at, old.examination)) then
    raise exception 'a flag and its examination stay' using errcode = 'restrict_violation';
  end if;
  if new.examined_by is not null and platform.actor_person() is not null and new.examined_by <> platform.actor_person() then
    raise exception 'nobody examines in another''s name' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_flag before update or delete on complaints.retaliation_flag for each row execute function complaints.keep_flag();

alter type standing.fact_kind add value if not exists 'complaint_overdue';

revoke execute on function complaints.number_for_officer(uuid), complaints.decided_about(uuid), complaints.take_address(uuid, timestamptz),
  complaints.sealed_identities(uuid), complaints.notices_by(text), complaints.looks_by(text), complaints.complainant_by(text),
  complaints.wish_by(text, text, text, boolean, timestamptz), complaints.wishes_by(text), complaints.acts_after(timestamptz, int) from public;
grant execute on function complaints.number_for_officer(uuid), complaints.decided_about(uuid), complaints.take_address(uuid, timestamptz),
  complaints.sealed_identities(uuid), complaints.acts_after(timestamptz, int) to jingmin_app;
grant execute on function complaints.notices_by(text), complaints.looks_by(text), complaints.complainant_by(text),
  complaints.wish_by(text, text, text, boolean, timestamptz), complaints.wishes_by(text) to jingmin_app, jingmin_public;
