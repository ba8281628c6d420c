-- The citizen's own side of complaints: a form that loses nothing, the page behind the code on a receipt, published figures
-- (R112, R117, b-22, c-12). The internet side reaches no table of complaints; what it may do is what these functions do.

-- Handed in on the site ------------------------------------------------------------------------------------
-- What somebody is writing, sealed, so that files and words outlive an error and the look before sending. Once sent it
-- waits for the system, which opens the case with it and empties it.
create table complaints.online (
  id uuid primary key,
  key_hash text not null unique,
  said_sealed text,
  saved_at timestamptz not null,
  expires_at timestamptz not null,
  sent_at timestamptz,
  case_no text unique,
  receipt_hash text unique,
  receipt_sealed text,
  receipt_about jsonb,
  taken_up_at timestamptz,
  refused text,
  check ((sent_at is null) = (case_no is null) and (sent_at is null) = (receipt_hash is null) and (sent_at is null) = (receipt_sealed is null)),
  check (taken_up_at is null or sent_at is not null),
  check ((taken_up_at is null) = (said_sealed is not null))
);
comment on table complaints.online is 'A complaint on its way from the site. id becomes that of the submission; the receipt is the same before and after.';
comment on column complaints.online.key_hash is 'SHA-256 of the keyed hash of the key in the form: who reads this table cannot open a form.';
comment on column complaints.online.receipt_about is 'What the receipt says beside number and code: how the complainant is known, names of files.';
comment on column complaints.online.refused is 'Why the system could not open the case; tried again after all others.';
create index online_waiting on complaints.online (sent_at) where sent_at is not null and taken_up_at is null;
create index online_draft on complaints.online (expires_at) where sent_at is null;

create table complaints.online_file (
  id uuid primary key,
  online_id uuid not null references complaints.online on delete cascade,
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
  size int not null check (size between 1 and 10485760 and size = octet_length(bytes)),
  bytes bytea not null,
  seq bigint generated always as identity
);
create index online_file_of on complaints.online_file (online_id, seq);

create function complaints.keep_online() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.sent_at is not null then raise exception 'what was sent is not thrown away' using errcode = 'restrict_violation'; end if;
    return old;
  end if;
  if old.sent_at is not null and (new.id, new.key_hash, new.sent_at, new.case_no, new.receipt_hash)
     is distinct from (old.id, old.key_hash, old.sent_at, old.case_no, old.receipt_hash) then
    raise exception 'a complaint is sent once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_online before update or delete on complaints.online for each row execute function complaints.keep_online();

alter table complaints.online enable row level security;
alter table complaints.online_file enable row level security;
grant select, update, delete on complaints.online to jingmin_app;
grant select, delete on complaints.online_file to jingmin_app;
create policy take_up on complaints.online using ((select platform.actor_is_system()));
create policy take_up on complaints.online_file using ((select platform.actor_is_system()));

create function complaints.online_key(key text) returns text
language sql immutable parallel safe set search_path = pg_catalog as $$ select encode(sha256(convert_to(key, 'UTF8')), 'hex') $$;

create function complaints.online_by(key text, at timestamptz) returns jsonb
language sql stable security definer set search_path = pg_catalog, complaints as $$
  select jsonb_build_object('id', o.id, 'said', o.said_sealed, 'sentAt', o.sent_at, 'caseNo', o.case_no, 'receipt', o.receipt_sealed, 'about', o.receipt_about,
    'files', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'size', f.size) order by f.seq), '[]')
              from complaints.online_file f where f.online_id = o.id))
  from complaints.online o where o.key_hash = complaints.online_key(key) and (o.sent_at is not null or o.expires_at > at)
$$;

