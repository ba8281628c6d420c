-- The call-back (R52): one question a finished matter, by text message or on a page of one screen.
-- Nothing but the citizen's own answer creates a rating: ratings are written by a trigger from an answer, by nobody else.
create schema callback;
grant usage on schema callback to jingmin_app, jingmin_public;

create type callback.state as enum (
  'scheduled', 'sent', 'delivered', 'failed', 'answered', 'unclear', 'no_answer', 'opted_out', 'no_phone'
);
create type callback.purpose as enum ('satisfaction', 'second_opinion');
create type callback.channel as enum ('sms', 'page', 'desk_reading');

create table callback.callback (
  id uuid primary key,
  purpose callback.purpose not null,
  subject_id uuid not null,
  round int not null default 1,
  matter_id uuid not null references service_window.matter,
  officer_id uuid not null references directory.person,
  unit_id uuid not null references directory.unit,
  counter_id uuid references directory.counter,
  item_code text,
  finished_at timestamptz not null,
  phone_sealed text,
  phone_index text,
  token_hash text not null unique,
  token_sealed text not null,
  state callback.state not null default 'scheduled',
  send_after timestamptz not null,
  queued_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  remind_after timestamptz,
  reminded_at timestamptz,
  clarified_at timestamptz,
  answer_by timestamptz,
  closed_at timestamptz,
  consent_asked_at timestamptz,
  contact_consent boolean,
  consent_at timestamptz,
  unique (purpose, subject_id, round),
  check ((phone_sealed is null) = (phone_index is null)),
  check (phone_sealed is not null or state in ('no_phone', 'answered'))
);
comment on column callback.callback.subject_id is 'The matter, or for a second opinion the supervision order.';
comment on column callback.callback.officer_id is 'Who served, frozen when service ended (c-9); a trigger refuses any change.';
comment on column callback.callback.token_hash is 'SHA-256 of the page key; the key is the keyed hash of the token in the link. Who reads this table cannot answer for a citizen.';
comment on column callback.callback.state is 'Delivery failed, no answer, opted out and answered are four different states (CB03).';
comment on column callback.callback.queued_at is 'When the message was put in line; "sent" is when the gateway took it.';
comment on column callback.callback.contact_consent is 'Asked apart from the rating; refusing it loses nothing (CB06).';
create index callback_due on callback.callback (send_after) where state = 'scheduled' and queued_at is null;
create index callback_unsettled on callback.callback (sent_at) where answer_by is null and sent_at is not null;
create index callback_remind on callback.callback (remind_after) where state in ('sent', 'delivered') and reminded_at is null;
create index callback_close on callback.callback (answer_by) where state in ('sent', 'delivered');
create index callback_phone on callback.callback (phone_index, queued_at desc) where phone_index is not null;
create index callback_unclear on callback.callback (answer_by) where state = 'unclear' and closed_at is null;
create index callback_finished on callback.callback (finished_at, unit_id);
create index callback_matter on callback.callback (matter_id);

create function callback.keep_attribution() returns trigger language plpgsql as $$
begin
  if new.officer_id <> old.officer_id or new.unit_id <> old.unit_id or new.counter_id is distinct from old.counter_id
     or new.finished_at <> old.finished_at or new.matter_id <> old.matter_id or new.item_code is distinct from old.item_code
     or new.purpose <> old.purpose or new.subject_id <> old.subject_id or new.round <> old.round then
    raise exception 'who served is frozen when service ends' using errcode = 'restrict_violation';
  end if;
  if new.token_hash <> old.token_hash then
    raise exception 'the link in the message does not change' using errcode = 'restrict_violation';
  end if;
  if old.state = 'answered' and new.state <> 'answered' then
    raise exception 'an answer is not taken back' using errcode = 'restrict_violation';
  end if;
  if new.state = 'answered' and old.state <> 'answered'
     and not exists (select from callback.rating r where r.callback_id = new.id) then
    raise exception 'silence is not an answer' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_attribution before update on callback.callback for each row execute function callback.keep_attribution();

