-- The audit log: entries, their places in a Merkle tree (RFC 6962), and the signed heads of that tree.
-- Nobody rewrites it, the owner included; what a superuser does behind the triggers' back is found by `jingmin audit verify`.

create table platform.audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'citizen', 'system', 'anonymous')),
  actor_id uuid,
  event text not null check (event <> ''),
  subject_kind text,
  subject_id text,
  unit_id uuid,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  request_id text,
  data jsonb,
  data_digest bytea not null check (octet_length(data_digest) = 32),
  salt bytea check (octet_length(salt) = 16),
  record_hash bytea not null check (octet_length(record_hash) = 32),
  check ((data is null) = (salt is null))
);

comment on table platform.audit_entry is
  'One row for each thing that was done, refused or failed (GB/T 22239 level 3, security audit). Append-only.';
comment on column platform.audit_entry.data is
  'Particulars of the event. Null only when erased by law, together with the salt; the digest and the place in the tree remain.';
comment on column platform.audit_entry.data_digest is 'SHA-256(salt || canonical data).';
comment on column platform.audit_entry.record_hash is
  'SHA-256 over the other columns in canonical form with data_digest in place of data; id is not among them.';

create index audit_entry_subject on platform.audit_entry (subject_kind, subject_id, id);
create index audit_entry_actor on platform.audit_entry (actor_id, id) where actor_id is not null;
create index audit_entry_event on platform.audit_entry (event, id);
create index audit_entry_at on platform.audit_entry (at);

create table platform.audit_leaf (
  tree_index bigint primary key check (tree_index >= 0),
  entry_id bigint not null unique references platform.audit_entry,
  leaf_hash bytea not null unique check (octet_length(leaf_hash) = 32)
);

comment on table platform.audit_leaf is 'The place of an entry in the tree. leaf_hash = SHA-256(0x00 || record_hash).';

create table platform.audit_node (
  level smallint not null check (level > 0 and level % 8 = 0),
  position bigint not null check (position >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, position)
);

comment on table platform.audit_node is
  'Roots of complete subtrees of 256, 65536 … leaves, so that a proof reads hundreds of rows and not the whole log.';

create table platform.audit_head (
  tree_size bigint primary key check (tree_size > 0),
  root bytea not null check (octet_length(root) = 32),
  frontier bytea[] not null,
  at timestamptz not null,
  note text not null
);

comment on table platform.audit_head is 'A signed head: everything before it is fixed. Also given to the witnesses.';
comment on column platform.audit_head.frontier is 'Roots of the complete subtrees that make up the tree, largest first.';
comment on column platform.audit_head.note is 'C2SP checkpoint: origin, size, root, time, Ed25519 signature.';

-- Filled in the writer's own transaction, so an entry that commits late is still found, whatever its id.
create table platform.audit_pending (
  entry_id bigint primary key,
  record_hash bytea not null
);

comment on table platform.audit_pending is 'Committed entries that have no place in the tree yet.';

create function platform.audit_refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception '% on %.% refused: the audit log is append-only', tg_op, tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;

create function platform.audit_note_pending() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into platform.audit_pending (entry_id, record_hash) select id, record_hash from fresh;
  return null;
end
$$;

create trigger append_only before update or delete or truncate on platform.audit_entry
  for each statement execute function platform.audit_refuse_change();
create trigger append_only before update or delete or truncate on platform.audit_leaf
  for each statement execute function platform.audit_refuse_change();
create trigger append_only before update or delete or truncate on platform.audit_node
  for each statement execute function platform.audit_refuse_change();
create trigger append_only before update or delete or truncate on platform.audit_head
  for each statement execute function platform.audit_refuse_change();

-- Always: session_replication_role = replica does not pass them either.
alter table platform.audit_entry enable always trigger append_only;
alter table platform.audit_leaf enable always trigger append_only;
alter table platform.audit_node enable always trigger append_only;
alter table platform.audit_head enable always trigger append_only;

create trigger note_pending after insert on platform.audit_entry
  referencing new table as fresh for each statement execute function platform.audit_note_pending();

-- The serving role appends. It chooses no id, and reads entries only for someone who may audit, or for the system itself.
grant select on platform.audit_entry to jingmin_app;
grant insert (at, actor_kind, actor_id, event, subject_kind, subject_id, unit_id, outcome, request_id,
              data, data_digest, salt, record_hash) on platform.audit_entry to jingmin_app, jingmin_public;
grant insert, select on platform.audit_leaf, platform.audit_node, platform.audit_head to jingmin_app;
grant select, delete on platform.audit_pending to jingmin_app;

alter table platform.audit_entry enable row level security;
create policy audit_append on platform.audit_entry for insert to jingmin_app with check (true);
-- The internet side can say what the public did, and put no act into the mouth of an official or the system.
create policy audit_append_public on platform.audit_entry for insert to jingmin_public
  with check (actor_kind in ('citizen', 'anonymous') and actor_id is null);
create policy audit_read on platform.audit_entry for select to jingmin_app
  using ((select platform.actor_has('audit.read')) or (select platform.actor_is_system()));
