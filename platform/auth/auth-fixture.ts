import { createHmac } from 'node:crypto'
import type { TestContext } from 'node:test'
import { fixedClock } from '../clock/clock.ts'
import { freshDatabase } from '../db/fresh-database.ts'
import { openPool } from '../db/pools.ts'
import { type AuthOptions, createAuth } from './create-auth.ts'
import type { AuthEvent, AuthEventData } from './events.ts'
import { ARGON_FLOOR, type AuthParameters } from './parameters.ts'
import { cookieHeaderOf } from './sign-in.ts'

export const NUMBER = 'J012345'
export const PASSWORD = 'Qingshan-2026'
export const SECRET = 'a secret of at least thirty-two characters'
export const PERSON = '00000000-0000-4000-8000-000000000001'
const UNIT = '00000000-0000-4000-8000-0000000000aa'

export type Settings = { secure?: boolean; parameters?: Partial<AuthParameters>; needs?: boolean }

/** One officer with an account, a clock that stands, and a record of what the ledger was told. */
export async function authOfOneOfficer(t: TestContext, settings: Settings = {}) {
  const database = await freshDatabase(t)
  const { admin } = database
  await admin.query(
    `insert into directory.unit (id, code, kind, name_zh, name_en) values ($1, 'TEST', 'bureau', '测试分局', 'Test')`,
    [UNIT],
  )
  await admin.query(`insert into directory.person (id, police_no, name, unit_id) values ($1, $2, '李明', $3)`, [
    PERSON,
    NUMBER,
    UNIT,
  ])
  const pool = openPool(database.appUrl, 4)
  t.after(() => pool.end())
  const clock = fixedClock('2026-11-23T01:00:00Z')
  const told: { event: AuthEvent; data: AuthEventData }[] = []
  const needs = { now: settings.needs ?? false }
  const options: AuthOptions = {
    pool,
    secret: SECRET,
    baseURL: 'https://console.example',
    secure: settings.secure ?? true,
    argon: ARGON_FLOOR,
    ...(settings.parameters ? { parameters: settings.parameters } : {}),
    now: clock.now,
    needsSecondFactor: async () => needs.now,
    onEvent: async (event, data) => void told.push({ event, data }),
  }
  /** The same house as another process sees it. */
  const again = () => createAuth(options)
  const auth = again()
  await auth.addUser({ personId: PERSON, number: NUMBER, password: PASSWORD, mustChangePassword: false })
  told.length = 0
  const after = (duration: string) => clock.set(clock.now().add(Temporal.Duration.from(duration)))
  const signIn = (password = PASSWORD, number = NUMBER) =>
    auth.signIn({ number, password, ip: '10.0.0.7', userAgent: 'Test' })
  return { auth, again, admin, pool, clock, told, needs, after, signIn, adminUrl: database.adminUrl }
}

export type Officer = Awaited<ReturnType<typeof authOfOneOfficer>>

/** Signs in and returns the cookie header a browser would send from then on. */
export async function cookieAfterSignIn({ signIn }: Officer): Promise<string> {
  const result = await signIn()
  if (!('ok' in result)) throw new Error(`refused: ${result.refused}`)
  return cookieHeaderOf(result.setCookies)
}

/** A TOTP code by RFC 6238, written here apart from the library: `step` periods away from now. */
export function codeOf(totpURI: string, step = 0): string {
  const key = fromBase32(new URL(totpURI).searchParams.get('secret') ?? '')
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Temporal.Now.instant().epochMilliseconds / 30_000) + step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = mac[19]! & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** A code that none of the steps around now gives. */
export function wrongCodeFor(totpURI: string): string {
  const near = [-3, -2, -1, 0, 1, 2, 3].map((step) => codeOf(totpURI, step))
  for (let code = 0; ; code++) {
    const text = String(code).padStart(6, '0')
    if (!near.includes(text)) return text
  }
}

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
