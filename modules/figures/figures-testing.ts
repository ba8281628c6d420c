import {
  acceptMatter,
  checkMaterials,
  chooseItem,
  completeMatter,
  decideSecondNotice,
  findMatter,
  issueNotice,
  receiveCitizen,
  refuseMatter,
  requestSecondNotice,
  startReturnVisit,
  transferOut,
  withdrawMatter,
} from '#modules/service-window/index.ts'
import type { Actor } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import type { FreshDatabase } from '#platform/db/fresh-database.ts'

const item = 'temporary_id_card'
const answers = { registered_at: 'this_station', card_application: 'running', urgent: 'yes', age: 'from_16' }

/** What a counter does in a day, through the use cases themselves, for tests that count it. */
export function counterOf(db: FreshDatabase, officer: Actor, chief: Actor) {
  const act = <T>(id: string, work: (ctx: Context, version: number) => Promise<T>, by = officer) =>
    db.as(by, async (ctx) => work(ctx, (await findMatter(ctx, id)).version))

  async function receive(name = '张三'): Promise<string> {
    const input = { name, phone: '13905320000', request: '办理临时身份证', itemCode: item }
    return (await db.as(officer, (ctx) => receiveCitizen(ctx, input))).id
  }

  /** All papers there but the first `missing` of them. */
  async function check(id: string, missing: number): Promise<void> {
    const { required } = await act(id, (ctx, version) => checkMaterials(ctx, id, { version, answers, checks: [] }))
    const checks = required
      .filter((paper) => paper.toBring)
      .map((paper, at) => ({ code: paper.code, verdict: at < missing ? ('missing' as const) : ('present' as const) }))
    await act(id, (ctx, version) => checkMaterials(ctx, id, { version, answers, checks }))
  }

  return {
    receive,
    async choose(id: string) {
      await act(id, (ctx, version) => chooseItem(ctx, id, { version, itemCode: item }))
    },
    async accept(id: string) {
      await check(id, 0)
      await act(id, (ctx, version) => acceptMatter(ctx, id, { version }))
    },
    async notify(id: string) {
      await check(id, 1)
      await act(id, (ctx, version) => issueNotice(ctx, id, { version }))
    },
    async notifyAgain(id: string) {
      await check(id, 2)
      const { noticeId } = await act(id, (ctx, version) =>
        requestSecondNotice(ctx, id, { version, cause: 'officer_omission', note: '首次漏告知' }),
      )
      await db.as(chief, (ctx) => decideSecondNotice(ctx, noticeId, { approve: true, note: '' }))
    },
    comeBack: (id: string) =>
      act(id, (ctx, version) => startReturnVisit(ctx, id, { version, cause: 'officer_omission' })),
    complete: (id: string) => act(id, (ctx, version) => completeMatter(ctx, id, { version })),
    withdraw: (id: string) => act(id, (ctx, version) => withdrawMatter(ctx, id, { version, reason: '不办了' })),
    async refuse(id: string) {
      await act(id, (ctx, version) =>
        checkMaterials(ctx, id, { version, answers: { ...answers, urgent: 'no' }, checks: [] }),
      )
      await act(id, (ctx, version) => refuseMatter(ctx, id, { version, reason: '不急需', canDo: '需要时再来' }))
    },
    transfer: (id: string) =>
      act(id, (ctx, version) =>
        transferOut(ctx, id, {
          version,
          receiver: { name: '出入境大队 王某', phone: '', receipt: '已签收', told: true },
          reason: '属出入境管理',
        }),
      ),
  }
}

export type Counter = ReturnType<typeof counterOf>
