-- The month (每月例会): collected, confirmed by four departments, reported in writing, met about, measures carried on until evaluated (R109–R123).
create type complaints.month_status as enum ('open', 'frozen', 'reported', 'met');
create type complaints.confirmation as enum ('complete', 'nil');
create type complaints.cause_code as enum (
  'ability', 'attitude', 'process', 'policy_unclear', 'coordination', 'workload', 'misunderstanding', 'unfounded_claim'
);
create type complaints.attendance_state as enum ('present', 'deputy', 'leave', 'absent');
create type complaints.measure_status as enum ('open', 'done', 'dropped');

create table complaints.month (
  period text primary key check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  from_day date not null,
  cut_off date not null,
  confirm_by date not null,
  report_by date not null,
  meeting_by date not null,
  provisional boolean not null default false,
  status complaints.month_status not null default 'open',
  opened_at timestamptz not null,
  frozen_at timestamptz,
  figures jsonb,
  figures_digest text,
  version int not null default 1,
  check (cut_off >= from_day),
  check ((status = 'open') = (frozen_at is null)),
  check ((frozen_at is null) = (figures is null)),
  check ((figures is null) = (figures_digest is null))
);
comment on table complaints.month is 'One cycle of the monthly institution. A month without cases has its report and its meeting too (R109).';
comment on column complaints.month.figures is 'What stood in the register at 24:00 of the cut-off day, counted once and kept (A20); nobody who complained is in it.';

create function complaints.keep_month() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'a month stays' using errcode = 'restrict_violation'; end if;
  if (new.period, new.from_day, new.cut_off, new.opened_at) is distinct from (old.period, old.from_day, old.cut_off, old.opened_at)
     or (old.frozen_at is not null and (new.frozen_at, new.figures, new.figures_digest) is distinct from (old.frozen_at, old.figures, old.figures_digest)) then
    raise exception 'a frozen month does not change' using errcode = 'restrict_violation';
  end if;
  if new.status < old.status then raise exception 'a month does not go back' using errcode = 'restrict_violation'; end if;
  return new;
end $$;
create trigger keep_month before update or delete on complaints.month for each row execute function complaints.keep_month();

-- Every case belongs to one month: the one in whose days it was received, or the next to be frozen when it came in late.
create table complaints.month_case (
  case_id uuid primary key references complaints.case,
  period text not null references complaints.month
);
create index month_case_period on complaints.month_case (period);
create trigger append_only before update or delete on complaints.month_case for each row execute function platform.append_only();

create table complaints.month_confirmation (
  period text not null references complaints.month,
  department complaints.department not null,
  result complaints.confirmation not null,
  cases int not null check (cases >= 0),
  confirmed_by uuid not null references directory.person,
  confirmed_at timestamptz not null,
  primary key (period, department),
  check ((result = 'nil') = (cases = 0))
);
create trigger append_only before update or delete on complaints.month_confirmation for each row execute function platform.append_only();

create table complaints.month_report (
  period text primary key references complaints.month,
  no text unique,
  content jsonb not null,
  shortcomings text[] not null default '{}',
  proposals text[] not null default '{}',
  typical jsonb not null default '[]',
  digest text,
  pdf bytea,
  drafted_by uuid not null references directory.person,
  drafted_at timestamptz not null,
  signed_by uuid references directory.person,
  signed_at timestamptz,
  submitted_at timestamptz,
  received_by uuid references directory.person,
  received_at timestamptz,
  version int not null default 1,
  check ((signed_at is null) = (signed_by is null)),
  check ((signed_at is null) = (no is null)),
  check ((signed_at is null) = (digest is null)),
  check ((signed_at is null) = (pdf is null)),
  check (submitted_at is null or signed_at is not null),
  check ((received_at is null) = (received_by is null)),
  check (received_at is null or submitted_at is not null),
  check (received_by is null or received_by <> drafted_by)
);
comment on column complaints.month_report.content is 'The data of the document; once signed, rendering it again with the same templates gives the bytes of digest (b-14).';
comment on column complaints.month_report.pdf is 'The bytes that were signed: they outlive a change of templates.';

create function complaints.keep_report() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (old.signed_at is not null and
     (new.no, new.content, new.digest, new.pdf, new.signed_by, new.signed_at) is distinct from (old.no, old.content, old.digest, old.pdf, old.signed_by, old.signed_at)) then
    raise exception 'a signed report does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_report before update or delete on complaints.month_report for each row execute function complaints.keep_report();

