-- Roles, the actor that an injected statement cannot forge, idempotency, settings, messages.
-- The migrating user owns everything. jingmin_app serves, jingmin_public answers the internet:
-- neither owns a table, neither bypasses row-level security.
do $$
begin
  if not exists (select from pg_roles where rolname = 'jingmin_app') then create role jingmin_app login; end if;
  if not exists (select from pg_roles where rolname = 'jingmin_public') then create role jingmin_public login; end if;
end $$;

create extension if not exists btree_gist;

create schema if not exists platform;
revoke create on schema public from public;
grant usage on schema platform to jingmin_app, jingmin_public;

create table platform.secret (
  name text primary key,
  value bytea not null
);
comment on table platform.secret is 'Keys that only definer functions read. No serving role has any right on it.';

-- The actor --------------------------------------------------------------------------------------
-- The serving process puts a token into the setting jingmin.actor at the start of each transaction:
--   base64(claims json) || '.' || hex signature
-- claims: k kind (person|citizen|system), p person id, n session nonce, g {permission: [unit ids] | ["*"]},
--         h home units (chain of the person's own unit), x expiry (epoch seconds), d backend pid
-- Signed with sha256(key || sha256(key || claims)). A setting alone is no identity: anyone can set one.

create function platform.actor_claims() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, platform as $$
declare
  token text := current_setting('jingmin.actor', true);
  body bytea;
  key bytea;
  claims jsonb;
begin
  if token is null or token = '' or strpos(token, '.') = 0 then return null; end if;
  select value into key from platform.secret where name = 'actor';
  if key is null then return null; end if;
  body := decode(split_part(token, '.', 1), 'base64');
  if encode(sha256(key || sha256(key || body)), 'hex') <> split_part(token, '.', 2) then return null; end if;
  claims := convert_from(body, 'UTF8')::jsonb;
  if (claims->>'d')::int is distinct from pg_backend_pid() then return null; end if;
  if (claims->>'x')::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  return claims;
exception when others then
  return null;
end $$;

create function platform.actor_kind() returns text
language sql stable security definer set search_path = pg_catalog, platform as
$$ select platform.actor_claims()->>'k' $$;

create function platform.actor_person() returns uuid
language sql stable security definer set search_path = pg_catalog, platform as
$$ select (platform.actor_claims()->>'p')::uuid $$;

create function platform.actor_is_system() returns boolean
language sql stable security definer set search_path = pg_catalog, platform as
$$ select coalesce(platform.actor_claims()->>'k' = 'system', false) $$;

create function platform.actor_has(permission text) returns boolean
language sql stable security definer set search_path = pg_catalog, platform as
$$ select coalesce(c->>'k' = 'system' or c->'g' ? permission, false) from platform.actor_claims() as c $$;

create function platform.actor_home_units() returns uuid[]
language sql stable security definer set search_path = pg_catalog, platform as
$$ select coalesce(array(select jsonb_array_elements_text(platform.actor_claims()->'h')::uuid), '{}') $$;

-- Requests that act twice have one effect ----------------------------------------------------------
create table platform.attempt (
  actor text not null,
  attempt uuid not null,
  endpoint text not null,
  request_hash text not null,
  reply jsonb,
  at timestamptz not null,
  primary key (actor, attempt)
);
comment on table platform.attempt is 'One row per form submission, in the same transaction as its effect; a repeat gets the stored reply.';
create index attempt_at on platform.attempt (at);
grant select, insert, update, delete on platform.attempt to jingmin_app;

-- Settings of this bureau (name, phones, footer); demo clock -----------------------------------------
create table platform.setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null
);
grant select, insert, update on platform.setting to jingmin_app;
grant select on platform.setting to jingmin_public;

-- Numbers that must run without gaps within their year or day ------------------------------------------
create table platform.number_series (
  series text primary key,
  last bigint not null check (last > 0)
);
grant select, insert, update on platform.number_series to jingmin_app;

create function platform.next_number(wanted text) returns bigint
language sql volatile set search_path = pg_catalog, platform as
$$ insert into platform.number_series (series, last) values (wanted, 1)
   on conflict (series) do update set last = number_series.last + 1 returning last $$;

-- Search: every single character and every pair of neighbours, so that any fragment of Chinese text is found ----
create function platform.grams(source text) returns text[]
language plpgsql immutable parallel safe set search_path = pg_catalog as $$
declare
  word text;
  found text[] := '{}';
  n int;
begin
  foreach word in array regexp_split_to_array(lower(source), '[^[:alnum:]·]+') loop
    n := length(word);
    for i in 1..n loop
      found := found || substr(word, i, 1);
      if i < n then found := found || substr(word, i, 2); end if;
    end loop;
  end loop;
  return array(select distinct g from unnest(found) as g where g <> '');
end $$;

create function platform.search_grams(fragment text) returns text[]
language plpgsql immutable parallel safe set search_path = pg_catalog as $$
declare
  word text;
  found text[] := '{}';
  n int;
begin
  foreach word in array regexp_split_to_array(lower(fragment), '[^[:alnum:]·]+') loop
    n := length(word);
    if n = 1 then found := found || word; end if;
    for i in 1..n - 1 loop found := found || substr(word, i, 2); end loop;
  end loop;
  return array(select distinct g from unnest(found) as g where g <> '');
end $$;

-- Messages: claimed before the gateway is called; "unknown" is a state --------------------------------
create type platform.message_state as enum ('waiting', 'claimed', 'sent', 'delivered', 'failed', 'unknown', 'cancelled');

