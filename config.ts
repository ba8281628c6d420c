import { resolve } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

const Settings = Type.Object({
  /** Port of the web address. */
  PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 8080 }),
  /** Address to listen on. */
  HOST: Type.String({ minLength: 1, default: '0.0.0.0' }),
  /** Folder for the embedded database, keys, witness file and logs. */
  JINGMIN_DATA: Type.String({ minLength: 1, default: 'data' }),
  /** A PostgreSQL server of one's own (15 or newer) instead of the embedded one; the login must own the database. */
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  /** Which part this process plays: everything, the internet side, the police network side, or background work. */
  JINGMIN_ROLE: Type.Union(
    [Type.Literal('all'), Type.Literal('public'), Type.Literal('internal'), Type.Literal('worker')],
    { default: 'all' },
  ),
  /** 'demo' invents a bureau in an empty database; 'live' never does. */
  JINGMIN_MODE: Type.Union([Type.Literal('demo'), Type.Literal('live')], { default: 'demo' }),
  /** Keys kept elsewhere than in the data folder. */
  JINGMIN_KEYS: Type.Optional(Type.String({ minLength: 1 })),
  /** 'sm' is SM4-GCM and HMAC-SM3, 'aes' the alternative. */
  JINGMIN_CRYPTO: Type.Union([Type.Literal('sm'), Type.Literal('aes')], { default: 'sm' }),
  /** The citizens' address, for links and QR codes; default http://localhost:PORT. */
  JINGMIN_SITE_URL: Type.Optional(Type.String({ pattern: '^https?://' })),
  /** 1 when TLS ends in front of this process: cookies become Secure. */
  JINGMIN_SECURE: Type.Union([Type.Literal('0'), Type.Literal('1')], { default: '0' }),
  /** 1 when a reverse proxy in front sets X-Forwarded-For. */
  JINGMIN_PROXY: Type.Union([Type.Literal('0'), Type.Literal('1')], { default: '0' }),
  /** The SMS gateway's address and shared secret; without them live mode keeps messages waiting. */
  JINGMIN_SMS_URL: Type.Optional(Type.String({ pattern: '^https?://' })),
  JINGMIN_SMS_SECRET: Type.Optional(Type.String({ minLength: 16 })),
  /** Fonts that the bureau owns (仿宋_GB2312, 方正小标宋): used first for documents. */
  JINGMIN_FONTS: Type.Optional(Type.String({ minLength: 1 })),
  LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'silent'].map((level) => Type.Literal(level)),
    { default: 'warn' },
  ),
})

export type Config = {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  role: Static<typeof Settings>['JINGMIN_ROLE']
  demo: boolean
  keysDir: string
  crypto: 'sm' | 'aes'
  siteUrl: string
  secure: boolean
  trustProxy: boolean
  sms: { url: string; secret: string } | null
  fontsDir: string | undefined
  logLevel: string
}

/** The environment, read once and checked; a setting that cannot be is named, with its value. */
export function readConfig(env: Record<string, string | undefined>, projectDir = import.meta.dirname): Config {
  const known = Object.fromEntries(
    Object.keys(Settings.properties)
      .map((name) => [name, env[name] || undefined])
      .filter(([, value]) => value !== undefined),
  )
  const settings = Value.Default(Settings, Value.Convert(Settings, known)) as Static<typeof Settings>
  const faults = [...Value.Errors(Settings, settings)]
  if (faults.length > 0) {
    const named = faults.map((fault) => `${fault.instancePath.slice(1) || '?'}: ${fault.message}`)
    throw new Error(`设置有误 / these settings are wrong:\n  ${[...new Set(named)].join('\n  ')}`)
  }
  if (Boolean(settings.JINGMIN_SMS_URL) !== Boolean(settings.JINGMIN_SMS_SECRET))
    throw new Error('JINGMIN_SMS_URL and JINGMIN_SMS_SECRET go together')
  const dataDir = resolve(projectDir, settings.JINGMIN_DATA)
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir,
    databaseUrl: settings.DATABASE_URL,
    role: settings.JINGMIN_ROLE,
    demo: settings.JINGMIN_MODE === 'demo',
    keysDir: resolve(projectDir, settings.JINGMIN_KEYS ?? `${dataDir}/keys`),
    crypto: settings.JINGMIN_CRYPTO,
    siteUrl: (settings.JINGMIN_SITE_URL ?? `http://localhost:${settings.PORT}`).replace(/\/+$/, ''),
    secure: settings.JINGMIN_SECURE === '1',
    trustProxy: settings.JINGMIN_PROXY === '1',
    sms:
      settings.JINGMIN_SMS_URL && settings.JINGMIN_SMS_SECRET
        ? { url: settings.JINGMIN_SMS_URL, secret: settings.JINGMIN_SMS_SECRET }
        : null,
    fontsDir: settings.JINGMIN_FONTS,
    logLevel: settings.LOG_LEVEL as string,
  }
}
