-- A list names the item of each of its rows. The content of a version is some ten thousand characters and would be
-- unpacked twice for every row; its names stand beside it.
alter table registration.item_version
  add column name_zh text generated always as (content->'name'->>'zh') stored,
  add column name_en text generated always as (content->'name'->>'en') stored;
comment on column registration.item_version.name_zh is 'content.name.zh, for lists.';
comment on column registration.item_version.name_en is 'content.name.en, for lists.';
