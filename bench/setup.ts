import { mkdir, rm } from 'node:fs/promises'
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
  platform: Server
  floor: Server
  generator: Generator
  /** An officer with twenty open matters, and somebody who reads the whole bureau. */
  officer: Speaker
  reader: Speaker
  stop(): Promise<void>
}

/** A durable database with as many matters as asked for, and both servers on it. */
export async function setUp(flags: Flags): Promise<Bench> {
  const dataDir = join(root, '.cache/bench/data')
  removeCluster(dataDir)
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  const house = await installedBureau(dataDir)
  const generated = await generate(house.admin, flags.rows)
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
    platform,
    floor,
    generator,
    officer: await signedClient(url, await house.signIn('officer')),
    reader: await signedClient(url, await house.signIn('plain')),
    async stop() {
      generator.stop()
      await Promise.all([platform.stop(), floor.stop()])
      await house.close()
      removeCluster(dataDir)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
