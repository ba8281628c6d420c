import {
  acceptMatter,
  checkMaterials,
  completeMatter,
  findMatter,
  issueNotice,
  receiveCitizen,
} from '#modules/service-window/index.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import type { World } from './world.ts'

/** How far a matter has got before the journey begins. */
export type State = 'received' | 'told' | 'accepted' | 'completed'
export type Arranged = { id: string; no: string; queryCode: string; noticeNo: string; acceptanceNo: string }

const adult = { registered_at: 'this_station', age: 'from_16', delivery: 'collect' }
const inOrder = [{ code: 'household_booklet', verdict: 'present' as const }]
const torn = [{ code: 'household_booklet', verdict: 'defective' as const, defect: '本人页破损' }]

/** A lost identity card brought by the use cases themselves to the state wanted; what a journey is not about. */
export async function aMatter(
  world: World,
  state: State,
  { name = '王秀英', phone = '13800000001' as string | undefined, by = 'officer' as PersonKey } = {},
): Promise<Arranged> {
  const { db, bureau } = world
  return db.as(bureau.actors[by], async (ctx) => {
    const made = await receiveCitizen(ctx, { name, phone, request: '身份证丢了', itemCode: 'id_card.loss_replacement' })
    const done: Arranged = { ...made, noticeNo: '', acceptanceNo: '' }
    const version = async () => (await findMatter(ctx, made.id)).version
    if (state === 'received') return done
    const checks = state === 'told' ? torn : inOrder
    await checkMaterials(ctx, made.id, { version: await version(), answers: adult, checks })
    if (state === 'told')
      return { ...done, noticeNo: (await issueNotice(ctx, made.id, { version: await version() })).no }
    done.acceptanceNo = (await acceptMatter(ctx, made.id, { version: await version() })).acceptanceNo
    if (state === 'completed') await completeMatter(ctx, made.id, { version: await version() })
    return done
  })
}