create table callback.answer (
  id uuid primary key,
  callback_id uuid not null references callback.callback,
  channel callback.channel not null,
  inbound_id uuid unique references platform.inbound_message,
  reads_answer_id uuid unique references callback.answer,
  page_key text,
  raw text not null,
  level int check (level between 1 and 5),
  reading jsonb not null default '{}',
  comment text check (length(comment) <= 1000),
  read_by uuid references directory.person,
  read_at timestamptz,
  received_at timestamptz not null,
  check ((channel = 'sms') = (inbound_id is not null)),
  check ((channel = 'page') = (page_key is not null)),
  check ((channel = 'desk_reading') = (reads_answer_id is not null and read_by is not null and read_at is not null))
);
comment on table callback.answer is 'What the citizen said, word for word. Each row carries its proof: the inbound message, the key of the page, or the answer that a person read.';
comment on column callback.answer.received_at is 'When the citizen''s words arrived; for a desk reading that of the words read, because the clock of R53 runs from there (A9).';
create index answer_callback on callback.answer (callback_id, received_at);
create trigger append_only before update or delete on callback.answer for each row execute function platform.append_only();
create trigger no_truncate before truncate on callback.answer for each statement execute function platform.append_only();

create table callback.rating (
  callback_id uuid primary key references callback.callback,
  answer_id uuid not null unique references callback.answer,
  level int not null check (level between 1 and 5),
  purpose callback.purpose not null,
  officer_id uuid not null references directory.person,
  unit_id uuid not null references directory.unit,
  counter_id uuid references directory.counter,
  item_code text,
  rated_at timestamptz not null
);
comment on table callback.rating is 'One matter, one rating. No role may insert here: the trigger on callback.answer does (b-6).';
comment on column callback.rating.level is 'The digit of the message: 5 very satisfied … 1 very dissatisfied.';
create index rating_unit on callback.rating (unit_id, rated_at);
create index rating_officer on callback.rating (officer_id, rated_at);
create trigger append_only before update or delete on callback.rating for each row execute function platform.append_only();
create trigger no_truncate before truncate on callback.rating for each statement execute function platform.append_only();

create function callback.refuse_proof() returns void language plpgsql as $$
begin
  raise exception 'this answer has no proof from the citizen''s side' using errcode = 'restrict_violation';
end $$;

create function callback.rate() returns trigger
language plpgsql security definer set search_path = pg_catalog, callback, directory as $$
declare
  c callback.callback;
  base callback.answer;
begin
  select * into c from callback.callback where id = new.callback_id for update;
  if new.channel = 'page' and encode(sha256(convert_to(new.page_key, 'UTF8')), 'hex') <> c.token_hash then
    perform callback.refuse_proof();
  end if;
  if new.channel = 'sms' and not exists (
    select from platform.inbound_message m where m.id = new.inbound_id and m.phone_index = c.phone_index and m.body = new.raw) then
    perform callback.refuse_proof();
  end if;
  if new.channel = 'desk_reading' then
    select * into base from callback.answer a where a.id = new.reads_answer_id and a.callback_id = new.callback_id
       and a.level is null and a.channel = 'sms' and a.raw = new.raw and a.received_at = new.received_at;
    if base.id is null then perform callback.refuse_proof(); end if;
    if new.read_by = c.officer_id
       or c.unit_id = any (directory.unit_chain((select p.unit_id from directory.person p where p.id = new.read_by))) then
      raise exception 'nobody reads the answer about himself or his own unit' using errcode = 'restrict_violation';
    end if;
    if new.level is null then
      update callback.callback set closed_at = new.read_at where id = c.id and state = 'unclear';
      return new;
    end if;
  end if;
  if new.level is null then return new; end if;
  if c.answer_by is not null and new.received_at >= c.answer_by then
    raise exception 'an answer after the period is kept and not rated' using errcode = 'restrict_violation';
  end if;
  insert into callback.rating (callback_id, answer_id, level, purpose, officer_id, unit_id, counter_id, item_code, rated_at)
  values (c.id, new.id, new.level, c.purpose, c.officer_id, c.unit_id, c.counter_id, c.item_code, new.received_at)
  on conflict (callback_id) do nothing;
  return new;
