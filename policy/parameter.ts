/**
 * A number with legal or managerial meaning: what it is, its unit, and its values with the day each came into force.
 * `basis` names where the value comes from: requirement numbers (R53), settled ambiguities (A9) or ids of sources.json
 * with an optional article (`civil-code:203`), several of them separated by a comma and a space.
 * `example: true` marks a value the bureau has to confirm before it relies on it (A24).
 */
export type Parameter<T> = {
  description: { zh: string; en: string }
  unit: string
  values: ParameterValue<T>[]
}

export type ParameterValue<T> = { from: string; value: T; basis: string; example?: boolean }

/** The version of a parameter in force on one day. `from` is the first day of that version, YYYY-MM-DD. */
export type InForce<T> = { value: T; basis: string; from: string; example: boolean }

/**
 * The value in force on `day`, which is the day of the fact (receipt, booking, reply), not today (R133).
 * Throws a RangeError when no version is in force yet: the table is incomplete, and that is a fault of the product.
 */
export function valueOn<T>(parameter: Parameter<T>, day: Temporal.PlainDate): InForce<T> {
  let found: ParameterValue<T> | undefined
  const wanted = day.toString()
  for (const version of parameter.values) {
    if (version.from <= wanted && (!found || version.from > found.from)) found = version
  }
  if (!found) throw new RangeError(`no value of "${parameter.description.en}" is in force on ${wanted}`)
  return { value: found.value, basis: found.basis, from: found.from, example: found.example ?? false }
}