create table platform.outbound_message (
  id uuid primary key,
  purpose text not null,
  subject_id uuid not null,
  phone_sealed text not null,
  phone_index text not null,
  body text not null check (length(body) between 1 and 500),
  state platform.message_state not null default 'waiting',
  try int not null default 0,
  asks int not null default 0,
  next_try_at timestamptz not null,
  not_after timestamptz,
  daily_from time,
  daily_until time,
  gateway_ref text,
  failure text,
  created_at timestamptz not null,
  claimed_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  failed_at timestamptz,
  unique (purpose, subject_id),
  check ((daily_from is null) = (daily_until is null) and daily_from < daily_until)
);
comment on column platform.outbound_message.purpose is 'One message per purpose and subject: callback.first, callback.reminder, callback.clarify, … cannot be sent twice.';
comment on column platform.outbound_message.try is 'How often it was claimed. An answer is recorded only for the try that asked.';
comment on column platform.outbound_message.asks is 'How often the gateway was asked what became of it.';
comment on column platform.outbound_message.not_after is 'A message that could not leave by then has failed: it would say something that is no longer true.';
comment on column platform.outbound_message.daily_from is 'Hours of Asia/Shanghai in which it may leave (R52: 09:00–20:00); null for an answer to a message just received.';
create index outbound_message_due on platform.outbound_message (next_try_at) where state in ('waiting', 'claimed', 'unknown');
create index outbound_message_created on platform.outbound_message (created_at);
create index outbound_message_phone on platform.outbound_message (phone_index) where state = 'waiting';

create table platform.inbound_message (
  id uuid primary key,
  gateway_ref text not null unique,
  phone_sealed text not null,
  phone_index text not null,
  body text not null,
  received_at timestamptz not null,
  proof_sealed text,
  handled_at timestamptz
);
comment on column platform.inbound_message.proof_sealed is 'The call as the gateway signed it, sealed. An audit that has the gateway''s key recomputes the signature (b-6); null from the simulated gateway.';
comment on column platform.inbound_message.gateway_ref is 'The gateway''s id: a reply delivered twice is one row.';
comment on column platform.inbound_message.received_at is 'When the platform received it, by the platform''s clock: deadlines start here (A9).';
create index inbound_message_open on platform.inbound_message (received_at) where handled_at is null;

create function platform.keep_inbound() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'what a citizen wrote stays' using errcode = 'restrict_violation'; end if;
  if new.id <> old.id or new.gateway_ref <> old.gateway_ref or new.body <> old.body or new.received_at <> old.received_at then
    raise exception 'what a citizen wrote does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_inbound before update or delete on platform.inbound_message
  for each row execute function platform.keep_inbound();

-- Calls of the gateway carry a nonce; the same call a second time has no second effect.
create table platform.gateway_nonce (
  nonce text primary key check (length(nonce) between 16 and 64),
  at timestamptz not null
);
create index gateway_nonce_at on platform.gateway_nonce (at);

alter table platform.outbound_message enable row level security;
alter table platform.inbound_message enable row level security;
alter table platform.gateway_nonce enable row level security;
grant select, insert, update on platform.outbound_message, platform.inbound_message to jingmin_app;
grant select, insert, delete on platform.gateway_nonce to jingmin_app;
create policy system_only on platform.outbound_message using ((select platform.actor_is_system()));
-- Whoever does something that the citizen must be told of puts the message in line; he cannot look at it afterwards.
create policy enqueue on platform.outbound_message for insert with check (
  (select platform.actor_claims()) is not null and state = 'waiting' and try = 0 and sent_at is null and gateway_ref is null);
create policy system_only on platform.inbound_message using ((select platform.actor_is_system()));
create policy system_only on platform.gateway_nonce using ((select platform.actor_is_system()));

-- The queue's health for the desk: counts, and nothing of whom they concern.
create function platform.message_health(now_is timestamptz)
returns table (waiting bigint, late bigint, oldest timestamptz, unknown bigint, failed_week bigint, sent_week bigint)
language sql stable security definer set search_path = pg_catalog, platform as $$
  select count(*) filter (where state in ('waiting', 'claimed')),
    count(*) filter (where state in ('waiting', 'claimed') and next_try_at < now_is - interval '1 minute'),
    min(created_at) filter (where state in ('waiting', 'claimed', 'unknown')),
    count(*) filter (where state = 'unknown'),
    count(*) filter (where state = 'failed'),
    count(*) filter (where state in ('sent', 'delivered'))
  from platform.outbound_message
  where platform.actor_has('messages.read')
    and (state in ('waiting', 'claimed', 'unknown') or created_at >= now_is - interval '7 days')
$$;
revoke execute on function platform.message_health(timestamptz) from public;
grant execute on function platform.message_health(timestamptz) to jingmin_app;

-- Daily figures as deltas: writers only append, a job folds them -----------------------------------------
create table platform.figure_delta (
  id bigint generated always as identity primary key,
  day date not null,
  unit_id uuid not null,
  item_code text not null default '',
  measure text not null,
  amount bigint not null
);
create table platform.figure (
  day date not null,
  unit_id uuid not null,
  item_code text not null default '',
  measure text not null,
  amount bigint not null,
  primary key (measure, day, unit_id, item_code)
);
comment on table platform.figure is 'Folded counts per day, unit and item. Sum with figure_delta for the truth of this moment.';
grant select, insert, update, delete on platform.figure_delta, platform.figure to jingmin_app;

create function platform.append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_schema || '.' || tg_table_name using errcode = 'restrict_violation';
end $$;
