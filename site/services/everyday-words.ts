/** What people say at home, and the word of the catalogue that is meant. */
const meant: readonly (readonly [said: RegExp, term: string])[] = [
  [/弄丢了?|丢了|丢掉|掉了|不见了?|遗失/u, '丢失'],
  [/弄坏了?|坏了|破了|磁条|看不清/u, '损坏'],
  [/过期了?|快到期|换新/u, '到期'],
  [/落户|迁户口?|转户口/u, '迁入'],
  [/改名字?|换名字?/u, '姓名变更'],
  [/上户口|报户口|新生儿?|生孩子|宝宝/u, '出生'],
  [/第一次办|没办过/u, '首次'],
  [/着急用|急用|临时用/u, '临时'],
]

/** The word as typed, and as the catalogue would say it. */
export function waysToSay(word: string): string[] {
  const terms = meant.filter(([said]) => said.test(word)).map(([said, term]) => word.replace(said, term))
  return [word, ...terms]
}
