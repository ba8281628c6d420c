-- Intake of complaints: what the desk may do with a case that it may not look at afterwards (R110–R117, A22, b-8).

alter table complaints.submission add column taken_at timestamptz not null default now();
comment on column complaints.submission.taken_at is 'When it was written down; a letter arrived earlier, at received_at.';
create index case_matter on complaints.case (related_matter_no) where related_matter_no is not null;
create index coding_tags on complaints.coding using gin (style) where style <> '{}';

-- A source sends the same complaint twice: the same case. Whoever is kept from the case learns only that the reference
-- cannot be used, and what he takes down becomes a case of its own.
create function complaints.known_submission(of_channel text, ref text)
returns table (submission_id uuid, case_id uuid, case_no text, barred boolean)
language sql stable security definer set search_path = pg_catalog, complaints, platform as $$
  select s.id, c.id, c.no, c.id = any (complaints.barred_cases())
  from complaints.submission s join complaints.case c on c.id = s.case_id
  where s.channel = of_channel::complaints.channel and s.source_ref = ref and ref <> ''
    and (platform.actor_is_system() or platform.actor_has('complaint.intake'))
$$;

-- The receipt, for whoever wrote the complaint down and for a short while: also of an accusation, which he sees no more.
create function complaints.receipt_of(wanted uuid, since timestamptz)
returns table (submission_id uuid, case_no text, channel complaints.channel, department complaints.department,
  received_at timestamptz, receipt_sealed text, name_sealed text, phone_sealed text, anonymous boolean, confidential boolean, reachable boolean,
  notice_due_on date, notice_provisional boolean, taken_at timestamptz, files text[])
language sql stable security definer set search_path = pg_catalog, complaints, platform as $$
  select s.id, c.no, s.channel, s.department, s.received_at, s.receipt_sealed, w.name_sealed, w.phone_sealed, s.anonymous, s.confidential, s.reachable,
    c.notice_due_on, c.notice_provisional, s.taken_at,
    array(select f.name from complaints.file f where f.submission_id = s.id order by f.added_at, f.name)
  from complaints.submission s join complaints.case c on c.id = s.first_case_id
  left join complaints.complainant w on w.submission_id = s.id
  where s.id = wanted and s.received_by = platform.actor_person() and s.taken_at >= since
$$;

-- Desks of which somebody is complained of, or of whose unit: none of their people may see the case.
create function complaints.desks_concerned(wanted uuid) returns complaints.department[]
language sql stable security definer set search_path = pg_catalog, complaints, directory as $$
  select coalesce(array_agg(d.department), '{}') from complaints.desk d where exists (
    select from complaints.accused a join directory.unit u on u.id = a.unit_id
    where a.case_id = wanted and u.kind <> 'bureau'
      and a.unit_id = any (directory.unit_chain(d.unit_id) || directory.unit_tree(d.unit_id)))
$$;

