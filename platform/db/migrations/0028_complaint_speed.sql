-- Complaints in a register of a million cases: what a page of them, a search, a month and a count cost under the rule that
-- nobody sees his own case.

-- What belongs to a case is read by its case.
create index accused_case on complaints.accused (case_id);
create index review_case on complaints.review (case_id);
create index pause_case on complaints.pause (case_id);
create index merge_survivor on complaints.merge (survivor_id);
create index identity_view_case on complaints.identity_view (case_id, viewed_at);

-- Under row security a condition on an enum finds no index: its equality is not known to be silent about rows that are
-- hidden. An index that holds only such rows is found all the same.
drop index complaints.case_queue;
create index case_petition on complaints.case (opened_at desc, id desc) include (class, status, department) where department = 'petition_section';
create index case_command on complaints.case (opened_at desc, id desc) include (class, status, department) where department = 'command_centre';
create index case_discipline on complaints.case (opened_at desc, id desc) include (class, status, department) where department = 'discipline_inspection';
create index case_brigade on complaints.case (opened_at desc, id desc) include (class, status, department) where department = 'supervision_brigade';
create index case_open on complaints.case (opened_at desc, id desc) include (class, status, department)
  where status in ('received', 'accepted', 'investigating', 'proposed', 'reviewed', 'decided', 'answered');
create index case_triage on complaints.case (notice_due_on, id) where status = 'received';
create index case_unassigned on complaints.case (opened_at desc, id desc) where status = 'accepted' and handler_id is null;

-- A month asks for the legal limits that fell into it, kept or not.
create index case_noticed on complaints.case (notice_due_on);
create index case_finished on complaints.case (due_on);

-- Of merged cases there are few: whoever is barred from hundreds of cases finds their kin here and not in the table.
create index case_absorbed on complaints.case (id) include (merged_into) where merged_into is not null;

create or replace function complaints.cases_barred_to(person uuid) returns uuid[]
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
    union select a.case_id from complaints.relation r join complaints.accused a on a.person_id = case when r.person_id = person then r.relative_id else r.person_id end
      where person in (r.person_id, r.relative_id) and (r.ended_at is null or r.ended_at >= a.named_at)
    union select a.case_id from complaints.accused a where a.unit_id = any ((select units from me)::uuid[])
    union select a.case_id from me, complaints.accused a where me.kind = 'bureau' and a.unit_id = me.own and a.person_id is null
  ), part as (
    -- What was merged is one event: whoever is kept from one part is kept from all of it.
    select case_id from barred
    union select c.merged_into from barred b join complaints.case c on c.id = b.case_id where c.merged_into is not null
  )
  select coalesce(array_agg(case_id), '{}') from (
    select case_id from part
    union select c.id from part p join complaints.case c on c.merged_into = p.case_id where c.merged_into is not null
  ) kept
$$;

-- The cases one is barred from are looked up in a table made once for the query, not read through for every row.
alter policy read on complaints.case using (
  (select platform.actor_is_system())
  or (
    ((select platform.actor_has('complaint.read')) or department = any ((select complaints.my_departments())::complaints.department[]))
    and (class is distinct from 'accusation' or (select platform.actor_has('accusation.read')))
    and id not in (select unnest(complaints.barred_cases()))
  )
);
alter policy work on complaints.case using (
  (select platform.actor_is_system())
  or (
    ((select platform.actor_has('complaint.work')) or (select platform.actor_has('complaint.approve'))
      or department = any ((select complaints.my_departments())::complaints.department[]))
    and (class is distinct from 'accusation' or (select platform.actor_has('accusation.read')))
    and id not in (select unnest(complaints.barred_cases()))
  )
);
alter policy watch on complaints.retaliation_flag using (
  (select platform.actor_is_system())
  or ((select platform.actor_has('retaliation.read')) and case_id not in (select unnest(complaints.barred_cases()))
      and person_id is distinct from (select platform.actor_person())));

-- What belongs to a case is seen with it. "exists" would be planned twice, once as a look-up and once as a table of all
-- cases made for the query, and again for everything nested in it: planning a page took longer than reading it. The system,
-- which counts the months, need not be asked of each row whether it sees the case.
do $$
declare
  t text;
  sees constant text := '(select true from complaints.case c where c.id = case_id)';
begin
  foreach t in array array['submission', 'identity_view', 'accused', 'coding', 'file', 'step', 'extension', 'pause', 'citizen_notice', 'review', 'month_case', 'case_cause'] loop
    execute format('alter policy follow_case on complaints.%I using ((select platform.actor_is_system()) or %s)', t, sees);
  end loop;
  foreach t in array array['extension', 'pause', 'citizen_notice', 'review', 'submission', 'accused'] loop
    execute format('alter policy change on complaints.%I using ((select platform.actor_is_system()) or %s)', t, sees);
  end loop;