create function complaints.save_online(wanted uuid, key text, said text, at timestamptz, until timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, complaints as $$
begin
  insert into complaints.online as o (id, key_hash, said_sealed, saved_at, expires_at)
  values (wanted, complaints.online_key(key), said, at, until)
  on conflict (key_hash) do update set said_sealed = excluded.said_sealed, saved_at = excluded.saved_at, expires_at = excluded.expires_at
    where o.sent_at is null and o.id = excluded.id;
  return case when found then 'saved' else 'sent' end;
end $$;

-- `most` files of one form; `room` bytes for all forms that are not sent yet, so that a flood of files fills no disk.
create function complaints.add_online_file(key text, file uuid, file_name text, media text, content bytea, most int, room bigint)
returns text
language plpgsql volatile security definer set search_path = pg_catalog, complaints as $$
declare o complaints.online;
begin
  select * into o from complaints.online where key_hash = complaints.online_key(key) and sent_at is null for update;
  if o.id is null then return 'not-found'; end if;
  if (select count(*) from complaints.online_file where online_id = o.id) >= least(most, 20) then return 'files-too-many'; end if;
  if (select coalesce(sum(f.size), 0) from complaints.online_file f) + octet_length(content) > room then return 'files-no-room'; end if;
  insert into complaints.online_file (id, online_id, name, media_type, size, bytes)
  values (file, o.id, file_name, media, octet_length(content), content);
  return 'added';
end $$;

create function complaints.drop_online_file(key text, file uuid) returns void
language sql volatile security definer set search_path = pg_catalog, complaints as $$
  delete from complaints.online_file f using complaints.online o
   where o.id = f.online_id and o.key_hash = complaints.online_key(key) and o.sent_at is null and f.id = file
$$;

-- Sends once; a second request gets what the first one got.
create function complaints.send_online(key text, hash text, sealed text, about jsonb, at timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, complaints as $$
declare o complaints.online;
begin
  select * into o from complaints.online where key_hash = complaints.online_key(key) for update;
  if o.id is null or (o.sent_at is null and o.expires_at <= at) then return null; end if;
  if o.sent_at is null then
    update complaints.online set sent_at = at, receipt_hash = hash, receipt_sealed = sealed, receipt_about = about,
      case_no = 'XF' || extract(year from at at time zone 'Asia/Shanghai')::int || '-' || lpad(nextval('complaints.case_no')::text, 6, '0')
     where id = o.id returning * into o;
  end if;
  return jsonb_build_object('sentAt', o.sent_at, 'caseNo', o.case_no, 'receipt', o.receipt_sealed, 'about', o.receipt_about);
end $$;

-- The page behind the code on a receipt --------------------------------------------------------------------
-- One submission with what is common to its case. Of other submissions of the same case nothing is in it: no word, no
-- file, no name, no notice, no wish (A22).
create function complaints.progress_by(code_hash text) returns jsonb
language sql stable security definer set search_path = pg_catalog, complaints, directory as $$
  select jsonb_build_object(
    'submissionId', s.id, 'no', c.no, 'channel', s.channel, 'receivedAt', s.received_at, 'text', s.text, 'anonymous', s.anonymous,
    'confidential', s.confidential, 'reachable', s.reachable, 'withdrawnAt', s.withdrawn_at, 'nameKnown', w.name_sealed is not null,
    'phoneKnown', w.phone_sealed is not null, 'addressKnown', w.address_sealed is not null,
    'status', c.status, 'department', c.department, 'round', c.round, 'noticeDueOn', c.notice_due_on, 'noticeProvisional', c.notice_provisional,
    'noticedAt', c.noticed_at, 'acceptedAt', c.accepted_at, 'dueOn', c.due_on, 'dueProvisional', c.due_provisional, 'dueBasis', c.due_basis,
    'answeredAt', c.answered_at, 'closedAt', c.closed_at,
    'steps', (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'at', e.at, 'text', case when e.kind = 'supplement' then e.text end) order by e.at, e.seq), '[]')
      from complaints.step e where e.case_id in (s.case_id, s.first_case_id) and e.at >= s.taken_at
       and (e.kind in ('accepted', 'redirected', 'transferred', 'merged', 'unmerged', 'assigned', 'extended', 'paused', 'resumed', 'answered', 'closed', 'reopened', 'withdrawn')
         or (e.kind in ('supplement', 'withdrawal_asked', 'contact_changed') and e.detail->>'submissionId' = s.id::text))),
    'files', (select coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'size', f.size, 'at', f.added_at) order by f.added_at, f.name), '[]')
      from complaints.file f where f.submission_id = s.id),
    'notices', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'no', n.no, 'kind', n.kind, 'at', n.issued_at, 'content', n.content) order by n.issued_at, n.no), '[]')
      from complaints.citizen_notice n where n.submission_id = s.id),
    'reviews', (select coalesce(jsonb_agg(jsonb_build_object('level', r.level, 'askedAt', r.requested_at, 'dueOn', r.due_on, 'decidedAt', r.decided_at, 'outcome', r.outcome) order by r.level), '[]')
      from complaints.review r where r.submission_id = s.id),
    'ratings', (select coalesce(jsonb_agg(jsonb_build_object('round', r.round, 'level', r.level, 'at', r.rated_at) order by r.round), '[]')
      from complaints.rating r where r.submission_id = s.id),
    'wishes', (select coalesce(jsonb_agg(jsonb_build_object('kind', x.kind, 'text', x.text, 'askedAt', x.asked_at, 'takenUpAt', x.taken_up_at, 'refused', x.refused) order by x.asked_at), '[]')
      from complaints.wish x where x.submission_id = s.id),
    'looks', (select coalesce(jsonb_agg(jsonb_build_object('at', v.viewed_at, 'unitZh', u.name_zh, 'unitEn', u.name_en) order by v.viewed_at), '[]')
      from complaints.identity_view v join directory.person p on p.id = v.viewed_by join directory.unit u on u.id = p.unit_id where v.submission_id = s.id),
    'reopenedByComplainant', (select count(*) from complaints.step e where e.case_id = c.id and e.kind = 'reopened' and e.detail->>'by' = 'complainant'),
    'reReviewed', exists (select from complaints.review r where r.case_id = c.id and r.level = 2 and r.decided_at is not null))
  from complaints.submission s join complaints.case c on c.id = s.case_id left join complaints.complainant w on w.submission_id = s.id
  where s.receipt_hash = code_hash
