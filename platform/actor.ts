import { createHash } from 'node:crypto'
import type { Permission } from '#policy/access/permissions.ts'

/** Who acts. Built once per request from the session and the duty table; never from request data. */
export type Actor = {
  kind: 'person' | 'citizen' | 'system' | 'anonymous'
  personId: string | null
  name: string
  policeNo: string
  unitId: string | null
  /** The actor's own unit and every unit above it: what he may not supervise. */
  homeUnits: readonly string[]
  roles: readonly string[]
  /** Permission → units in which it holds; '*' is the whole bureau. */
  grants: Readonly<Partial<Record<Permission, readonly string[]>>>
}

const nobody = { personId: null, name: '', policeNo: '', unitId: null, homeUnits: [], roles: [], grants: {} }
export const systemActor: Actor = { ...nobody, kind: 'system', name: 'system' }
export const citizenActor: Actor = { ...nobody, kind: 'citizen' }
export const anonymousActor: Actor = { ...nobody, kind: 'anonymous' }

export function may(actor: Actor, permission: Permission, unitId?: string | null): boolean {
  if (actor.kind === 'system') return true
  const units = actor.grants[permission]
  if (!units) return false
  return unitId === undefined || units.includes('*') || (unitId !== null && units.includes(unitId))
}

/**
 * The signed setting by which the database knows the actor (migration 0001, platform.actor_claims).
 * Bound to one backend process and to an hour, so that a copied token is worth nothing.
 */
export function actorToken(actor: Actor, key: Buffer, backendPid: number, expiresAt: number): string {
  const claims = {
    k: actor.kind,
    p: actor.personId ?? undefined,
    h: actor.homeUnits,
    g: actor.grants,
    x: expiresAt,
    d: backendPid,
  }
  const body = Buffer.from(JSON.stringify(claims))
  const inner = createHash('sha256').update(key).update(body).digest()
  const signature = createHash('sha256').update(key).update(inner).digest('hex')
  return `${body.toString('base64')}.${signature}`
}