end $$;
alter policy own_statement on complaints.file using (
  statement_id is not null and (select true from complaints.statement s where s.id = statement_id and s.person_id = (select platform.actor_person())));
alter policy see on complaints.merge using ((select true from complaints.case c where c.id = survivor_id));
alter policy change on complaints.merge using ((select true from complaints.case c where c.id = survivor_id));
alter policy see on complaints.rating using ((select true from complaints.submission s where s.id = submission_id));
alter policy follow_case on complaints.wish using ((select true from complaints.submission s where s.id = submission_id));
alter policy own on complaints.recusal using (
  person_id = (select platform.actor_person()) or (select true from complaints.case c where c.id = case_id));
alter policy own on complaints.statement using (
  (select platform.actor_is_system()) or person_id = (select platform.actor_person()) or (select true from complaints.case c where c.id = case_id));
alter policy answer on complaints.statement using (
  (select platform.actor_is_system()) or person_id = (select platform.actor_person()) or (select true from complaints.case c where c.id = case_id));
alter policy read on complaints.finding using (
  (select platform.actor_is_system()) or (select true from complaints.case c where c.id = case_id)
  or (person_id = (select platform.actor_person()) and approved_at is not null));
alter policy decide on complaints.finding using (
  (select platform.actor_is_system()) or (select true from complaints.case c where c.id = case_id)
  or (person_id = (select platform.actor_person()) and approved_at is not null)
) with check (
  (select platform.actor_is_system()) or (select true from complaints.case c where c.id = case_id)
  or (person_id = (select platform.actor_person()) and status in ('approved', 'appealed', 'upheld', 'annulled', 'amended'))
);
alter policy own on complaints.appeal using (
  person_id = (select platform.actor_person())
  or (select true from complaints.finding f join complaints.case c on c.id = f.case_id where f.id = finding_id));
alter policy decide on complaints.appeal using (
  (select platform.actor_has('complaint.approve'))
  and (select true from complaints.finding f join complaints.case c on c.id = f.case_id where f.id = finding_id));
alter policy read on complaints.clarification using ((select true from complaints.finding f where f.id = finding_id));
alter policy read_mark on complaints.clarification using ((select true from complaints.finding f where f.id = finding_id));

-- Who asks is found out once, also when ten thousand officers are asked about.
create or replace function standing.facts_of(people uuid[])
returns table (person_id uuid, deductions jsonb, restrictions jsonb)
language sql stable security definer set search_path = pg_catalog, standing, directory, platform as $$
  with reader as materialized (
    select standing.reads_bureau() as bureau, platform.actor_has('eligibility.check') as everybody, platform.actor_person() as me,
      platform.actor_units('deduction.decide') as units
  )
  select w.id,
    coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'findingId', p.finding_id, 'caseId', p.case_id, 'effectiveOn', p.effective_on, 'points', p.points,
        'recordedAt', p.recorded_at, 'reversedAt', b.recorded_at, 'seq', p.seq, 'findingFrom', r.recorded_at, 'findingUntil', r.ended_at)
        || case when k.bureau or p.person_id = k.me or p.unit_id = any (k.units)
          then jsonb_build_object('caseNo', r.case_no, 'factLine', r.fact_line, 'clause', r.clause) else '{}' end order by p.effective_on, p.seq)
      from posting p join responsibility r on r.finding_id = p.finding_id left join posting b on b.reverses = p.id
      where p.person_id = w.id and p.reverses is null), '[]'),
    coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'year', r.year, 'merit', r.merit, 'decoration', r.decoration, 'sourceKind', r.source_kind,
        'sourceId', r.source_id, 'basis', r.basis, 'factLine', r.fact_line, 'ruleOn', r.rule_on, 'from', r.proposed_at, 'until', r.withdrawn_at, 'confirmedAt', r.confirmed_at,
        'evidence', (select coalesce(jsonb_agg(e.posting_id), '[]') from restriction_evidence e where e.restriction_id = r.id)) order by r.proposed_at, r.id)
      from restriction r where r.person_id = w.id), '[]')
  from reader k, unnest(people) as w(id)
  -- The same people as standing.reads_person says.
  where k.bureau or k.everybody or w.id = k.me
    or exists (select from person p where p.id = w.id and p.unit_id = any (k.units))
    or exists (select from deduction_task t where t.person_id = w.id and t.unit_id = any (k.units))
$$;

-- Search by any fragment, with the reader's scope applied inside. A fragment that stands in every tenth case is found by
-- reading the register from its end, a rare one by its index: which of the two is decided with the fragment in hand.
alter function complaints.search(text, timestamptz, uuid, int, text, text, text) set plan_cache_mode = force_custom_plan;
