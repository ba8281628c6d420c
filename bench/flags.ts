import { parseArgs } from 'node:util'

export type Flags = {
  rows: number
  rounds: number
  seconds: number
  /** Of 50 submissions and 200 reads a second. */
  scale: number
  /** Seconds of load for the memory's drift. */
  soak: number
  only: string[] | null
}

/** `npm run bench -- [--rows 1000000] [--rounds 5] [--seconds 5] [--scale 1] [--hour] [--only requests,search]`. */
export function readFlags(args: string[]): Flags {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '5' },
      scale: { type: 'string', default: '1' },
      hour: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  })
  return {
    rows: Number(values.rows),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    scale: Number(values.scale),
    soak: values.hour ? 3600 : 60,
    only: values.only?.split(',') ?? null,
  }
}
