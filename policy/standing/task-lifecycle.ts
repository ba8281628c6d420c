import { possibleSteps, type Table, type Taken, takeStep } from '../complaints/step.ts'

/** The unit head's task to deduct from the officer (R126). */
export const taskStatuses = ['open', 'decided', 'cancelled'] as const
export type TaskStatus = (typeof taskStatuses)[number]

export const taskActions = ['decide', 'cancel'] as const
export type TaskAction = (typeof taskActions)[number]

/** decider: the unit's head, or a leader in his stead, never the officer. appeal_body: whoever annulled the finding. */
export type TaskBy = 'decider' | 'appeal_body'
export type TaskNeed = 'inside-band' | 'finding-ended'

export const taskLifecycle: Table<TaskStatus, TaskAction, TaskBy, TaskNeed> = {
  open: {
    decide: { to: 'decided', by: ['decider'], needs: ['inside-band'] },
    cancel: { to: 'cancelled', by: ['appeal_body'], needs: ['finding-ended'] },
  },
  // What was decided stays on record; the posting is reversed.
  decided: {},
  cancelled: {},
}

export function taskStep(
  from: TaskStatus,
  action: TaskAction,
  who: readonly TaskBy[],
  met: ReadonlySet<TaskNeed> = new Set(),
): Taken<TaskStatus, TaskNeed> {
  return takeStep(taskLifecycle, from, action, who, met)
}

export function possibleForTask(from: TaskStatus, who: readonly TaskBy[]): TaskAction[] {
  return possibleSteps(taskLifecycle, taskActions, from, who)
}
