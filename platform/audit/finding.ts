/** What `verifyAudit` can find. `broken`: the record is not what was witnessed. `doubtful`: whole, but someone should ask. */
export type FindingCode = keyof typeof wordings

export type Finding = {
  code: FindingCode
  severity: 'broken' | 'doubtful'
  /** Id of the entry concerned, as text. */
  entryId?: string
  /** Place in the tree, from 0. */
  treeIndex?: number
  /** Size of the head concerned: how many entries it covers. */
  head?: number
  /** Size of the last head that still held: the change lies after it. */
  since?: number
  source?: 'database' | 'witness'
  /** How many more of the same follow and are not listed. */
  more?: number
  detail?: string
}

type Wording = { severity: Finding['severity']; zh: string; en: string }

const wordings = {
  'entry-missing': broken('条目 {entry}(序位 {index})已被删除。', 'Entry {entry} (place {index}) has been deleted.'),
  'data-changed': broken(
    '条目 {entry}(序位 {index})的内容已被改动。',
    'The data of entry {entry} (place {index}) have been changed.',
  ),
  'fields-changed': broken(
    '条目 {entry}(序位 {index})的字段(时间、人员、事项、对象或结果)已被改动。',
    'A field of entry {entry} (place {index}) – time, actor, event, subject or outcome – has been changed.',
  ),
  'leaf-changed': broken(
    '条目 {entry}(序位 {index})与其在树中的记录不符。',
    'Entry {entry} (place {index}) is not the one recorded at its place in the tree.',
  ),
  'place-missing': broken(
    '序位 {index} 缺失,其后各条目的位置不可信。',
    'Place {index} is missing; the places after it cannot be trusted.',
  ),
  'entry-outside-tree': broken(
    '条目 {entry} 不在树中,也不在待编入名单中,系另行插入。',
    'Entry {entry} is neither in the tree nor waiting for it: it was put in beside the log.',
  ),
  'waiting-changed': broken(
    '待编入的条目 {entry} 与写入时不符。',
    'Entry {entry}, waiting for its place, is not as it was written.',
  ),
  'erased-without-record': broken(
    '条目 {entry}(序位 {index})的内容已被清除,但无清除记录(audit.content-erased)。',
    'The data of entry {entry} (place {index}) were erased and no entry audit.content-erased records it.',
  ),
  'head-mismatch': broken(
    '{source}树头 {head} 与现有条目不符:改动位于序位 {since} 至 {head} 之间。',
    'Head {head} of the {source} does not fit the present entries: the change lies in places {since} to {head}.',
  ),
  'head-unsigned': broken(
    '{source}树头 {head} 没有可信密钥的有效签名。',
    'Head {head} of the {source} has no valid signature by a trusted key.',
  ),
  'head-altered': broken(
    '数据库树头 {head} 的 {detail} 与其签名文本不符。',
    'Head {head} in the database: {detail} differs from its signed note.',
  ),
  'head-missing': broken(
    '树头 {head} 有见证,数据库中已不存在。',
    'Head {head} was witnessed and is gone from the database.',
  ),
  'head-beyond-tree': broken(
    '{source}树头 {head} 记有 {head} 条,现仅有 {since} 条:记录被截断,或恢复了旧备份。',
    'Head {head} of the {source} covers {head} entries, {since} are left: the log was cut or an old backup restored.',
  ),
  'head-inserted': broken(
    '数据库树头 {head} 早于最后见证的树头,却从未见证,系后来加入。',
    'Head {head} in the database lies before the last witnessed one but was never witnessed: it was added later.',
  ),
  'entries-beyond-head': broken(
    '序位 {since} 之后的条目没有树头覆盖:树头被删除。',
    'The entries after place {since} are covered by no head: heads were removed.',
  ),
  'node-changed': broken('树的中间节点 {detail} 已被改动。', 'Stored tree node {detail} has been changed.'),
  'witness-went-back': broken(
    '见证文件第 {detail} 份树头 {head} 小于其前的树头:日志曾被退回。',
    'Note {detail} of the witness, head {head}, is smaller than the one before it: the log was once set back.',
  ),
  'witness-unreadable': broken(
    '见证文件第 {detail} 份不是完整的树头。',
    'Note {detail} of the witness is not a whole checkpoint.',
  ),
  'witness-missing': broken(
    '没有见证文件,只能证明数据库自身前后一致。',
    'There is no witness file: the database can only vouch for itself.',
  ),
  'head-not-witnessed': doubtful('最新树头 {head} 尚未见证。', 'The newest head {head} has not been witnessed yet.'),
  'entry-backdated': doubtful(
    '条目 {entry}(序位 {index})自称写于 {detail},却在树头 {head} 之后才编入。',
    'Entry {entry} (place {index}) says it was written at {detail} but came after head {head}.',
  ),
  'waiting-long': doubtful(
    '有条目早于最后树头 {head} 已写入而未编入,最早为条目 {entry}。',
    'Entries written before the last head {head} still wait for a place, the oldest is entry {entry}.',
  ),
} satisfies Record<string, Wording>

/** The finding of this code, with its severity. */
export function finding(code: FindingCode, facts: Omit<Finding, 'code' | 'severity'> = {}): Finding {
  return { code, severity: wordings[code].severity, ...facts }
}

/** One code from one source is listed this often; further ones are counted in `more` of the last. */
const listed = (code: FindingCode) => (code.startsWith('head-') || code === 'waiting-long' ? 1 : 50)

export type Findings = { report(found: Finding): void; all: Finding[]; count: number }

/** Collects findings in bounded memory, however many there are. */
export function collectFindings(): Findings {
  const perKind = new Map<string, Finding[]>()
  const findings: Findings = {
    all: [],
    count: 0,
    report(found) {
      const kind = `${found.code} ${found.source ?? ''}`
      const known = perKind.get(kind) ?? []
      perKind.set(kind, known)
      findings.count += 1
      if (known.length < listed(found.code)) {
        known.push(found)
        findings.all.push(found)
      } else {
        const last = known.at(-1)!
        last.more = (last.more ?? 0) + 1
      }
    },
  }
  return findings
}

/** One sentence that names entry and head. */
export function wordFinding(found: Finding, language: 'zh' | 'en'): string {
  const sources =
    language === 'zh' ? { database: '数据库', witness: '见证' } : { database: 'database', witness: 'witness' }
  const facts: Record<string, string | number | undefined> = {
    entry: found.entryId,
    index: found.treeIndex,
    head: found.head,
    since: found.since,
    source: found.source && sources[found.source],
    detail: found.detail,
  }
  const sentence = wordings[found.code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''))
  return sentence + moreWords(found, language)
}

function moreWords(found: Finding, language: 'zh' | 'en'): string {
  if (!found.more) return ''
  return language === 'zh' ? `同类另有 ${found.more} 处。` : ` ${found.more} more of the kind.`
}

function broken(zh: string, en: string): Wording {
  return { severity: 'broken', zh, en }
}

function doubtful(zh: string, en: string): Wording {
  return { severity: 'doubtful', zh, en }
}
