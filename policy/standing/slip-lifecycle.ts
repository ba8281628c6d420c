import { possibleSteps, type Table, type Taken, takeStep } from '../complaints/step.ts'

/** The life of a notice slip (R128): drafted by the system, signed by a person, served, answered, talked over. */
export const slipStatuses = ['draft', 'signed', 'refused', 'served', 'closed', 'withdrawn'] as const
export type SlipStatus = (typeof slipStatuses)[number]

export const slipActions = [
  'edit',
  'sign',
  'receive',
  'refuse',
  'witness',
  'remark',
  'plan',
  'talk',
  'withdraw',
] as const
export type SlipAction = (typeof slipActions)[number]

/**
 * keeper: the political department. leader: who signs. officer: to whom it is addressed. head: who leads his unit.
 * system: what withdraws it when the deductions no longer bear it.
 */
export type SlipBy = 'keeper' | 'leader' | 'officer' | 'head' | 'system'
export type SlipNeed = 'not-the-addressee' | 'other-than-first' | 'no-longer-due'

export const slipLifecycle: Table<SlipStatus, SlipAction, SlipBy, SlipNeed> = {
  draft: {
    edit: { to: 'draft', by: ['keeper'], needs: ['not-the-addressee'] },
    sign: { to: 'signed', by: ['leader'], needs: ['not-the-addressee'] },
    withdraw: { to: 'withdrawn', by: ['system'], needs: ['no-longer-due'] },
  },
  signed: {
    receive: { to: 'served', by: ['officer'] },
    // He would not sign: one person notes it, and a second one who was there has to say so too.
    refuse: { to: 'refused', by: ['keeper', 'head'], needs: ['not-the-addressee'] },
    withdraw: { to: 'withdrawn', by: ['system'], needs: ['no-longer-due'] },
  },
  refused: {
    receive: { to: 'served', by: ['officer'] },
    witness: { to: 'served', by: ['keeper', 'head', 'leader'], needs: ['not-the-addressee', 'other-than-first'] },
    withdraw: { to: 'withdrawn', by: ['system'], needs: ['no-longer-due'] },
  },
  served: {
    remark: { to: 'served', by: ['officer'] },
    plan: { to: 'served', by: ['officer'] },
    talk: { to: 'closed', by: ['keeper', 'head'], needs: ['not-the-addressee'] },
    withdraw: { to: 'withdrawn', by: ['system'], needs: ['no-longer-due'] },
  },
  closed: { withdraw: { to: 'withdrawn', by: ['system'], needs: ['no-longer-due'] } },
  withdrawn: {},
}

export function slipStep(
  from: SlipStatus,
  action: SlipAction,
  who: readonly SlipBy[],
  met: ReadonlySet<SlipNeed> = new Set(),
): Taken<SlipStatus, SlipNeed> {
  return takeStep(slipLifecycle, from, action, who, met)
}

export function possibleForSlip(from: SlipStatus, who: readonly SlipBy[]): SlipAction[] {
  return possibleSteps(slipLifecycle, slipActions, from, who)
}