end $$;
create trigger rate after insert on callback.answer for each row execute function callback.rate();

create table callback.opt_out (
  phone_index text primary key,
  at timestamptz not null,
  inbound_id uuid references platform.inbound_message
);

-- Consequences still to be drawn: orders to open, second opinions and consents to pass on. The worker empties it.
create table callback.follow_up (
  callback_id uuid not null references callback.callback,
  kind text not null check (kind in ('rating', 'consent')),
  at timestamptz not null,
  primary key (callback_id, kind)
);
create index follow_up_at on callback.follow_up (at);

create function callback.after_rating() returns trigger
language plpgsql security definer set search_path = pg_catalog, callback as $$
begin
  insert into callback.follow_up (callback_id, kind, at) values (new.callback_id, 'rating', new.rated_at);
  update callback.callback set state = 'answered', closed_at = new.rated_at where id = new.callback_id;
  update platform.outbound_message set state = 'cancelled'
   where subject_id = new.callback_id and purpose in ('callback.first', 'callback.reminder', 'callback.clarify') and state = 'waiting';
  return new;
end $$;
create trigger after_rating after insert on callback.rating for each row execute function callback.after_rating();

create function callback.after_consent() returns trigger
language plpgsql security definer set search_path = pg_catalog, callback as $$
begin
  insert into callback.follow_up (callback_id, kind, at) values (new.id, 'consent', new.consent_at)
  on conflict (callback_id, kind) do nothing;
  return new;
end $$;
create trigger after_consent after update of contact_consent on callback.callback for each row
  when (new.contact_consent is distinct from old.contact_consent) execute function callback.after_consent();

-- What became of the message is what became of the question. A receipt that overtakes or contradicts another one
-- changes nothing that is further on: delivered outranks failed, an answer outranks both.
create function callback.follow_message() returns trigger
language plpgsql security definer set search_path = pg_catalog, callback as $$
begin
  if new.state in ('sent', 'delivered') then
    update callback.callback c set sent_at = coalesce(c.sent_at, new.sent_at),
      delivered_at = coalesce(c.delivered_at, new.delivered_at),
      closed_at = case when c.state = 'failed' then null else c.closed_at end,
      state = case when c.state in ('scheduled', 'failed') or (c.state = 'sent' and new.state = 'delivered')
                   then new.state::text::callback.state else c.state end
    where c.id = new.subject_id;
  else
    update callback.callback c set state = 'failed', closed_at = new.failed_at
    where c.id = new.subject_id and c.state in ('scheduled', 'sent');
  end if;
  return new;
end $$;
create trigger callback_follow_message after update of state on platform.outbound_message for each row
  when (new.purpose = 'callback.first' and new.state is distinct from old.state and new.state in ('sent', 'delivered', 'failed'))
  execute function callback.follow_message();

grant select, insert, update on callback.callback to jingmin_app;
grant select, insert on callback.answer, callback.opt_out to jingmin_app;
grant select on callback.rating to jingmin_app;
grant select, insert, delete on callback.follow_up to jingmin_app;
alter table callback.callback enable row level security;
alter table callback.answer enable row level security;
alter table callback.rating enable row level security;
alter table callback.opt_out enable row level security;
alter table callback.follow_up enable row level security;
-- Only the independent desk, never about the own unit; the rated unit gets sums from callback.figures and nothing else (b-24).
create policy desk on callback.callback for select using (
  (select platform.actor_is_system())
  or ((select platform.actor_has('callback.read'))
      and officer_id is distinct from (select platform.actor_person())
      and not (unit_id = any ((select supervision.kept_from())::uuid[]))));
create policy system_changes on callback.callback for update using ((select platform.actor_is_system()));
-- Whoever finishes a matter schedules its question, without being able to look at it afterwards.
create policy schedule on callback.callback for insert with check (
  (select platform.actor_claims()) is not null and state in ('scheduled', 'no_phone', 'opted_out')
  and queued_at is null and sent_at is null and answer_by is null and contact_consent is null);
