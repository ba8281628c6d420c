import { createHash, createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { systemActor } from '#platform/actor.ts'
import { type Auth, cookieHeaderOf } from '#platform/auth/index.ts'
import type { Context } from '#platform/context.ts'
import type { House } from '#platform/house.ts'
import type { Lang } from '#platform/i18n.ts'
import { needsSecondFactor, type Role } from '#policy/access/permissions.ts'

export type DemoLogin = { number: string; password: string; who: string }

/** One password for all: strong enough for the rules, and no secret. */
export const demoPassword = 'Lanwan-Demo-2026'

const accounts: readonly { number: string; role: Role; zh: string; en: string }[] = [
  { number: '990112', role: 'window_officer', zh: '窗口民警 · 望海路派出所', en: 'Window officer, Wanghai Road' },
  {
    number: '990113',
    role: 'window_officer',
    zh: '窗口民警 · 望海路派出所（同事）',
    en: 'Window officer, Wanghai Road (colleague)',
  },
  { number: '990122', role: 'window_officer', zh: '窗口民警 · 银贝滩派出所', en: 'Window officer, Yinbei Beach' },
  {
    number: '990132',
    role: 'window_officer',
    zh: '窗口民警 · 松岭街派出所（有扣分和提示单）',
    en: 'Window officer with deductions and a slip',
  },
  { number: '990111', role: 'window_chief', zh: '窗口负责人 · 望海路派出所', en: 'Window chief, Wanghai Road' },
  { number: '990110', role: 'unit_head', zh: '所长 · 望海路派出所', en: 'Head of Wanghai Road Station' },
  { number: '990021', role: 'supervision_officer', zh: '督办民警 · 警务督察大队', en: 'Supervision officer' },
  {
    number: '990022',
    role: 'supervision_officer',
    zh: '督办民警 · 警务督察大队（同事）',
    en: 'Supervision officer (colleague)',
  },
  { number: '990001', role: 'bureau_leader', zh: '分局领导 · 分管副局长', en: 'Bureau leader in charge' },
  {
    number: '990003',
    role: 'bureau_leader',
    zh: '分局领导 · 另一位副局长（申诉）',
    en: 'Another bureau leader (appeals)',
  },
  { number: '990004', role: 'discipline_officer', zh: '纪委书记', en: 'Secretary of discipline inspection' },
  { number: '990051', role: 'complaint_clerk', zh: '信访登记员 · 信访科', en: 'Complaint clerk, petition section' },
  { number: '990032', role: 'complaint_clerk', zh: '960111 投诉台 · 指挥中心', en: 'Desk 960111, command centre' },
  {
    number: '990052',
    role: 'complaint_officer',
    zh: '信访办案民警 · 信访科',
    en: 'Complaint case officer, petition section',
  },
  {
    number: '990024',
    role: 'complaint_officer',
    zh: '复核民警 · 警务督察大队',
    en: 'Second reviewer, supervision brigade',
  },
  { number: '990062', role: 'discipline_officer', zh: '纪检民警 · 纪检监察室', en: 'Discipline inspection officer' },
  { number: '990042', role: 'political_officer', zh: '政治处民警', en: 'Political department officer' },
  { number: '990011', role: 'catalogue_editor', zh: '清单编辑 · 人口管理大队', en: 'Catalogue editor' },
  { number: '990012', role: 'catalogue_publisher', zh: '清单发布 · 人口管理大队', en: 'Catalogue publisher' },
  { number: '990031', role: 'system_admin', zh: '系统管理员 · 指挥中心', en: 'System administrator' },
  { number: '990041', role: 'security_admin', zh: '安全管理员 · 政治处', en: 'Security administrator' },
  { number: '990061', role: 'auditor', zh: '审计管理员 · 纪检监察室', en: 'Auditor' },
]

/** Whom a visitor can be: somebody of every role. */
export function demoLogins(lang: Lang): DemoLogin[] {
  return accounts.map(({ number, zh, en }) => ({ number, password: demoPassword, who: lang === 'en' ? en : zh }))
}

const setting = 'demo-tokens'
type Tokens = Record<string, string>

/** The account that the others are copied from: one with a second factor. */
const model = { number: '990021' }

/**
 * Opens the accounts; safe to run again after having been killed in the middle. Only the first is opened and gets its token
 * as a person would: a password is made slow to check on purpose, and thirteen people with the same one need not wait
 * for it thirteen times. The others are given copies of what it then has.
 */
export async function openAccounts(house: House, auth: Auth): Promise<void> {
  const person = await personWith(house, model.number)
  const added = await auth.addUser({
    personId: person,
    number: model.number,
    password: demoPassword,
    mustChangePassword: false,
  })
  if ('refused' in added && added.refused !== 'number-taken') throw new Error(added.refused)
  await auth.resetSecondFactor(person)
  const key = await enrol(auth, model.number)
  await house.write(systemActor, 'demo', (ctx) => copyAccounts(ctx, key))
}

async function personWith(house: House, number: string): Promise<string> {
  const found = await house.read(systemActor, 'demo', (ctx) =>
    ctx.db.selectFrom('directory.person').select('id').where('police_no', '=', number).executeTakeFirst(),
  )
  if (!found) throw new Error(`nobody in the invented bureau has the number ${number}`)
  return found.id
}

async function copyAccounts(ctx: Context, key: string): Promise<void> {
  const tokens: Tokens = {}
  for (const { number, role } of accounts) {
    const person = (
      await ctx.db.selectFrom('directory.person').select('id').where('police_no', '=', number).executeTakeFirstOrThrow()
    ).id
    const second = needsSecondFactor.includes(role)
    if (second) tokens[person] = key
    if (number !== model.number) await copyAccount(ctx, person, number, second)
  }
  await sql`insert into platform.setting (name, value, changed_at) values (${setting}, ${JSON.stringify(tokens)}::jsonb, ${ctx.now})
    on conflict (name) do update set value = excluded.value`.execute(ctx.db)
}

async function copyAccount(ctx: Context, person: string, number: string, second: boolean): Promise<void> {
  const of = sql`from auth."user" m where m.police_no = ${model.number}`
  const me = sql`(select id from auth."user" where person_id = ${person})`
  await sql`insert into auth."user" (person_id, police_no, police_no_shown, name, email, two_factor_enabled, password_changed_at)
    select ${person}, ${number}, ${number}, ${number}, ${number}, ${second}, m.password_changed_at ${of} on conflict do nothing`.execute(
    ctx.db,
  )
  await sql`insert into auth.account (user_id, provider_id, account_id, password)
    select ${me}, 'credential', ${me}::text, a.password from auth.account a where a.user_id = (select m.id ${of}) on conflict do nothing`.execute(
    ctx.db,
  )
  await sql`insert into auth.password_history (user_id, password, set_at)
    select ${me}, h.password, h.set_at from auth.password_history h where h.user_id = (select m.id ${of}) on conflict do nothing`.execute(
    ctx.db,
  )
  if (!second) return
  await sql`delete from auth.two_factor where user_id = ${me}`.execute(ctx.db)
  await sql`insert into auth.two_factor (user_id, secret, backup_codes, verified)
    select ${me}, t.secret, t.backup_codes, t.verified from auth.two_factor t where t.user_id = (select m.id ${of})`.execute(
    ctx.db,
  )
}

async function enrol(auth: Auth, number: string): Promise<string> {
  const signedIn = await auth.signIn({ number, password: demoPassword })
  if ('refused' in signedIn) throw new Error(`${number}: ${signedIn.refused}`)
  const cookie = cookieHeaderOf(signedIn.setCookies)
  const made = await auth.enrolSecondFactor(cookie, demoPassword)
  if ('refused' in made) throw new Error(`${number}: ${made.refused}`)
  const key = new URL(made.totpURI).searchParams.get('secret') ?? ''
  // The code of the step before counts too, and leaves the present one to whoever signs in first.
  const done = await auth.confirmEnrolment(cookie, codeOf(key, -1))
  if ('refused' in done) throw new Error(`${number}: ${done.refused}`)
  await auth.signOut(cookieHeaderOf(done.setCookies))
  return key
}

/** What a token with this key shows now (RFC 6238: SHA-1, 30 seconds, six digits). */
export function codeOf(key: string, step = 0): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Temporal.Now.instant().epochMilliseconds / 30_000) + step))
  const mac = createHmac('sha1', fromBase32(key)).update(counter).digest()
  const at = (mac[19] as number) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text.replace(/=+$/, '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The present code of the invented person whose sign-in waits for it, or null: a visitor holds no token. */
export async function demoCode(house: House, cookieHeader: string): Promise<string | null> {
  const waiting = /(?:^|;\s*)[^=;]*two_factor=([^;]+)/.exec(cookieHeader)?.[1]
  const value = waiting && decoded(waiting).replace(/\.[^.]*$/, '')
  if (!value) return null
  // The sign-in library keeps a waiting sign-in under the hash of what the cookie holds.
  const identifier = createHash('sha256').update(value).digest('base64url')
  const found = await house.read(systemActor, 'demo', (ctx) =>
    sql<{ key: string | null }>`select s.value->>(u.person_id::text) as key
      from auth.verification v join auth."user" u on u.id::text = v.value join platform.setting s on s.name = ${setting}
      where v.identifier = ${identifier}`.execute(ctx.db),
  )
  const key = found.rows[0]?.key
  return key ? codeOf(key) : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
