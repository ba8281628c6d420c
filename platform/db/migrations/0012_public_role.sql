-- What the internet side may do beside reading the published catalogue and calling the definer functions: keep its own
-- forms from acting twice. It does not see the requests of officers.
alter table platform.attempt enable row level security;
create policy everything on platform.attempt to jingmin_app using (true) with check (true);
create policy citizens on platform.attempt to jingmin_public using (actor = 'citizen') with check (actor = 'citizen');
grant select on platform.attempt to jingmin_public;
grant insert (actor, attempt, endpoint, request_hash, at), update (reply) on platform.attempt to jingmin_public;

-- An item that is alone in its area has a code without a dot (temporary_id_card).
alter table registration.service_item drop constraint service_item_code_check;
alter table registration.service_item add constraint service_item_code_check check (code ~ '^[a-z_]+(\.[a-z_]+)*$');