create policy desk on callback.answer for select using (exists (select from callback.callback c where c.id = callback_id));
create policy reply on callback.answer for insert with check ((select platform.actor_is_system()) and channel = 'sms');
create policy interpret on callback.answer for insert with check (
  channel = 'desk_reading' and (select platform.actor_has('callback.interpret')) and read_by = (select platform.actor_person())
  and exists (select from callback.callback c where c.id = callback_id));
create policy desk on callback.rating for select using (exists (select from callback.callback c where c.id = callback_id));
create policy system_only on callback.opt_out using ((select platform.actor_is_system()));
create policy opt_out_read on callback.opt_out for select using ((select platform.actor_has('callback.read')));
create policy system_only on callback.follow_up using ((select platform.actor_is_system()));

create function callback.is_opted_out(indexes text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, callback as
$$ select exists (select from callback.opt_out where phone_index = any (indexes)) $$;

-- Sums for a period: nobody is in them. To a viewer whose reach is not the whole bureau the levels are given only where
-- they tell on nobody: whole months that are over, no question of them still open, and in none of them 1 to smallest - 1
-- answers, so that no two periods differ by a few people (b-24, T15).
create function callback.figures(from_day date, until_day date, units uuid[], today date, smallest int)
returns table (unit_id uuid, due bigint, sent bigint, delivered bigint, failed bigint, no_phone bigint, opted_out bigint,
               no_answer bigint, unclear bigint, open bigint, asked bigint, answered bigint,
               level_1 bigint, level_2 bigint, level_3 bigint, level_4 bigint, level_5 bigint, withheld text)
language sql stable security definer set search_path = pg_catalog, callback, platform as $$
  with viewer as (
    select coalesce(c->>'k' = 'system' or c->'g'->'figures.read' @> '["*"]', false) as bureau from platform.actor_claims() as c
  ), month as (
    select c.unit_id, date_trunc('month', c.finished_at at time zone 'Asia/Shanghai') as month,
      count(*) as due, count(c.sent_at) as sent, count(c.delivered_at) as delivered,
      count(*) filter (where c.state = 'failed') as failed, count(*) filter (where c.state = 'no_phone') as no_phone,
      count(*) filter (where c.state = 'opted_out') as opted_out, count(*) filter (where c.state = 'no_answer') as no_answer,
      count(*) filter (where c.state = 'unclear') as unclear,
      count(*) filter (where c.state in ('scheduled', 'sent', 'delivered') or (c.state = 'unclear' and c.closed_at is null)) as open,
      count(*) filter (where c.sent_at is not null or r.level is not null) as asked, count(r.level) as answered,
      count(*) filter (where r.level = 1) as l1, count(*) filter (where r.level = 2) as l2,
      count(*) filter (where r.level = 3) as l3, count(*) filter (where r.level = 4) as l4, count(*) filter (where r.level = 5) as l5
    from callback.callback c left join callback.rating r on r.callback_id = c.id
    where c.purpose = 'satisfaction'
      and c.finished_at >= from_day::timestamp at time zone 'Asia/Shanghai'
      and c.finished_at < until_day::timestamp at time zone 'Asia/Shanghai'
      and c.unit_id = any (units) and c.unit_id = any ((select platform.actor_units('figures.read'))::uuid[])
    group by 1, 2
  ), unit as (
    select m.unit_id, sum(m.due)::bigint as due, sum(m.sent)::bigint as sent, sum(m.delivered)::bigint as delivered,
      sum(m.failed)::bigint as failed, sum(m.no_phone)::bigint as no_phone, sum(m.opted_out)::bigint as opted_out,
      sum(m.no_answer)::bigint as no_answer, sum(m.unclear)::bigint as unclear, sum(m.open)::bigint as open,
      sum(m.asked)::bigint as asked, sum(m.answered)::bigint as answered,
      sum(m.l1)::bigint as l1, sum(m.l2)::bigint as l2, sum(m.l3)::bigint as l3, sum(m.l4)::bigint as l4, sum(m.l5)::bigint as l5,
      case
        when (select bureau from viewer) then null
        when extract(day from from_day) <> 1 or extract(day from until_day) <> 1 then 'whole-months-only'
        when until_day > date_trunc('month', today) or sum(m.open) > 0 then 'answers-still-open'
        when sum(m.answered) < greatest(smallest, 5) or bool_or(m.answered between 1 and greatest(smallest, 5) - 1) then 'few-answers'
      end as withheld
    from month m group by m.unit_id
  )
  select u.unit_id, u.due, u.sent, u.delivered, u.failed, u.no_phone, u.opted_out, u.no_answer, u.unclear, u.open, u.asked, u.answered,
    case when u.withheld is null then u.l1 end, case when u.withheld is null then u.l2 end, case when u.withheld is null then u.l3 end,
    case when u.withheld is null then u.l4 end, case when u.withheld is null then u.l5 end, u.withheld
  from unit u
$$;

-- The page behind the link in the message. `key` is the keyed hash of the token, which only the serving process can
-- make from the token; the table keeps the hash of the key. It opens one question.
create function callback.hash_of(key text) returns text
language sql immutable parallel safe set search_path = pg_catalog as $$ select encode(sha256(convert_to(key, 'UTF8')), 'hex') $$;

create function callback.by_token(key text) returns jsonb
language sql stable security definer set search_path = pg_catalog, callback as $$
  select jsonb_build_object('id', c.id, 'purpose', c.purpose, 'state', c.state, 'answer_by', c.answer_by, 'item_code', c.item_code,
    'finished_on', (c.finished_at at time zone 'Asia/Shanghai')::date, 'unit_id', c.unit_id, 'contact_consent', c.contact_consent,
    'level', (select r.level from callback.rating r where r.callback_id = c.id),
    -- The second question shows what the desk answered: one cannot judge what one has not read.
    'answer', case when c.purpose = 'second_opinion' then
      (select o.answer_to_citizen from supervision.order o where o.id = c.subject_id and o.round = c.round) end)
  from callback.callback c where c.token_hash = callback.hash_of(key)
$$;

create function callback.answer_by_token(answer_id uuid, key text, wanted int, words text, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, callback as $$
declare c callback.callback;
begin
  select * into c from callback.callback where token_hash = callback.hash_of(key) for update;
  if c.id is null then return 'not-found'; end if;
  if exists (select from callback.rating r where r.callback_id = c.id) then return 'already-answered'; end if;
  if c.answer_by is not null and at >= c.answer_by then return 'too-late'; end if;
  if wanted is null or wanted not between 1 and 5 then return 'no-level'; end if;
  insert into callback.answer (id, callback_id, channel, page_key, raw, level, reading, comment, received_at)
  values (answer_id, c.id, 'page', key, wanted::text, wanted, jsonb_build_object('level', wanted), nullif(words, ''), at);
  return 'answered';
end $$;

-- Asked apart from the rating; can be given and withdrawn as long as the link is kept.
create function callback.consent_by_token(key text, agreed boolean, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, callback as $$
begin
  update callback.callback set contact_consent = agreed, consent_at = at
   where token_hash = callback.hash_of(key) and state = 'answered';
  return case when found then 'noted' else 'not-found' end;
end $$;

revoke execute on function callback.figures(date, date, uuid[], date, int), callback.is_opted_out(text[]), callback.by_token(text),
  callback.answer_by_token(uuid, text, int, text, timestamptz), callback.consent_by_token(text, boolean, timestamptz) from public;
grant execute on function callback.figures(date, date, uuid[], date, int), callback.is_opted_out(text[]) to jingmin_app;
grant execute on function callback.by_token(text), callback.answer_by_token(uuid, text, int, text, timestamptz),
  callback.consent_by_token(text, boolean, timestamptz) to jingmin_public, jingmin_app;
