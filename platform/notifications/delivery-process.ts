/** A worker in a process of its own, for the test that kills it: carries messages until none is due, then ends. */

import { sweepMessages } from './deliver-messages.ts'
import { houseOfProcess } from './delivery-fixture.ts'
import { createHttpGateway } from './http-gateway.ts'
import { deliveryTiming } from './timing.ts'

const [appUrl, keyDir, at, url, secret] = process.argv.slice(2) as [string, string, string, string, string]
const { house, close } = houseOfProcess(appUrl, keyDir, at)
const gateway = createHttpGateway({ url, secret, timeoutMs: 20_000 })
await sweepMessages({ house, gateway, timing: { ...deliveryTiming, breakAfter: 1000 } })
await close()
