import { createHmac } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '#config'
import { type KeyRing, loadKeyRing } from './crypto/key-ring.ts'
import type { Secrets } from './db/migrate.ts'
import { withLogin } from './db/pools.ts'
import { startEmbedded } from './postgres/embedded.ts'

/** A data folder with its keys and the database behind it, embedded or one's own. */
export type Installation = {
  adminUrl: string
  appUrl: string
  publicUrl: string
  keys: KeyRing
  secrets: Secrets
  embedded: boolean
  stop(): Promise<void>
}

/** The database alone, without its keys: a restore brings those along, and keys made for it would stand in their way. */
export async function openServer(
  config: Config,
  onTrouble: (error: Error) => void = () => {},
): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o711 })
  return config.databaseUrl ? ownServer(config.databaseUrl) : embeddedServer(config, onTrouble)
}

export async function openInstallation(
  config: Config,
  onTrouble: (error: Error) => void = () => {},
): Promise<Installation> {
  const keys = loadKeyRing(config.keysDir)
  const secrets = secretsFrom(keys)
  const { adminUrl, stop } = await openServer(config, onTrouble)
  // The internet side may be given a login that is already the lesser one; then nothing more than that is known here.
  const lesser = new URL(adminUrl).username === 'jingmin_public'
  return {
    adminUrl,
    appUrl: lesser ? adminUrl : withLogin(adminUrl, 'jingmin_app', secrets.appPassword),
    publicUrl: lesser ? adminUrl : withLogin(adminUrl, 'jingmin_public', secrets.publicPassword),
    keys,
    secrets,
    embedded: !config.databaseUrl,
    stop,
  }
}

/** Passwords of the serving roles follow from a key that is not in the database, so nothing more has to be kept. */
export function secretsFrom(keys: KeyRing): Secrets {
  const key = keys.current('actor').bytes
  const derive = (name: string) => createHmac('sha256', key).update(`database login ${name}`).digest('base64url')
  return { appPassword: derive('jingmin_app'), publicPassword: derive('jingmin_public'), actorKey: key }
}

async function ownServer(adminUrl: string): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  return { adminUrl, stop: async () => {} }
}

async function embeddedServer(
  config: Config,
  onTrouble: (error: Error) => void,
): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const server = await startEmbedded({ dataDir: config.dataDir, durable: true, onTrouble })
  const client = new pg.Client({ connectionString: server.connectionString('postgres') })
  await client.connect()
  const found = await client.query(`select 1 from pg_database where datname = 'jingmin'`)
  if (found.rowCount === 0) await client.query('create database jingmin')
  await client.end()
  return { adminUrl: server.connectionString('jingmin'), stop: () => server.stop('fast') }
}

export function witnessDirOf(config: Config): string {
  return join(config.dataDir, 'witness')
}
