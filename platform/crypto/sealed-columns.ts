import type { KeptForGood, RetentionRule } from '#policy/retention/rules.ts'

/** A column of sealed text, and the column by which equal values are found. */
export type SealedColumn = {
  sealed: string
  /** The context that seals it to its row. */
  context(rowId: string): string
  index?: { column: string; kind: string }
}

/** A table with sealed values. A new one is named in its room; a test compares the list with the database. */
export type SealedTable = {
  /** schema.table */
  table: string
  /** Unique; values are sealed to it. */
  id: string
  columns: readonly SealedColumn[]
  /** When the values go (policy/retention). */
  retention: RetentionRule | KeptForGood
}
