-- Accounts, sessions and second factors. Field names are mapped in platform/auth/library.ts.
-- No right for jingmin_public: the public site has no accounts.
create schema auth;
grant usage on schema auth to jingmin_app;

create table auth."user" (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null unique references directory.person (id),
  police_no text not null unique check (police_no = lower(police_no)),
  police_no_shown text not null,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  must_change_password boolean not null default false,
  password_changed_at timestamptz not null,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column auth."user".police_no is 'As typed at sign-in, in lower case; police_no_shown keeps the case it was given in.';
comment on column auth."user".email is 'The library wants a unique label and writes it into the authenticator app; it holds the police number. Nobody is mailed.';

create table auth.session (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth."user" (id) on delete cascade,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  signed_in_at timestamptz not null,
  last_seen_at timestamptz not null,
  second_factor_at timestamptz,
  confirmed_at timestamptz not null,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_by_user on auth.session (user_id);
comment on column auth.session.token_hash is 'SHA-256 of the 256-bit token in the cookie. The check refuses a token stored as it is.';
comment on column auth.session.confirmed_at is 'When this session last proved the password: identity views and deductions ask for it anew.';
comment on column auth.session.expires_at is 'The library''s own limit by the machine''s clock. Idle and absolute ends follow from last_seen_at and signed_in_at.';

create table auth.account (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth."user" (id) on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text check (password like '$argon2id$%'),
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index account_user on auth.account (user_id);
comment on table auth.account is 'How a user may prove who he is: provider ''credential'' is the password; a certificate provider would add rows here.';

create table auth.verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on auth.verification (identifier);
comment on table auth.verification is 'Sign-ins that wait for the second factor. The identifier is stored hashed.';

create table auth.two_factor (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null unique references auth."user" (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);
comment on table auth.two_factor is 'Secret and backup codes are encrypted with a key that is not in the database.';

create table auth.spent_code (
  user_id uuid not null references auth."user" (id) on delete cascade,
  code_hash text not null,
  spent_at timestamptz not null,
  primary key (user_id, code_hash)
);
comment on table auth.spent_code is 'A one-time code works once (RFC 6238, 5.2), also within the seconds in which it is still current.';

create table auth.lockout (
  number_hash text primary key,
  failures integer not null check (failures > 0),
  last_failed_at timestamptz not null,
  locked_until timestamptz
);
comment on table auth.lockout is 'Failures by keyed hash of what was typed, whether or not such a number exists: people type passwords into that field.';

create table auth.password_history (
  user_id uuid not null references auth."user" (id) on delete cascade,
  password text not null check (password like '$argon2id$%'),
  set_at timestamptz not null,
  primary key (user_id, set_at)
);

-- An account cannot be moved to another person or number, and not be deleted: only what changes in use is granted.
grant select, insert on auth."user", auth.account to jingmin_app;
grant update (name, two_factor_enabled, must_change_password, password_changed_at, disabled_at, updated_at)
  on auth."user" to jingmin_app;
grant update (password, updated_at) on auth.account to jingmin_app;
grant select, insert, update, delete on auth.session, auth.verification, auth.two_factor, auth.lockout to jingmin_app;
grant select, insert, delete on auth.spent_code, auth.password_history to jingmin_app;
