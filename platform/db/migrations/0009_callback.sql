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
  sent_at timestamptz,
  delivered_at timestamptz,
  remind_after timestamptz,
  reminded_at timestamptz,
  clarified_at timestamptz,
  answer_by timestamptz,
  closed_at timestamptz,
  contact_consent boolean,
  consent_at timestamptz,
  unique (purpose, subject_id, round),
  check (phone_sealed is not null or state in ('no_phone', 'answered', 'scheduled'))
);
comment on column callback.callback.officer_id is 'Who served, frozen when service ended (c-9); a trigger refuses any change.';
comment on column callback.callback.state is 'Delivery failed, no answer, opted out and answered are four different states (CB03).';
comment on column callback.callback.contact_consent is 'Asked apart from the rating; refusing it loses nothing (CB06).';
create index callback_due on callback.callback (send_after) where state = 'scheduled';
create index callback_remind on callback.callback (remind_after) where state in ('sent', 'delivered') and reminded_at is null;
create index callback_close on callback.callback (answer_by) where state in ('sent', 'delivered', 'unclear');
create index callback_phone on callback.callback (phone_index, sent_at desc) where state in ('sent', 'delivered', 'unclear', 'answered');
create index callback_unclear on callback.callback (answer_by) where state = 'unclear';
create index callback_finished on callback.callback (finished_at, unit_id);

create function callback.keep_attribution() returns trigger language plpgsql as $$
begin
  if new.officer_id <> old.officer_id or new.unit_id <> old.unit_id or new.counter_id is distinct from old.counter_id
     or new.finished_at <> old.finished_at or new.matter_id <> old.matter_id then
    raise exception 'who served is frozen when service ends' using errcode = 'restrict_violation';
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
  page_token_hash text,
  raw text not null,
  level int check (level between 1 and 5),
  reading jsonb not null default '{}',
  comment text check (length(comment) <= 1000),
  read_by uuid references directory.person,
  received_at timestamptz not null,
  check ((channel = 'sms') = (inbound_id is not null)),
  check ((channel = 'page') = (page_token_hash is not null)),
  check ((channel = 'desk_reading') = (reads_answer_id is not null and read_by is not null))
);
comment on table callback.answer is 'What the citizen said, word for word. Each row carries its proof: the inbound message, the page token, or the answer that a person read.';
create index answer_callback on callback.answer (callback_id, received_at);
create trigger append_only before update or delete on callback.answer for each row execute function platform.append_only();

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
create index rating_unit on callback.rating (unit_id, rated_at);
create index rating_officer on callback.rating (officer_id, rated_at);
create trigger append_only before update or delete on callback.rating for each row execute function platform.append_only();
create trigger no_truncate before truncate on callback.rating for each statement execute function platform.append_only();

create function callback.rate() returns trigger
language plpgsql security definer set search_path = pg_catalog, callback as $$
declare c callback.callback;
begin
  if new.level is null then return new; end if;
  select * into c from callback.callback where id = new.callback_id;
  if new.channel = 'page' and new.page_token_hash <> c.token_hash then
    raise exception 'this answer has no proof from the citizen''s side' using errcode = 'restrict_violation';
  end if;
  if new.channel = 'sms' and not exists (
    select from platform.inbound_message m where m.id = new.inbound_id and m.phone_index = c.phone_index) then
    raise exception 'this answer has no proof from the citizen''s side' using errcode = 'restrict_violation';
  end if;
  if new.channel = 'desk_reading' and not exists (
    select from callback.answer a where a.id = new.reads_answer_id and a.callback_id = new.callback_id
       and a.level is null and a.channel in ('sms', 'page')) then
    raise exception 'this answer has no proof from the citizen''s side' using errcode = 'restrict_violation';
  end if;
  if new.channel = 'desk_reading' and new.read_by = c.officer_id then
    raise exception 'nobody reads the answer about himself' using errcode = 'restrict_violation';
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

grant select, insert, update on callback.callback to jingmin_app;
grant select, insert on callback.answer, callback.opt_out to jingmin_app;
grant select on callback.rating to jingmin_app;
alter table callback.callback enable row level security;
alter table callback.answer enable row level security;
alter table callback.rating enable row level security;
alter table callback.opt_out enable row level security;
-- Only the independent desk, never about the own unit; the rated unit gets sums from callback.figures and nothing else (b-24).
create policy desk on callback.callback using (
  (select platform.actor_is_system())
  or ((select platform.actor_has('callback.read'))
      and officer_id is distinct from (select platform.actor_person())
      and not (unit_id = any ((select platform.actor_home_units())::uuid[]))));
