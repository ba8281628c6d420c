const voidTags = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
])
const tagOrComment = /<!--[\s\S]*?-->|<!doctype[^>]*>|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/gi
const attributePattern = /([^\s=/"'>]+)(?:\s*=\s*"([^"]*)"|\s*=\s*'([^']*)')?/g

type Attributes = Map<string, string>
type Element = { tag: string; attributes: Attributes }

/**
 * What is wrong with a piece of markup, in words; empty when nothing is. For tests of pages: unbalanced tags, attributes
 * or ids given twice, labels and descriptions that point nowhere, pictures without a text, and whatever the content
 * security policy would refuse. `page` also asks for one h1, one main and a title.
 */
export function faultsIn(markup: string, kind: 'part' | 'page' = 'part'): string[] {
  const faults: string[] = []
  const elements = readElements(markup, faults)
  faults.push(...idFaults(elements))
  for (const { tag, attributes } of elements) faults.push(...refused(tag, attributes))
  if (/<(?![a-zA-Z/!])/.test(markup)) faults.push('a bare <')
  return kind === 'page' ? [...faults, ...pageFaults(elements)] : faults
}

function readElements(markup: string, faults: string[]): Element[] {
  const open: string[] = []
  const elements: Element[] = []
  for (const [, slash, name = '', rest = ''] of markup.matchAll(tagOrComment)) {
    const tag = name.toLowerCase()
    if (tag === '') continue
    if (slash) {
      const last = open.pop()
      if (last !== tag) faults.push(`</${tag}> closes <${last ?? 'nothing'}>`)
      continue
    }
    elements.push({ tag, attributes: readAttributes(tag, rest, faults) })
    if (!voidTags.has(tag) && !rest.trimEnd().endsWith('/')) open.push(tag)
  }
  if (open.length > 0) faults.push(`never closed: <${open.join('> <')}>`)
  return elements
}

function idFaults(elements: readonly Element[]): string[] {
  const faults: string[] = []
  const ids = new Set<string>()
  for (const id of elements.flatMap(({ attributes }) => attributes.get('id') ?? [])) {
    if (ids.has(id)) faults.push(`id "${id}" more than once`)
    ids.add(id)
  }
  for (const { tag, attributes } of elements) {
    const lost = pointers(attributes).filter((id) => !ids.has(id))
    faults.push(...lost.map((id) => `<${tag}> points to "${id}", which is not there`))
  }
  return faults
}

function readAttributes(tag: string, rest: string, faults: string[]): Attributes {
  const attributes: Attributes = new Map()
  for (const [, name = '', double, single] of rest.matchAll(attributePattern)) {
    const key = name.toLowerCase()
    if (attributes.has(key)) faults.push(`<${tag}> has ${key} twice`)
    attributes.set(key, double ?? single ?? '')
  }
  return attributes
}

function pointers(attributes: Attributes): string[] {
  const lists = ['for', 'aria-describedby', 'aria-labelledby', 'aria-controls'].map(
    (name) => attributes.get(name) ?? '',
  )
  return lists.flatMap((list) => list.split(' ')).filter((id) => id !== '')
}

function refused(tag: string, attributes: Attributes): string[] {
  const faults: string[] = []
  for (const name of attributes.keys()) {
    if (name === 'style' || name.startsWith('on')) faults.push(`<${tag}> has ${name}, which the policy refuses`)
  }
  if (tag === 'style' || (tag === 'script' && !attributes.has('src'))) faults.push(`inline <${tag}>`)
  if (tag === 'img' && !attributes.has('alt')) faults.push('<img> without alt')
  return faults
}

function pageFaults(elements: readonly Element[]): string[] {
  const count = (wanted: string) => elements.filter(({ tag }) => tag === wanted).length
  return ['title', 'main', 'h1', 'html', 'body']
    .filter((tag) => count(tag) !== 1)
    .map((tag) => `${count(tag)} <${tag}> in a page`)
}
