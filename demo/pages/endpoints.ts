import type { House } from '#platform/house.ts'
import type { AnyEndpoint } from '#platform/http/endpoint.ts'
import type { DemoClock } from '../clock.ts'
import { phoneEndpoints } from './phone.ts'
import { startEndpoint } from './start.ts'
import { timeEndpoints } from './time.ts'

export type DemoPages = {
  house: House
  clock: DemoClock
  /** Runs all background work once, by the clock as it stands now. */
  sweepNow(): Promise<void>
}

/** The demonstration's own pages. Called in demo mode only; each handler refuses outside it all the same. */
export function demoEndpoints(parts: DemoPages): AnyEndpoint[] {
  return [startEndpoint(), ...phoneEndpoints(parts), ...timeEndpoints(parts)]
}