-- A case whose own desk is concerned goes to the first of the desks named that is not.
create function complaints.leave_concerned_desk(wanted uuid, instead text[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, complaints, platform as $$
declare concerned complaints.department[] := complaints.desks_concerned(wanted);
begin
  update complaints.case c set department = coalesce(
      (select d from unnest(instead::complaints.department[]) with ordinality as o (d, at)
       where not (d = any (concerned)) order by at limit 1), c.department)
   where c.id = wanted and c.department = any (concerned)
     and (platform.actor_is_system() or platform.actor_has('complaint.intake') or platform.actor_has('complaint.work'));
end $$;

-- May the actor change this case? The conditions of the policy "work", for the functions that change what he then no longer sees.
create function complaints.may_work(c complaints.case) returns boolean
language sql stable security definer set search_path = pg_catalog, complaints, platform as $$
  select platform.actor_is_system() or (
    (platform.actor_has('complaint.work') or c.department = any (complaints.my_departments()))
    and (c.class is distinct from 'accusation' or platform.actor_has('accusation.read'))
    and not (c.id = any (complaints.barred_cases())))
$$;

-- Says what class a case is and whose queue it stands in. An accusation, or a case of another desk, may be out of the
-- actor's sight from here on, so that a plain update could not be written by him.
create function complaints.classify_case(wanted uuid, seen_version int, to_status text, to_class text, to_department text, at timestamptz)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, complaints, platform as $$
declare c complaints.case;
begin
  select * into c from complaints.case where id = wanted for update;
  if c.id is null or c.version <> seen_version or not complaints.may_work(c) then return false; end if;
  update complaints.case set class = to_class::complaints.case_class, department = to_department::complaints.department,
    status = to_status::complaints.case_status, version = version + 1, changed_by = platform.actor_person(), changed_at = at,
    handler_id = case when to_status in ('received', 'accepted') then null else handler_id end
   where id = wanted;
  return true;
end $$;

-- Cases that may tell of the same event (A22): near in time and about the same officer, unit, matter or by the same person.
-- What is compared of the complainant is only whether it is the same one. The score is the rule's (policy/complaints/similarity.ts).
drop function complaints.near(uuid, int, int);
create function complaints.near(wanted uuid, days int, most int)
returns table (id uuid, same_complainant boolean)
language sql stable security definer set search_path = pg_catalog, complaints, platform as $$
  with me as (
    select * from complaints.case c where c.id = wanted and not (c.id = any (complaints.barred_cases()))
  ), mine as (
    select c.id from me join complaints.case c on c.id = me.id or c.merged_into = me.id
  ), persons as (
    select w.phone_index, w.citizen_no_index from me join complaints.submission s on s.case_id = me.id
    join complaints.complainant w on w.submission_id = s.id
  ), by_person as (
    select s.case_id from persons p join complaints.complainant w on w.phone_index = p.phone_index join complaints.submission s on s.id = w.submission_id
    union
    select s.case_id from persons p join complaints.complainant w on w.citizen_no_index = p.citizen_no_index join complaints.submission s on s.id = w.submission_id
  ), touching as (
    select b.case_id from mine m join complaints.accused a on a.case_id = m.id join complaints.accused b on b.person_id = a.person_id
    union
    select b.case_id from mine m join complaints.accused a on a.case_id = m.id join complaints.accused b on b.unit_id = a.unit_id
    union
    select k.id from me join complaints.case k on k.related_matter_no = me.related_matter_no
    union
    select case_id from by_person
  )
  select distinct on (abs(c.received_on - me.received_on), c.id) c.id, exists (select from by_person p where p.case_id = c.id)
  from me, touching t join complaints.case part on part.id = t.case_id join complaints.case c on c.id = coalesce(part.merged_into, part.id)
  where c.id <> me.id and c.status <> 'merged'
    and c.received_on between me.received_on - days and me.received_on + days
    and (platform.actor_is_system() or platform.actor_has('complaint.read') or c.department = any (complaints.my_departments()))
    and (c.class is distinct from 'accusation' or platform.actor_is_system() or platform.actor_has('accusation.read'))
    and not (c.id = any (complaints.barred_cases()))
  order by abs(c.received_on - me.received_on), c.id limit least(most, 200)
$$;

-- Both kin may declare the tie; it stands once.
create function complaints.tie_declared(person uuid, relative uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, complaints, platform as $$
  select platform.actor_person() in (person, relative) and exists (
    select from complaints.relation r where r.ended_at is null
      and least(r.person_id, r.relative_id) = least(person, relative) and greatest(r.person_id, r.relative_id) = greatest(person, relative))
$$;

revoke execute on function complaints.known_submission(text, text), complaints.receipt_of(uuid, timestamptz), complaints.desks_concerned(uuid),
  complaints.leave_concerned_desk(uuid, text[]), complaints.may_work(complaints.case),
  complaints.classify_case(uuid, int, text, text, text, timestamptz), complaints.near(uuid, int, int), complaints.tie_declared(uuid, uuid) from public;
grant execute on function complaints.known_submission(text, text), complaints.receipt_of(uuid, timestamptz), complaints.leave_concerned_desk(uuid, text[]),
  complaints.classify_case(uuid, int, text, text, text, timestamptz), complaints.near(uuid, int, int), complaints.tie_declared(uuid, uuid) to jingmin_app;
