-- The telephone of the demonstration: messages that the simulated gateway has taken. Empty everywhere else.
create table platform.demo_phone (
  id uuid primary key,
  phone_sealed text not null,
  phone_index text not null,
  body text not null,
  at timestamptz not null,
  receipt_at timestamptz
);
comment on table platform.demo_phone is 'The id is that of the outbound message: a message given twice is one message.';
create index demo_phone_at on platform.demo_phone (at desc);
create index demo_phone_receipt on platform.demo_phone (at) where receipt_at is null;
grant select, insert, update on platform.demo_phone to jingmin_app;
alter table platform.demo_phone enable row level security;
create policy system_only on platform.demo_phone using ((select platform.actor_is_system()));
