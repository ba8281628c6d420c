/** Work that must follow a change: sent inside the caller's transaction, so that it is there if and only if the change is. */
export type JobQueue = {
  send(name: JobName, data: Record<string, unknown>): Promise<void>
}

export const jobNames = ['messages.deliver', 'callback.follow', 'supervision.sweep'] as const
export type JobName = (typeof jobNames)[number]
