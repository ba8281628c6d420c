/**
 * A process of its own that starts the embedded server, for tests that kill it and for trying it by hand:
 * `node platform/postgres/embedded-process.ts <folder> [durable] [lock]`. Prints one line when it serves, then waits.
 */
import { startEmbedded } from './embedded.ts'
import { acquireRunLock } from './run-lock.ts'

const [dataDir = 'data', ...words] = process.argv.slice(2)
if (words.includes('lock')) acquireRunLock(dataDir, { address: 'http://localhost:8080' })
const server = await startEmbedded({ dataDir, durable: words.includes('durable') })
process.stdout.write(`${JSON.stringify({ url: server.connectionString(), how: server.how, pid: server.pid() })}\n`)
process.stdin.once('end', () => void server.stop().then(() => process.exit(0)))
process.stdin.resume()
