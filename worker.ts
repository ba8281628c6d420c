import type { PgBoss } from 'pg-boss'
import type { Config } from '#config'
import type { Demo } from '#demo/index.ts'
import { citizenOfReply, followCallback, sweepCallback } from '#modules/callback/index.ts'
import {
  closeLedgers,
  forgetDrafts,
  freezeMonths,
  openMonths,
  settleMonths,
  sweepComplaints,
  sweepRetaliation,
  sweepStyleProblems,
  takeUpOnline,
  takeUpWish,
} from '#modules/complaints/index.ts'
import { recountNightly } from '#modules/figures/index.ts'
import { lapseUnreturned, markOverdue, recomputeProvisional } from '#modules/service-window/index.ts'
import { sweepStanding } from '#modules/standing/index.ts'
import { noteConsent, openOrder, recordSecondOpinion, sweepOrders } from '#modules/supervision/index.ts'
import { systemActor } from '#platform/actor.ts'
import { makeHead } from '#platform/audit/make-head.ts'
import type { Auth } from '#platform/auth/index.ts'
import type { Context } from '#platform/context.ts'
import type { DatabasePool } from '#platform/db/pools.ts'
import { foldFigures } from '#platform/figures.ts'
import type { House } from '#platform/house.ts'
import { type Installation, witnessDirOf } from '#platform/installation.ts'
import { nightly } from '#platform/nightly.ts'
import { deliverMessage, sweepMessages } from '#platform/notifications/deliver-messages.ts'
import { createDemoGateway } from '#platform/notifications/demo-gateway.ts'
import type { MessageGateway } from '#platform/notifications/gateway.ts'
import { createHttpGateway } from '#platform/notifications/http-gateway.ts'
import { runRetention } from '#platform/retention/run-retention.ts'
import { type Chore, startChores, type Worker, workJobs } from '#platform/worker.ts'
import { retentionTasks } from './upkeep.ts'

export type WorkerParts = {
  house: House
  boss: PgBoss
  pool: DatabasePool
  lockPool: DatabasePool
  auth: Auth | null
  config: Config
  installation: Installation
  demo: Demo | null
  onError(chore: string, error: Error): void
}

const orderPorts = { openOrder, recordSecondOpinion, noteConsent }

/** Background work: messages, questions, deadlines, audit heads. Each round is safe to repeat and to be killed in. */
export async function startWorker(parts: WorkerParts): Promise<Worker> {
  const gateway = gatewayOf(parts)
  const system = <T>(work: (ctx: Context) => Promise<T>) => parts.house.write(systemActor, 'worker', work)
  const until = async (round: (ctx: Context) => Promise<number>) => {
    while ((await system(round)) > 0);
  }
  const sweepAllOrders = async () => {
    while ((await system(sweepOrders)).more);
  }
  const sweepAllStanding = async () => {
    while ((await system(sweepStanding)).more);
  }
  const chores: Chore[] = [
    { name: 'callback', everySeconds: 5, run: () => sweepCallback(parts.house, orderPorts) },
    ...(gateway
      ? [{ name: 'messages', everySeconds: 5, run: () => sweepMessages({ house: parts.house, gateway }) }]
      : []),
    { name: 'deadlines', everySeconds: 60, run: () => until(markOverdue) },
    { name: 'orders', everySeconds: 60, run: sweepAllOrders },
    { name: 'standing', everySeconds: 60, run: sweepAllStanding },
    { name: 'complaints', everySeconds: 60, run: () => until(sweepComplaints) },
    {
      name: 'style-problems',
      everySeconds: 60,
      run: () => until((ctx) => sweepStyleProblems(ctx, { citizenOf: citizenOfReply })),
    },
    { name: 'complaints-online', everySeconds: 5, run: () => until(takeUpOnline) },
    { name: 'complaint-drafts', everySeconds: 600, run: () => until(forgetDrafts) },
    { name: 'wishes', everySeconds: 15, run: () => until(takeUpWish) },
    { name: 'retaliation', everySeconds: 600, run: () => until(sweepRetaliation) },
    { name: 'unreturned', everySeconds: 600, run: () => until(lapseUnreturned) },
    { name: 'calendar', everySeconds: 86_400, run: () => system(recomputeProvisional) },
    { name: 'figures', everySeconds: 60, run: () => until(foldFigures) },
    { name: 'months', everySeconds: 300, run: () => system(keepMonths) },
    {
      name: 'audit-head',
      everySeconds: 60,
      run: () => makeHead(parts.pool, auditKeys(parts), Temporal.Now.instant(), witnessDirOf(parts.config)),
    },
    { name: 'sessions', everySeconds: 3600, run: async () => parts.auth?.purge() },
    nightly(parts.house, 'retention', () => runRetention(parts.house, retentionTasks)),
    nightly(parts.house, 'recount', () => recountNightly(parts.house)),
  ]
  await workJobs(parts.boss, {
    ...(gateway && {
      'messages.deliver': async (data) =>
        void (await deliverMessage({ house: parts.house, gateway }, String(data.messageId))),
    }),
    'callback.follow': (data) => followCallback(parts.house, orderPorts, data),
    'supervision.sweep': sweepAllOrders,
  })
  return startChores({ lockPool: parts.lockPool, chores, onError: parts.onError })
}

/** The monthly institution runs by itself: opened on the 1st, frozen at the cut-off, dates settled when a year is loaded (R109, R110). */
async function keepMonths(ctx: Context): Promise<void> {
  await openMonths(ctx)
  await settleMonths(ctx)
  await freezeMonths(ctx)
  await closeLedgers(ctx)
}

function gatewayOf({ config, demo, house }: WorkerParts): MessageGateway | null {
  if (demo) return createDemoGateway({ demo: true, house })
  return config.sms ? createHttpGateway({ url: config.sms.url, secret: config.sms.secret }) : null
}

function auditKeys({ installation }: WorkerParts) {
  return installation.keys
}