-- Whoever finishes a matter schedules its question, without being able to look at it afterwards.
create policy schedule on callback.callback for insert with check ((select platform.actor_claims()) is not null);
create policy desk on callback.answer using (exists (select from callback.callback c where c.id = callback_id));
create policy desk on callback.rating for select using (exists (select from callback.callback c where c.id = callback_id));
create policy system_only on callback.opt_out using ((select platform.actor_is_system()));
create policy opt_out_read on callback.opt_out for select using ((select platform.actor_is_system()) or (select platform.actor_has('callback.read')));

-- Sums for a period: nobody is in them, small cells are not given out to the units themselves.
create function callback.figures(from_day date, until_day date, units uuid[])
returns table (unit_id uuid, due bigint, sent bigint, delivered bigint, failed bigint, no_phone bigint, opted_out bigint,
               answered bigint, level_1 bigint, level_2 bigint, level_3 bigint, level_4 bigint, level_5 bigint)
language sql stable security definer set search_path = pg_catalog, callback, platform as $$
  select c.unit_id, count(*), count(c.sent_at),
    count(*) filter (where c.delivered_at is not null), count(*) filter (where c.state = 'failed'),
    count(*) filter (where c.state = 'no_phone'), count(*) filter (where c.state = 'opted_out'),
    count(r.level), count(*) filter (where r.level = 1), count(*) filter (where r.level = 2),
    count(*) filter (where r.level = 3), count(*) filter (where r.level = 4), count(*) filter (where r.level = 5)
  from callback.callback c left join callback.rating r on r.callback_id = c.id
  where c.purpose = 'satisfaction'
    and c.finished_at >= from_day::timestamp at time zone 'Asia/Shanghai'
    and c.finished_at < until_day::timestamp at time zone 'Asia/Shanghai'
    and c.unit_id = any (units) and c.unit_id = any (platform.actor_units('figures.read'))
  group by c.unit_id
$$;

-- The page behind the link in the message: the token is the only key, and it opens one question.
create function callback.by_token(hash text) returns jsonb
language sql stable security definer set search_path = pg_catalog, callback as $$
  select jsonb_build_object('id', c.id, 'purpose', c.purpose, 'state', c.state, 'answer_by', c.answer_by, 'item_code', c.item_code,
    'finished_on', (c.finished_at at time zone 'Asia/Shanghai')::date, 'unit_id', c.unit_id, 'contact_consent', c.contact_consent,
    'answered', exists (select from callback.rating r where r.callback_id = c.id))
  from callback.callback c where c.token_hash = hash
$$;
revoke execute on function callback.by_token(text), callback.figures(date, date, uuid[]) from public;
grant execute on function callback.by_token(text) to jingmin_public, jingmin_app;
grant execute on function callback.figures(date, date, uuid[]) to jingmin_app;

-- Ratings whose consequence is still to be drawn: opened orders, closed second opinions. The worker empties it.
create table callback.follow_up (
  callback_id uuid primary key references callback.callback,
  level int not null,
  at timestamptz not null
);
grant select, insert, delete on callback.follow_up to jingmin_app;

create function callback.after_rating() returns trigger
language plpgsql security definer set search_path = pg_catalog, callback as $$
begin
  insert into callback.follow_up (callback_id, level, at) values (new.callback_id, new.level, new.rated_at);
  update callback.callback set state = 'answered', closed_at = new.rated_at where id = new.callback_id;
  return new;
end $$;
create trigger after_rating after insert on callback.rating for each row execute function callback.after_rating();

create function callback.answer_by_token(answer_id uuid, hash text, wanted int, words text, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, callback as $$
declare c callback.callback;
begin
  select * into c from callback.callback where token_hash = hash for update;
  if c.id is null then return 'not-found'; end if;
  if exists (select from callback.rating r where r.callback_id = c.id) then return 'already-answered'; end if;
  if c.answer_by is not null and at >= c.answer_by then return 'too-late'; end if;
  if wanted is null or wanted not between 1 and 5 then return 'no-level'; end if;
  insert into callback.answer (id, callback_id, channel, page_token_hash, raw, level, reading, comment, received_at)
  values (answer_id, c.id, 'page', hash, wanted::text, wanted, jsonb_build_object('level', wanted), nullif(words, ''), at);
  return 'answered';
end $$;

create function callback.consent_by_token(hash text, agreed boolean, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, callback as $$
begin
  update callback.callback set contact_consent = agreed, consent_at = at
   where token_hash = hash and state = 'answered' and contact_consent is null;
  return case when found then 'noted' else 'not-found' end;
end $$;
revoke execute on function callback.answer_by_token(uuid, text, int, text, timestamptz), callback.consent_by_token(text, boolean, timestamptz) from public;
grant execute on function callback.answer_by_token(uuid, text, int, text, timestamptz), callback.consent_by_token(text, boolean, timestamptz) to jingmin_public, jingmin_app;
