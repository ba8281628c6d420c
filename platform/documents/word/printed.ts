import type { OfficialDocument } from '../official/block.ts'

/** A shape after its moments and days have been written out. */
export type Printed<T> = T extends Temporal.Instant | Temporal.PlainDate | Temporal.PlainYearMonth
  ? string
  : T extends readonly (infer Item)[]
    ? Printed<Item>[]
    : T extends object
      ? { [Key in keyof T]: Printed<T[Key]> }
      : T

export type PrintedOfficial = Printed<OfficialDocument>
export type PrintedBlock = PrintedOfficial['body'][number]
