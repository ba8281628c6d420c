const yes = new Set([
  'y',
  'yes',
  'ok',
  '同意',
  '我同意',
  '可以',
  '可以联系',
  '同意联系',
  '好',
  '好的',
  '行',
  '是',
  '是的',
  '愿意',
])
const no = new Set([
  'n',
  'no',
  '不同意',
  '我不同意',
  '不可以',
  '不用',
  '不用了',
  '不必',
  '不要',
  '不行',
  '否',
  '不',
  '不需要',
  '不愿意',
  '别联系',
  '不要联系',
])

/**
 * The answer to "may we contact you?". Null when it says neither. Digits are not read: somebody who sends his 1 again
 * means "very dissatisfied", not "yes", and nobody is contacted without having agreed (b-24).
 */
export function readConsent(text: string): boolean | null {
  const said = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, '')
    .replace(/(谢谢|吧|的话)$/u, '')
  if (yes.has(said)) return true
  return no.has(said) ? false : null
}
