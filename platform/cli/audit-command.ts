import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import type { Pool } from 'pg'
import { type Lang, messages } from '#platform/i18n.ts'
import { wordFinding } from '../audit/finding.ts'
import { receiptProof } from '../audit/receipt-proof.ts'
import { proofOfEntry } from '../audit/tree-store.ts'
import { type AuditReport, verifyAudit } from '../audit/verify-audit.ts'

export type AuditCommandDeps = {
  /** A pool of the migrating login: it reads every entry. Closed by the command. */
  openPool(): Promise<Pool>
  /** Verifier keys of this installation's key ring, newest first. */
  publicKeys(): readonly string[]
  witnessDir: string
  lang: Lang
  print(line: string): void
  /** 0 whole, 1 broken, 2 could not be checked, 3 whole but doubtful. */
  exit(code: number): void
}

type VerifyFlags = { witness?: string; key?: string; json?: boolean }

const words = messages(
  {
    audit: '核验审计记录',
    verify: '按见证的树头核验全部审计记录',
    head: '显示最新树头',
    proof: '输出一条审计记录的存在证明',
    key: '显示验证树头签名的公钥(交见证方保存)',
    witnessOption: '见证文件(默认为数据目录中的 witness/heads.txt;以见证方自存的副本为准)',
    keyOption: '公钥文件,每行一把(默认为本机密钥)',
    jsonOption: '以 JSON 输出',
    verdict: {
      whole: '审计记录完整,与见证一致。',
      doubtful: '审计记录完整,但有可疑之处:',
      broken: '审计记录已被改动:',
    },
    counts: (r: AuditReport) =>
      `条目 ${r.entries},树头 ${r.heads},见证 ${r.witnessedHeads},待编入 ${r.waiting},依法清除内容 ${r.erased}。`,
    noHead: '尚无树头。',
    noEntry: (id: string) => `没有条目 ${id},或尚未编入树中。`,
    failed: (why: string) => `无法核验:${why}`,
  },
  {
    audit: 'Check the audit log',
    verify: 'Check the whole audit log against its witnessed heads',
    head: 'Show the newest head',
    proof: 'Print the proof that an entry is in the log',
    key: 'Show the public keys that verify heads, for witnesses to keep',
    witnessOption: "Witness file (default: witness/heads.txt in the data directory; a witness's own copy is better)",
    keyOption: "File of public keys, one a line (default: this installation's)",
    jsonOption: 'Print JSON',
    verdict: {
      whole: 'The audit log is whole and as witnessed.',
      doubtful: 'The audit log is whole, but someone should ask:',
      broken: 'The audit log has been tampered with:',
    },
    counts: (r: AuditReport) =>
      `${r.entries} entries, ${r.heads} heads, ${r.witnessedHeads} witnessed, ${r.waiting} waiting, ${r.erased} erased by law.`,
    noHead: 'There is no head yet.',
    noEntry: (id: string) => `There is no entry ${id}, or it has no place in the tree yet.`,
    failed: (why: string) => `Could not check: ${why}`,
  },
)

/** `jingmin audit verify|head|proof|key`. */
export function auditCommand(deps: AuditCommandDeps): Command {
  const text = words(deps.lang)
  const command = new Command('audit').description(text.audit)
  command
    .command('verify')
    .description(text.verify)
    .option('--witness <file>', text.witnessOption)
    .option('--key <file>', text.keyOption)
    .option('--json', text.jsonOption)
    .action((flags: VerifyFlags) => guarded(deps, (pool) => verify(deps, pool, flags)))
  command
    .command('head')
    .description(text.head)
    .action(() => guarded(deps, (pool) => head(deps, pool)))
  command
    .command('proof')
    .description(text.proof)
    .argument('<entry>')
    .action((id: string) => guarded(deps, (pool) => proof(deps, pool, id)))
  command
    .command('key')
    .description(text.key)
    .action(() => deps.publicKeys().forEach((key) => void deps.print(key)))
  return command
}

async function guarded(deps: AuditCommandDeps, work: (pool: Pool) => Promise<number>): Promise<void> {
  let pool: Pool | undefined
  try {
    pool = await deps.openPool()
    deps.exit(await work(pool))
  } catch (error) {
    deps.print(words(deps.lang).failed((error as Error).message))
    deps.exit(2)
  } finally {
    await pool?.end()
  }
}

async function verify(deps: AuditCommandDeps, pool: Pool, flags: VerifyFlags): Promise<number> {
  const publicKey = flags.key ? (await readFile(flags.key, 'utf8')).split('\n').filter(Boolean) : deps.publicKeys()
  const report = await verifyAudit(pool, { witnessDir: deps.witnessDir, witness: flags.witness, publicKey })
  if (flags.json) deps.print(JSON.stringify(report, null, 2))
  else printReport(deps, report)
  return { whole: 0, broken: 1, doubtful: 3 }[report.verdict]
}

function printReport(deps: AuditCommandDeps, report: AuditReport): void {
  const text = words(deps.lang)
  deps.print(text.verdict[report.verdict])
  for (const found of report.findings) deps.print(`- ${wordFinding(found, deps.lang)}`)
  deps.print(text.counts(report))
}

async function head(deps: AuditCommandDeps, pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ note: string }>(
    'select note from platform.audit_head order by tree_size desc limit 1',
  )
  deps.print(rows[0]?.note.trimEnd() ?? words(deps.lang).noHead)
  return 0
}

async function proof(deps: AuditCommandDeps, pool: Pool, id: string): Promise<number> {
  const found = /^\d{1,18}$/.test(id) ? await proofOfEntry(pool, { id }) : null
  deps.print(found ? receiptProof(found).trimEnd() : words(deps.lang).noEntry(id))
  return found ? 0 : 1
}
