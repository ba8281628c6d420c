/** Words that most complaints share; they tell nothing about whether two mean the same event. */
const common =
  /民警|警察|警官|辅警|派出所|公安|分局|窗口|工作人员|投诉|举报|信访|反映|服务|态度|同志|领导|希望|要求|处理|解决|办理|业务|群众|老百姓|本人|我们|你们|他们|这个|那个|什么|没有|不是|可以|因为|所以|但是|而且|然后|非常|十分|今天|昨天|当时|现在|时候|请问|谢谢|报警|报案|来电|电话/gu

/** Only what carries meaning is left, in stretches that punctuation and common words divide. */
function stretches(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(common, ' ')
    .split(/[^\p{Script=Han}\p{L}\p{Nd}]+/u)
    .filter((stretch) => stretch.length > 1)
}

/** The pairs of neighbouring characters of a text: for Chinese what words are elsewhere. */
export function shingles(text: string): Set<string> {
  const found = new Set<string>()
  for (const stretch of stretches(text)) {
    for (let at = 0; at + 2 <= stretch.length; at += 1) found.add(stretch.slice(at, at + 2))
  }
  return found
}

/** A memo of this many pairs or fewer shares some with any long letter. */
const fewPairs = 8

/**
 * How alike two texts are, from 0 to 1: shared pairs of all pairs (jaccard-1912), or, where a short note may repeat a
 * part of a long letter, nine tenths of the share of the shorter one.
 */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [short, long] = a.size <= b.size ? [a, b] : [b, a]
  if (short.size === 0) return 0
  let shared = 0
  for (const pair of short) if (long.has(pair)) shared += 1
  const jaccard = shared / (a.size + b.size - shared)
  return short.size <= fewPairs ? jaccard : Math.max(jaccard, (0.9 * shared) / short.size)
}

/** The longest stretches of at least three characters that stand in both texts, for showing why. */
export function sharedPhrases(a: string, b: string, most = 3): string[] {
  const other = stretches(b).join(' ')
  const found = new Set<string>()
  for (const stretch of stretches(a)) {
    for (let from = 0; from < stretch.length; ) {
      let to = from + 1
      while (to < stretch.length && other.includes(stretch.slice(from, to + 1))) to += 1
      if (to - from >= 3) found.add(stretch.slice(from, to))
      from = Math.max(to - 1, from + 1)
    }
  }
  return [...found].sort((x, y) => y.length - x.length || (x < y ? -1 : 1)).slice(0, most)
}