$$;

-- Sent, and not opened by the system yet.
create function complaints.sent_by(code_hash text) returns jsonb
language sql stable security definer set search_path = pg_catalog, complaints as
$$ select jsonb_build_object('caseNo', o.case_no, 'sentAt', o.sent_at) from complaints.online o where o.receipt_hash = code_hash and o.taken_up_at is null $$;

-- Adds words. The id comes from the form, so that sending it again adds nothing.
create function complaints.add_by(code_hash text, step uuid, words text, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, complaints as $$
declare s complaints.submission; c complaints.case;
begin
  select * into s from complaints.submission where receipt_hash = code_hash;
  if s.id is null then return null; end if;
  select * into c from complaints.case where id = s.case_id;
  if c.status in ('closed', 'withdrawn', 'redirected', 'transferred') then return 'over'; end if;
  if (select count(*) from complaints.step e where e.case_id = c.id and e.kind = 'supplement' and e.detail->>'submissionId' = s.id::text
        and e.at > add_by.at - interval '1 day' and e.id <> step) >= 20 then return 'too-often'; end if;
  insert into complaints.step (id, case_id, round, kind, at, text, detail)
  values (step, c.id, c.round, 'supplement', at, words, jsonb_build_object('submissionId', s.id)) on conflict (id) do nothing;
  return case when found then 'added' else 'known' end;
end $$;

-- Only to words that were just added by the same code.
create function complaints.add_file_by(code_hash text, step uuid, file uuid, file_name text, media text, content bytea, at timestamptz, most int)
returns text
language plpgsql volatile security definer set search_path = pg_catalog, complaints as $$
declare s complaints.submission;
begin
  select * into s from complaints.submission where receipt_hash = code_hash for update;
  if s.id is null or media not in ('application/pdf', 'image/png', 'image/jpeg') or not exists (
       select from complaints.step e where e.id = step and e.at = add_file_by.at and e.kind = 'supplement' and e.detail->>'submissionId' = s.id::text) then
    return null;
  end if;
  if (select count(*) from complaints.file f where f.submission_id = s.id) >= least(most, 50) then return 'files-too-many'; end if;
  insert into complaints.file (id, case_id, submission_id, name, media_type, size, sha256, bytes, added_at)
  values (file, s.case_id, s.id, file_name, media, octet_length(content), encode(sha256(content), 'hex'), content, at);
  return 'added';
end $$;

-- Once a round, when the answer is there.
create function complaints.rate_by(code_hash text, wanted int, words text, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, complaints as $$
declare s complaints.submission; c complaints.case;
begin
  select * into s from complaints.submission where receipt_hash = code_hash;
  if s.id is null then return null; end if;
  select * into c from complaints.case where id = s.case_id;
  if c.status not in ('answered', 'closed', 'redirected', 'transferred') then return 'not-yet'; end if;
  insert into complaints.rating (submission_id, round, level, comment, rated_at) values (s.id, c.round, wanted, words, at) on conflict do nothing;
  return case when found then 'rated' else 'already-rated' end;
end $$;

-- Reopening, review, withdrawal: noted here, decided inside (take_up_wishes). The id comes from the form.
create function complaints.ask_by(code_hash text, wish uuid, wanted text, words text, facts boolean, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, complaints as $$
declare s uuid;
begin
  select id into s from complaints.submission where receipt_hash = code_hash;
  if s is null then return null; end if;
  insert into complaints.wish (id, submission_id, kind, text, new_facts, asked_at)
  values (wish, s, wanted::complaints.wish_kind, words, facts, at) on conflict do nothing;
  return case when found then 'noted' else 'known' end;
end $$;

-- How the complainant can be reached. A name can be given later and is not replaced; phone and address are what he says now.
create function complaints.contact_by(code_hash text, name text, phone text, phone_key text, address text, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, complaints as $$
declare s complaints.submission; w complaints.complainant; c complaints.case;
begin
  select * into s from complaints.submission where receipt_hash = code_hash for update;
  if s.id is null then return null; end if;
  insert into complaints.complainant as o (submission_id, name_sealed, phone_sealed, phone_index, address_sealed)
  values (s.id, name, phone, phone_key, address)
  on conflict (submission_id) do update set name_sealed = coalesce(o.name_sealed, excluded.name_sealed), phone_sealed = excluded.phone_sealed,
    phone_index = excluded.phone_index, address_sealed = excluded.address_sealed
  returning * into w;
  update complaints.submission set anonymous = (w.name_sealed is null and w.phone_sealed is null and w.address_sealed is null),
    reachable = channel = 'citizen_site' or (w.name_sealed is not null and coalesce(w.phone_sealed, w.address_sealed) is not null)
   where id = s.id;
  select * into c from complaints.case where id = s.case_id;
  insert into complaints.step (case_id, round, kind, at, detail)
  values (c.id, c.round, 'contact_changed', at, jsonb_build_object('submissionId', s.id));
  return 'changed';
end $$;

-- Published figures -----------------------------------------------------------------------------------------
-- One row a month, written when its minutes are signed and never again: rounded already, so that nothing else can leave.
create table complaints.published_month (
  period text primary key references complaints.month,
  published_at timestamptz not null,
  content jsonb not null
);
comment on table complaints.published_month is 'What the public page shows of a month. Each number was rounded by policy/complaints/disclosure.ts before it was written (b-22).';
create trigger append_only before update or delete on complaints.published_month for each row execute function platform.append_only();
create trigger no_truncate before truncate on complaints.published_month for each statement execute function platform.append_only();
alter table complaints.published_month enable row level security;
grant select, insert on complaints.published_month to jingmin_app;
grant select on complaints.published_month to jingmin_public;
create policy read on complaints.published_month for select using (true);
create policy publish on complaints.published_month for insert with check (
  ((select platform.actor_is_system()) or (select platform.actor_has('month.keep')) or (select platform.actor_has('month.chair')))
  and exists (select from complaints.month m where m.period = published_month.period and m.status = 'met'));

-- What is counted for it, with a fingerprint of what was counted: the same cases, the same fingerprint. Counted here because
-- whoever signs the minutes may not see accusations; he gets sums.
create function complaints.cell_print(id uuid) returns bigint
language sql immutable parallel safe set search_path = pg_catalog
as $$ select ('x' || encode(substring(sha256(uuid_send(id)) from 1 for 8), 'hex'))::bit(64)::bigint $$;

create function complaints.month_cells(wanted text) returns table (key text, count int, cases text)
language sql stable security definer set search_path = pg_catalog, complaints, platform as $$
  with span as (
    select m.from_day, m.cut_off + 1 as until from complaints.month m where m.period = wanted and m.status = 'met'
      and (platform.actor_is_system() or platform.actor_has('month.keep') or platform.actor_has('month.chair'))
  ), c as (
    select c.* from span, complaints.month_case m join complaints.case c on c.id = m.case_id where m.period = wanted and c.status <> 'merged'
  ), s as (
    -- The first submission of a case stands for the case, so that as many submissions as cases are the same number.
    select s.channel, case when row_number() over (partition by s.first_case_id order by s.received_at, s.id) = 1 then s.first_case_id else s.id end as id
    from span, complaints.month_case m join complaints.submission s on s.first_case_id = m.case_id where m.period = wanted
  ), style as (
    select c.id, t.tag from c cross join lateral (
      select g.style from complaints.coding g where g.case_id = c.id and g.stage = 'alleged' order by g.coder_id is null, g.coded_at limit 1
    ) g cross join lateral unnest(g.style) as t (tag)
  ), f as (
    select f.id, f.outcome from span, complaints.finding f where f.status in ('approved', 'appealed', 'upheld')
      and (f.approved_at at time zone 'Asia/Shanghai')::date >= span.from_day and (f.approved_at at time zone 'Asia/Shanghai')::date < span.until
  ), due as (
    select k.id, 'notice' as what, (k.noticed_at at time zone 'Asia/Shanghai')::date <= k.notice_due_on as kept
    from span, complaints.case k where k.notice_due_on >= span.from_day and k.notice_due_on < span.until and k.status <> 'merged'
      and exists (select from complaints.submission x where x.case_id = k.id and x.reachable)
    union all
    select k.id, 'finish', (coalesce(k.answered_at, k.closed_at) at time zone 'Asia/Shanghai')::date <= k.due_on
    from span, complaints.case k where k.due_on >= span.from_day and k.due_on < span.until and k.status not in ('merged', 'withdrawn', 'redirected', 'transferred')
  ), r as (
    select s.id, r.level from span, complaints.rating r join complaints.submission s on s.id = r.submission_id
    where (r.rated_at at time zone 'Asia/Shanghai')::date >= span.from_day and (r.rated_at at time zone 'Asia/Shanghai')::date < span.until
  ), counted (key, id) as (
    select 'submissions', id from s union all select 'channel.' || channel, id from s
    union all select 'cases', id from c union all select 'class.' || coalesce(class::text, 'unclassified'), id from c
    union all select 'style.' || tag, id from style
    union all select 'findings', id from f union all select 'outcome.' || outcome, id from f
    union all select what || '.due', id from due union all select what || case when kept then '.kept' else '.late' end, id from due
    union all select 'ratings', id from r union all select 'rating.' || level, id from r
  )
  select n.key, count(*)::int, bit_xor(complaints.cell_print(n.id))::text from counted n group by n.key
$$;

revoke execute on function complaints.online_by(text, timestamptz), complaints.save_online(uuid, text, text, timestamptz, timestamptz),
  complaints.add_online_file(text, uuid, text, text, bytea, int, bigint), complaints.drop_online_file(text, uuid),
  complaints.send_online(text, text, text, jsonb, timestamptz), complaints.progress_by(text), complaints.sent_by(text),
  complaints.add_by(text, uuid, text, timestamptz), complaints.add_file_by(text, uuid, uuid, text, text, bytea, timestamptz, int),
  complaints.rate_by(text, int, text, timestamptz), complaints.ask_by(text, uuid, text, text, boolean, timestamptz),
  complaints.contact_by(text, text, text, text, text, timestamptz), complaints.month_cells(text) from public;
grant execute on function complaints.month_cells(text) to jingmin_app;
-- Whoever holds the code acts from the internet side; the login of the officers' side, which can read the hashes, acts for nobody.
grant execute on function complaints.online_by(text, timestamptz), complaints.save_online(uuid, text, text, timestamptz, timestamptz),
  complaints.add_online_file(text, uuid, text, text, bytea, int, bigint), complaints.drop_online_file(text, uuid),
  complaints.send_online(text, text, text, jsonb, timestamptz), complaints.progress_by(text), complaints.sent_by(text),
  complaints.add_by(text, uuid, text, timestamptz), complaints.add_file_by(text, uuid, uuid, text, text, bytea, timestamptz, int),
  complaints.rate_by(text, int, text, timestamptz), complaints.ask_by(text, uuid, text, text, boolean, timestamptz),
  complaints.contact_by(text, text, text, text, text, timestamptz) to jingmin_public;
-- One door for reading and one for each act are enough.
drop function complaints.notices_by(text);
drop function complaints.looks_by(text);
drop function complaints.wish_by(text, text, text, boolean, timestamptz);
drop function complaints.wishes_by(text);
drop function complaints.submission_by(text);
