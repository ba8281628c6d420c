import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { removeCluster } from '#platform/postgres/placement.ts'
import { signedClient } from '#test/crash/clients.ts'
import { freePort } from '#test/crash/free-port.ts'
import { type InstalledBureau, installedBureau } from '#test/crash/installed-bureau.ts'
import type { Flags } from './flags.ts'
import { type Generated, generate } from './generate.ts'
import { type Generator, startGenerator } from './load/run-load.ts'
import type { Speaker } from './load/scenarios.ts'
import { root, type Server, startFloor, startPlatform } from './processes.ts'

export type Bench = {
  flags: Flags
  house: InstalledBureau
  generated: Generated
  /** Process of the database server. */
  postmaster: number
  platform: Server
  floor: Server
  generator: Generator
  /** An officer with twenty open matters, a colleague who receives and keeps what he receives, and somebody who reads the whole bureau. */
  officer: Speaker
  receiver: Speaker
  reader: Speaker
  stop(): Promise<void>
}

/** A durable database with as many matters as asked for, and both servers on it. */
export async function setUp(flags: Flags): Promise<Bench> {
  const dataDir = join(root, `.cache/bench/rows-${flags.rows}`)
  const { house, generated } = await database(dataDir, flags)
  const { adminUrl } = house.installation
  const unit = house.bureau.units.eastWindow
  const version = await house.admin.query(
    `select item_version_id as id from service_window.matter where item_code = 'id_card.loss_replacement' limit 1`,
  )
  const platform = await startPlatform(
    { DATABASE_URL: adminUrl, JINGMIN_DATA: dataDir, JINGMIN_KEYS: join(dataDir, 'keys') },
    await freePort(),
  )
  const floor = await startFloor(
    {
      FLOOR_DATABASE: adminUrl,
      FLOOR_UNIT: unit,
      FLOOR_PERSON: house.bureau.people.officer.id,
      FLOOR_VERSION: version.rows[0].id,
    },
    await freePort(),
  )
  const url = `http://127.0.0.1:${platform.port}`
  const generator = startGenerator()
  return {
    flags,
    house,
    generated,
    postmaster: await postmasterOf(house),
    platform,
    floor,
    generator,
    officer: await signedClient(url, await house.signIn('officer')),
    receiver: await signedClient(url, await house.signIn('officer2')),
    reader: await signedClient(url, await house.signIn('plain')),
    async stop() {
      generator.stop()
      await Promise.all([platform.stop(), floor.stop()])
      await house.close()
      if (!flags.reuse) await remove(dataDir)
    },
  }
}

type Database = { house: InstalledBureau; generated: Generated }

/** The one of an earlier run when it may be used, brought to the newest schema; else a new one. */
async function database(dataDir: string, { rows, reuse }: Flags): Promise<Database> {
  const note = join(dataDir, 'generated.json')
  const written = reuse ? await readFile(note, 'utf8').catch(() => null) : null
  if (written) return { house: await installedBureau(dataDir, true), generated: JSON.parse(written) }
  await remove(dataDir)
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  const house = await installedBureau(dataDir)
  const generated = await generate(house.admin, rows)
  await writeFile(note, JSON.stringify(generated))
  return { house, generated }
}

async function postmasterOf({ admin }: InstalledBureau): Promise<number> {
  const found = await admin.query(`select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::int as pid`)
  return found.rows[0].pid
}

async function remove(dataDir: string): Promise<void> {
  removeCluster(dataDir)
  await rm(dataDir, { recursive: true, force: true })
}
