import { parseArgs } from 'node:util'

export type Flags = {
  rows: number
  rounds: number
  seconds: number
  /** Of 50 submissions and 200 reads a second. */
  scale: number
  /** Of load for the memory's drift; measured when asked for by name (`--only=soak`). */
  minutes: number
  only: string[] | null
  /** Take the database of the last run with as many rows if it is there, and leave it for the next. */
  reuse: boolean
}

/** `npm run bench -- [--rows 1000000] [--rounds 5] [--seconds 5] [--scale 1] [--minutes 10] [--reuse] [--only requests,search]`. */
export function readFlags(args: string[]): Flags {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '5' },
      scale: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '60' },
      reuse: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  })
  return {
    rows: Number(values.rows),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    scale: Number(values.scale),
    minutes: Number(values.minutes),
    only: values.only?.split(',') ?? null,
    reuse: values.reuse,
  }
}