create table complaints.case_cause (
  case_id uuid not null references complaints.case,
  code complaints.cause_code not null,
  named_by uuid not null references directory.person,
  named_at timestamptz not null,
  primary key (case_id, code)
);

create table complaints.meeting (
  period text primary key references complaints.month,
  planned_at timestamptz not null,
  place text not null check (length(place) between 1 and 200),
  chair_id uuid not null references directory.person,
  recorder_id uuid not null references directory.person,
  began_at timestamptz,
  ended_at timestamptz,
  discussion jsonb not null default '[]',
  minutes_no text unique,
  minutes jsonb,
  minutes_digest text,
  minutes_pdf bytea,
  recorder_signed_at timestamptz,
  chair_signed_at timestamptz,
  version int not null default 1,
  check (chair_id <> recorder_id),
  check (ended_at is null or ended_at > began_at),
  check (chair_signed_at is null or recorder_signed_at is not null),
  check ((chair_signed_at is null) = (minutes is null)),
  check ((chair_signed_at is null) = (minutes_no is null)),
  check ((chair_signed_at is null) = (minutes_digest is null)),
  check ((chair_signed_at is null) = (minutes_pdf is null))
);

create function complaints.keep_minutes() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.chair_signed_at is not null then
    raise exception 'signed minutes do not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_minutes before update or delete on complaints.meeting for each row execute function complaints.keep_minutes();

-- Who has to be there: the leadership team and the head of every unit (R120). A deputy is not the head; absence needs the chair's leave.
create table complaints.attendance (
  period text not null references complaints.month,
  person_id uuid not null references directory.person,
  unit_id uuid not null references directory.unit,
  required_as text not null check (required_as in ('leader', 'head')),
  state complaints.attendance_state,
  deputy_id uuid references directory.person,
  reason text check (length(reason) between 1 and 500),
  leave_by uuid references directory.person,
  noted_at timestamptz,
  primary key (period, person_id, unit_id),
  check (state is distinct from 'deputy' or deputy_id is not null),
  check (state is distinct from 'leave' or (reason is not null and leave_by is not null)),
  check (leave_by is distinct from person_id),
  check (deputy_id is distinct from person_id)
);

create table complaints.measure (
  id uuid primary key,
  period text not null references complaints.month,
  text text not null check (length(text) between 1 and 1000),
  unit_id uuid not null references directory.unit,
  due_on date not null,
  status complaints.measure_status not null default 'open',
  decided_by uuid not null references directory.person,
  decided_at timestamptz not null,
  evaluation text check (length(evaluation) between 1 and 1000),
  evaluated_by uuid references directory.person,
  evaluated_at timestamptz,
  version int not null default 1,
  check ((status = 'open') = (evaluated_at is null)),
  check ((status = 'open') = (evaluation is null)),
  check ((status = 'open') = (evaluated_by is null))
);
comment on table complaints.measure is 'Carried to every next agenda until somebody has evaluated it (R122).';
create index measure_open on complaints.measure (due_on, id) where status = 'open';
create index measure_period on complaints.measure (period);

create table complaints.measure_progress (
  id uuid primary key default gen_random_uuid(),
  measure_id uuid not null references complaints.measure,
  text text not null check (length(text) between 1 and 2000),
  reported_by uuid not null references directory.person,
  reported_at timestamptz not null
);
create index measure_progress_of on complaints.measure_progress (measure_id, reported_at);
create trigger append_only before update or delete on complaints.measure_progress for each row execute function platform.append_only();

-- A channel that was out explains a fall that is none (R130).
create table complaints.channel_outage (
  id uuid primary key default gen_random_uuid(),
  channel complaints.channel not null,
  from_day date not null,
  until_day date,
  note text not null check (length(note) between 1 and 500),
  noted_by uuid not null references directory.person,
  noted_at timestamptz not null,
  check (until_day is null or until_day >= from_day)
);

do $$
declare t text;
begin
  foreach t in array array['month', 'month_case', 'month_confirmation', 'month_report', 'case_cause', 'meeting', 'attendance', 'measure', 'measure_progress', 'channel_outage'] loop
    execute format('alter table complaints.%I enable row level security', t);
    execute format('grant select, insert on complaints.%I to jingmin_app', t);
  end loop;
