/** One step of a life written as a table: where it leads, who may take it, what has to hold (all of `needs`). */
export type Step<Status extends string, By extends string, Need extends string> = {
  to: Status
  by: readonly By[]
  needs?: readonly Need[]
}

export type Table<Status extends string, Action extends string, By extends string, Need extends string> = Record<
  Status,
  Partial<Record<Action, Step<Status, By, Need>>>
>

export type Taken<Status, Need> = { to: Status } | { refused: 'wrong-state' | 'wrong-person' | Need }

/** Takes the step or says why not: the state first, then the person, then the first need that is not met. */
export function takeStep<Status extends string, Action extends string, By extends string, Need extends string>(
  table: Table<Status, Action, By, Need>,
  from: Status,
  action: Action,
  who: readonly By[],
  met: ReadonlySet<Need>,
): Taken<Status, Need> {
  const found = table[from][action]
  if (!found) return { refused: 'wrong-state' }
  if (!found.by.some((by) => who.includes(by))) return { refused: 'wrong-person' }
  const lacking = found.needs?.find((need) => !met.has(need))
  return lacking === undefined ? { to: found.to } : { refused: lacking }
}

/** The actions somebody may try in this state. */
export function possibleSteps<Status extends string, Action extends string, By extends string, Need extends string>(
  table: Table<Status, Action, By, Need>,
  actions: readonly Action[],
  from: Status,
  who: readonly By[],
): Action[] {
  return actions.filter((action) => table[from][action]?.by.some((by) => who.includes(by)))
}
