import { statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

const MB = 1024 * 1024

/** The server's settings for this machine, the caller's own last. Values are written as postgresql.conf takes them. */
export function serverSettings(options: {
  durable: boolean
  port: number
  logDirectory: string
  settings?: Record<string, string | number | boolean>
}): Record<string, string | number | boolean> {
  return {
    listen_addresses: '127.0.0.1',
    // The path of a socket is limited to 107 bytes and the data folder is not.
    unix_socket_directories: '',
    port: options.port,
    max_connections: 60,
    ...memorySettings(),
    random_page_cost: 1.1,
    jit: false,
    max_wal_size: '512MB',
    checkpoint_timeout: '2min',
    dynamic_shared_memory_type: sharedMemoryType(),
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'ISO, YMD',
    lc_messages: 'C',
    default_text_search_config: 'pg_catalog.simple',
    password_encryption: 'scram-sha-256',
    ...logSettings(options.logDirectory),
    // Tests throw their cluster away: nothing in it needs to survive the machine.
    ...(options.durable
      ? { fsync: true, synchronous_commit: true, full_page_writes: true }
      : { fsync: false, synchronous_commit: false, full_page_writes: false, max_wal_size: '2GB', autovacuum: true }),
    ...options.settings,
  }
}

/** The text of postgresql.conf. */
export function settingsText(settings: Record<string, string | number | boolean>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quoted(value)}`)
  return `# Written at every start. Lasting changes: ALTER SYSTEM.\n${lines.join('\n')}\n`
}

function quoted(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number') return String(value)
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

function memorySettings(): Record<string, string> {
  const limit = process.constrainedMemory()
  const machine = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  const share = (part: number, low: number, high: number) =>
    `${Math.round(Math.min(high, Math.max(low, machine / part / MB)))}MB`
  return {
    shared_buffers: share(8, 32, 256),
    effective_cache_size: share(2, 128, 16_384),
    maintenance_work_mem: share(32, 16, 128),
    work_mem: share(256, 4, 16),
  }
}

/** Containers often have 64 MB of /dev/shm, which a parallel query exhausts; files in the cluster do as well. */
function sharedMemoryType(): string {
  if (process.platform === 'win32') return 'windows'
  if (process.platform !== 'linux') return 'posix'
  try {
    const shm = statfsSync('/dev/shm')
    return shm.bsize * shm.blocks >= 256 * MB ? 'posix' : 'mmap'
  } catch {
    return 'mmap'
  }
}

/** A file for each day of the month, overwritten a month later; never the statements or values of a person's data. */
function logSettings(directory: string): Record<string, string | number | boolean> {
  return {
    logging_collector: true,
    log_directory: directory,
    log_filename: 'postgres-%d.log',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_truncate_on_rotation: true,
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: false,
  }
}
