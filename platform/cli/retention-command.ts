import { userInfo } from 'node:os'
import { Command } from 'commander'
import { systemActor } from '../actor.ts'
import type { Context } from '../context.ts'
import type { House } from '../house.ts'
import { type Lang, messages } from '../i18n.ts'
import { type HoldOutcome, liftHold, placeHold } from '../retention/holds.ts'
import type { RetentionTask } from '../retention/retention-task.ts'
import { runRetention } from '../retention/run-retention.ts'

export type RetentionCommandDeps = {
  open(): Promise<{ house: House; close(): Promise<void> }>
  tasks: readonly RetentionTask[]
  lang: Lang
  print(line: string): void
  /** 0 done, 2 not done. */
  exit(code: number): void
}

const words = messages(
  {
    retention: '保存期限：清除到期信息，保全办件',
    run: '立即执行一次清除（每晚会自动执行）',
    hold: '保全一件办件：在解除前不清除其任何信息',
    release: '解除保全',
    reason: '原因，记入审计',
    line: (rule: string, removed: number, held: number, upcoming: number) =>
      `${rule}  清除 ${removed}  保留 ${held}  30 天内到期 ${upcoming}`,
    outcome: {
      held: '已保全。',
      released: '已解除。',
      'no-such-matter': '没有这个编号的办件。',
      'held-before': '已在保全中。',
      'not-held': '没有保全。',
    },
    failed: (why: string) => `未完成：${why}`,
  },
  {
    retention: 'Retention: remove what is due, hold a matter',
    run: 'Remove now what is due (every night does it by itself)',
    hold: 'Hold a matter: nothing of it is removed until it is released',
    release: 'Release a hold',
    reason: 'why; it is on record',
    line: (rule, removed, held, upcoming) => `${rule}  removed ${removed}  held ${held}  due in 30 days ${upcoming}`,
    outcome: {
      held: 'Held.',
      released: 'Released.',
      'no-such-matter': 'There is no matter with this number.',
      'held-before': 'It is held already.',
      'not-held': 'It is not held.',
    },
    failed: (why) => `Not done: ${why}`,
  },
)

/** `jingmin retention run|hold|release`. */
export function retentionCommand(deps: RetentionCommandDeps): Command {
  const text = words(deps.lang)
  const command = new Command('retention').description(text.retention)
  command
    .command('run')
    .description(text.run)
    .action(() =>
      guarded(deps, async (house) => {
        for (const { rule, removed, held, upcoming } of await runRetention(house, deps.tasks))
          deps.print(text.line(rule, removed, held, upcoming))
        return true
      }),
    )
  const holding = (name: 'hold' | 'release', act: typeof placeHold | typeof liftHold) =>
    command
      .command(name)
      .description(text[name])
      .argument('<no>')
      .requiredOption('--reason <text>', text.reason)
      .action((no: string, flags: { reason: string }) =>
        guarded(deps, async (house) => {
          const outcome = await house.write(systemActor, `retention ${name}`, (ctx) => hold(ctx, no, flags.reason, act))
          deps.print(text.outcome[outcome])
          return outcome === 'held' || outcome === 'released'
        }),
      )
  holding('hold', placeHold)
  holding('release', liftHold)
  return command
}

async function hold(
  ctx: Context,
  no: string,
  reason: string,
  act: typeof placeHold | typeof liftHold,
): Promise<HoldOutcome> {
  const matter = await ctx.db
    .selectFrom('service_window.matter')
    .select('id')
    .where('no', '=', no.trim())
    .executeTakeFirst()
  if (!matter) return 'no-such-matter'
  return act(ctx, { matterId: matter.id, reason: reason.trim().slice(0, 500), by: userInfo().username })
}

async function guarded(deps: RetentionCommandDeps, work: (house: House) => Promise<boolean>): Promise<void> {
  try {
    const { house, close } = await deps.open()
    try {
      deps.exit((await work(house)) ? 0 : 2)
    } finally {
      await close()
    }
  } catch (error) {
    deps.print(words(deps.lang).failed((error as Error).message))
    deps.exit(2)
  }
}