end $$;
grant update on complaints.month, complaints.month_report, complaints.meeting, complaints.attendance, complaints.measure, complaints.channel_outage to jingmin_app;
grant delete on complaints.case_cause to jingmin_app;

create policy read on complaints.month for select using ((select platform.actor_is_system()) or (select platform.actor_has('month.read')));
create policy begin_cycle on complaints.month for insert with check ((select platform.actor_is_system()));
create policy move on complaints.month for update using ((select platform.actor_is_system()) or (select platform.actor_has('month.keep')) or (select platform.actor_has('month.chair')));
create policy follow_case on complaints.month_case for select using (exists (select from complaints.case c where c.id = case_id));
create policy set_aside on complaints.month_case for insert with check ((select platform.actor_is_system()));
create policy read on complaints.month_confirmation for select using ((select platform.actor_is_system()) or (select platform.actor_has('month.read')));
create policy confirm on complaints.month_confirmation for insert with check (
  (select platform.actor_has('month.confirm')) and confirmed_by = (select platform.actor_person())
  and exists (select from complaints.desk d where d.department = month_confirmation.department and d.unit_id = any ((select platform.actor_units('month.confirm'))::uuid[])));
-- A draft is for those who keep the month; a signed report for the leadership and the heads who meet about it.
create policy read on complaints.month_report for select using (
  (select platform.actor_is_system()) or (select platform.actor_has('month.keep')) or (select platform.actor_has('month.chair'))
  or (submitted_at is not null and (select platform.actor_has('month.read'))));
create policy keep on complaints.month_report for insert with check ((select platform.actor_has('month.keep')) and drafted_by = (select platform.actor_person()));
create policy sign on complaints.month_report for update using ((select platform.actor_has('month.keep')) or (select platform.actor_has('month.chair')));
create policy follow_case on complaints.case_cause for select using (exists (select from complaints.case c where c.id = case_id));
create policy name_cause on complaints.case_cause for insert with check (
  (select platform.actor_has('complaint.work')) and named_by = (select platform.actor_person()) and exists (select from complaints.case c where c.id = case_id));
create policy take_back on complaints.case_cause for delete using (
  (select platform.actor_has('complaint.work')) and exists (select from complaints.case c where c.id = case_id));
create policy read on complaints.meeting for select using ((select platform.actor_has('month.read')));
create policy call on complaints.meeting for insert with check ((select platform.actor_has('month.keep')));
create policy hold on complaints.meeting for update using ((select platform.actor_has('month.keep')) or chair_id = (select platform.actor_person()));
create policy read on complaints.attendance for select using ((select platform.actor_has('month.read')));
create policy list on complaints.attendance for insert with check ((select platform.actor_has('month.keep')));
create policy note on complaints.attendance for update using ((select platform.actor_has('month.keep')) or (select platform.actor_has('month.chair')));
create policy read on complaints.measure for select using ((select platform.actor_has('month.read')) or unit_id = any ((select platform.actor_units('standing.read'))::uuid[]));
create policy decide on complaints.measure for insert with check (((select platform.actor_has('month.keep')) or (select platform.actor_has('month.chair'))) and decided_by = (select platform.actor_person()));
create policy evaluate on complaints.measure for update using ((select platform.actor_has('month.keep')) or (select platform.actor_has('month.chair')));
create policy read on complaints.measure_progress for select using (exists (select from complaints.measure m where m.id = measure_id));
create policy report on complaints.measure_progress for insert with check (
  reported_by = (select platform.actor_person()) and exists (select from complaints.measure m where m.id = measure_id
    and (m.unit_id = any ((select platform.actor_units('standing.read'))::uuid[]) or (select platform.actor_has('month.keep')))));
create policy read on complaints.channel_outage for select using ((select platform.actor_is_system()) or (select platform.actor_has('month.read')) or (select platform.actor_has('complaint.intake')));
create policy note on complaints.channel_outage for insert with check (((select platform.actor_has('complaint.intake')) or (select platform.actor_has('month.keep'))) and noted_by = (select platform.actor_person()));
create policy ended on complaints.channel_outage for update using ((select platform.actor_has('complaint.intake')) or (select platform.actor_has('month.keep')));
