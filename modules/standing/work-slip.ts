import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { words } from '#platform/typed.ts'
import { naturalDue } from '#policy/standing/dues.ts'
import { talkWithin } from '#policy/standing/parameters.ts'
import { lockSlip, nextSlipStatus, saveSlip } from './slip-store.ts'

type Versioned = { version: number }

/** The political department puts the draft into its own words. */
export async function editSlip(ctx: Context, id: string, input: Versioned & { text: string }): Promise<void> {
  const slip = await lockSlip(ctx, id, input.version)
  const status = nextSlipStatus(ctx, slip, 'edit')
  await saveSlip(ctx, id, { kind: 'edited' }, { status, text: words('text', input.text, 4000) })
}

/** A leader signs: only now is there a slip with a number, and the officer sees it. */
export async function signSlip(ctx: Context, id: string, input: Versioned): Promise<void> {
  const slip = await lockSlip(ctx, id, input.version)
  const status = nextSlipStatus(ctx, slip, 'sign')
  const { year } = dayOf(ctx.now)
  const next = await sql<{ n: number }>`select platform.next_number(${`slip.${year}`}) as n`.execute(ctx.db)
  const no = `提示〔${year}〕${next.rows[0]?.n}号`
  await saveSlip(ctx, id, { kind: 'signed' }, { status, no, signed_by: ctx.actor.personId, signed_at: ctx.now })
}

/** The officer acknowledges receipt under his own login; that is his signature. */
export async function receiveSlip(ctx: Context, id: string, input: Versioned): Promise<void> {
  const slip = await lockSlip(ctx, id, input.version)
  const status = nextSlipStatus(ctx, slip, 'receive')
  await saveSlip(ctx, id, { kind: 'received' }, { status, ...served(ctx) })
}

/** He would not sign: noted by one person, and only served when a second one says so too. */
export async function noteRefusal(ctx: Context, id: string, input: Versioned & { note: string }): Promise<void> {
  const slip = await lockSlip(ctx, id, input.version)
  const status = nextSlipStatus(ctx, slip, 'refuse')
  const note = words('note', input.note)
  await saveSlip(
    ctx,
    id,
    { kind: 'refused', text: note },
    { status, refused_at: ctx.now, refused_before: ctx.actor.personId, refused_note: note },
  )
}

export async function witnessRefusal(ctx: Context, id: string, input: Versioned): Promise<void> {
  const slip = await lockSlip(ctx, id, input.version)
  const status = nextSlipStatus(ctx, slip, 'witness')
  await saveSlip(ctx, id, { kind: 'witnessed' }, { status, witness: ctx.actor.personId, ...served(ctx) })
}

/** The officer's own remark, and what he means to do better. Each can be written again until the talk. */
export async function answerSlip(
  ctx: Context,
  id: string,
  input: Versioned & { what: 'remark' | 'plan'; text: string },
): Promise<void> {
  const slip = await lockSlip(ctx, id, input.version)
  const status = nextSlipStatus(ctx, slip, input.what)
  const text = words(input.what, input.text, 2000)
  await saveSlip(ctx, id, { kind: input.what, text }, { status, [input.what]: text })
}

/** The talk about what has become of it, with its result; the slip is closed. */
export async function holdTalk(ctx: Context, id: string, input: Versioned & { result: string }): Promise<void> {
  const slip = await lockSlip(ctx, id, input.version)
  const status = nextSlipStatus(ctx, slip, 'talk')
  const result = words('result', input.result, 2000)
  await saveSlip(
    ctx,
    id,
    { kind: 'talk', text: result },
    { status, talk_at: ctx.now, talk_by: ctx.actor.personId, talk_result: result },
  )
}

function served(ctx: Context) {
  return { served_at: ctx.now, talk_due_on: naturalDue(talkWithin, dayOf(ctx.now), ctx.calendar).day.toString() }
}
