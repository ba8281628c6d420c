import type { KyselyPlugin } from 'kysely'

/** The library compares and clones moments as Date, while our pools read a timestamptz as Temporal.Instant. */
export const momentsAsDate: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({ ...result, rows: result.rows.map(withDates) }),
}

function withDates<R extends Record<string, unknown>>(row: R): R {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, asDate(value)])) as R
}

const asDate = (value: unknown) => (value instanceof Temporal.Instant ? new Date(value.epochMilliseconds) : value)
