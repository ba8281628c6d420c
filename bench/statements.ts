/** Statements that the bare handler runs prepared and pgbench repeats: what the platform's own requests ask for, no more. */
const matterColumns = `id, no, unit_id, counter_id, first_officer_id, received_at, holder_id, handling_unit_id, applicant_name, request, phone_masked,
  citizen_no_masked, item_code, item_version_id, answers, status, visits, accepted_at, acceptance_no, due_on, due_provisional, due_basis, extended_days,
  finished_at, finished_by, outcome_reason, outcome_can_do, overdue_at, version, changed_by, changed_at`

const listed = `m.id, m.no, m.applicant_name as "applicantName", m.request, m.item_code as "itemCode", v.name_zh as "itemZh",
  v.name_en as "itemEn", m.status, m.unit_id as "unitId", m.handling_unit_id as "handlingUnitId", h.name as "holderName",
  f.name as "firstOfficerName", m.received_at as "receivedAt", m.accepted_at as "acceptedAt", m.due_on as "dueOn",
  m.due_provisional as "dueProvisional", m.finished_at as "finishedAt", m.visits`
const joined = `left join registration.item_version v on v.id = m.item_version_id
  left join directory.person h on h.id = m.holder_id join directory.person f on f.id = m.first_officer_id`

export const statements = {
  session: `select s.id, s.user_id, s.signed_in_at, s.last_seen_at, u.person_id from auth.session s join auth."user" u on u.id = s.user_id
    where s.token_hash = $1 and u.disabled_at is null`,
  one: `select ${matterColumns} from service_window.matter where id = $1`,
  /** $1 unit, $2 rows: the open ones of a unit by due day. */
  due: `select ${listed} from (select * from service_window.matter where status = 'accepted' and handling_unit_id = $1
    order by due_on, id limit $2) m ${joined} order by m.due_on, m.id`,
  insert: `insert into service_window.matter (id, no, unit_id, handling_unit_id, first_officer_id, holder_id, received_at, applicant_name, request,
      phone_sealed, phone_index, phone_masked, item_code, item_version_id, query_code_hash, query_code_sealed)
    values (gen_random_uuid(), 'F' || nextval('service_window.matter_no'), $1, $1, $2, $2, now(), $3, $4, $5, $6, $7, $8, $9, gen_random_uuid()::text, $5)
    returning id`,
  check: `update service_window.matter set answers = $2, version = version + 1, changed_at = now() where id = $1`,
  accept: `update service_window.matter set status = 'accepted', accepted_at = now(), acceptance_no = 'F' || nextval('service_window.matter_no'),
    due_on = current_date + 20, due_basis = 'id-card-law:12', version = version + 1, changed_at = now() where id = $1`,
} as const
