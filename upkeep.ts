import { callbackRetention, callbackTables } from '#modules/callback/index.ts'
import { complaintTables } from '#modules/complaints/sealed.ts'
import { matterRetention, matterTables } from '#modules/service-window/index.ts'
import type { SealedTable } from '#platform/crypto/sealed-columns.ts'
import { messageTables } from '#platform/notifications/sealed.ts'
import type { RetentionTask } from '#platform/retention/retention-task.ts'
import { platformRetention } from '#platform/retention/tasks.ts'

/** What is removed when its time is over, by room. */
export const retentionTasks: RetentionTask[] = [matterRetention, ...callbackRetention, ...platformRetention]

/** What stands sealed, by room: sealed again under a new key, and each with its period. */
export const sealedTables: SealedTable[] = [...matterTables, ...callbackTables, ...messageTables, ...complaintTables]
