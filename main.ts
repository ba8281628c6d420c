import { flushCompileCache } from 'node:module'
import { readConfig } from '#config'
import { AlreadyRunning, acquireRunLock } from '#platform/postgres/run-lock.ts'
import { compose } from './compose.ts'

/** `npm start`: one process, an embedded database and, in an empty one, an invented bureau to explore. */
async function start(): Promise<void> {
  const config = readConfig(process.env)
  const lock = config.databaseUrl
    ? null
    : acquireRunLock(config.dataDir, { address: `http://localhost:${config.port}` })
  const running = await compose(config, (line) => console.log(line))
  console.log(`\n警民桥 Jingmin Bridge  ${running.address}`)
  console.log(`  群众网站 citizen site      ${running.address}/`)
  console.log(`  民警工作台 officer console  ${running.address}/console`)
  if (running.demo) {
    console.log(`  演示入口 demo tour         ${running.address}/demo`)
    console.log('\n演示账号 demo logins（人员均为虚构 all people are invented）')
    for (const login of running.demo.signIn.logins('zh'))
      console.log(`  ${login.number}  ${login.password}  ${login.who}`)
  }
  // Written now and not at the end: whoever is killed has no end.
  flushCompileCache()
  console.log('\nCtrl+C 停止 stops.')
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await running.stop()
    lock?.release()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

start().catch((error: Error) => {
  console.error(error instanceof AlreadyRunning ? error.message : (error.stack ?? error.message))
  process.exit(1)
})
