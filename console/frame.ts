import { type ConsolePage, consolePage, type NavItem } from '#console/shell/page.ts'
import { countForMenu } from '#modules/complaints/index.ts'
import { countMine } from '#modules/service-window/index.ts'
import { countOpenSlips, countProposed, countTasksForMenu } from '#modules/standing/index.ts'
import { countOrdersForMenu } from '#modules/supervision/index.ts'
import { type Actor, may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import type { Html, Printable } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import type { FieldError } from '#platform/ui/form.ts'
import { consoleWords } from './words.ts'

export type FramePage = {
  title: string
  /** Path of the menu entry that is current. */
  current: string
  main: Printable
  status?: Printable
  heading?: Printable
  actions?: Printable
  breadcrumbs?: ConsolePage['breadcrumbs']
  invalid?: boolean
  scripts?: readonly string[]
  searchValue?: string
  /** Asked for together with what the page itself reads; else they are read last. */
  counts?: MenuCounts
}

/** A console page around `main`: menu by rights with counts, search, watermark, demo strip. */
export async function frame(ctx: Context, meta: Meta, page: FramePage): Promise<Html> {
  return consoleDocument(ctx.actor, meta, page, ctx.now, page.counts ?? (await menuCounts(ctx)))
}

export type MenuCounts = {
  mine: number
  orders: number
  deductions?: number
  restrictions?: number
  slips?: number
  triage?: number
}

export async function menuCounts(ctx: Context): Promise<MenuCounts> {
  const { actor } = ctx
  const [mine, orders, deductions, restrictions, slips, triage] = await Promise.all([
    may(actor, 'matter.work') ? countMine(ctx) : 0,
    may(actor, 'order.work') ? countOrdersForMenu(ctx) : 0,
    may(actor, 'deduction.decide') ? countTasksForMenu(ctx) : 0,
    may(actor, 'restriction.confirm') ? countProposed(ctx) : 0,
    may(actor, 'slip.keep') || may(actor, 'slip.sign') ? countOpenSlips(ctx) : 0,
    may(actor, 'complaint.intake') ? countForMenu(ctx) : 0,
  ])
  return { mine, orders, deductions, restrictions, slips, triage }
}

export function consoleDocument(
  actor: Actor,
  meta: Meta,
  page: FramePage,
  now: Temporal.Instant,
  counts: MenuCounts,
): Html {
  const words = consoleWords(meta.lang)
  const signedIn = actor.kind === 'person'
  const roles = words.roles as Record<string, string>
  return consolePage({
    lang: meta.lang,
    title: page.title,
    heading: page.heading,
    actions: page.actions,
    actor: signedIn
      ? {
          name: actor.name,
          number: actor.policeNo,
          unitName: unitName(actor, meta.lang),
          roles: actor.roles.map((role) => roles[role] ?? role),
        }
      : null,
    nav: signedIn ? menu(actor, meta.lang, page.current, counts) : [],
    breadcrumbs: page.breadcrumbs,
    main: page.main,
    status: page.status,
    invalid: page.invalid,
    csrfToken: meta.csrf,
    path: meta.url,
    search: may(actor, 'matter.read'),
    searchValue: page.searchValue,
    scripts: page.scripts,
    watermarkHref: `/console/watermark.svg?at=${minute(now)}`,
    demo: meta.demo ? demoStrip(meta.lang, now) : undefined,
  })
}

function unitName(actor: Actor, lang: Lang): string {
  const named = actor as Actor & { unitZh?: string; unitEn?: string }
  return (lang === 'en' ? named.unitEn : named.unitZh) ?? ''
}

function minute(now: Temporal.Instant): string {
  return now
    .toZonedDateTimeISO('Asia/Shanghai')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace(/\D/g, '')
}

export function demoStrip(lang: Lang, now: Temporal.Instant) {
  const zh = lang !== 'en'
  return {
    now: formatMoment(now, lang),
    links: [
      { href: '/demo/phone', label: zh ? '模拟手机' : 'Demo phone' },
      { href: '/demo/time', label: zh ? '拨快时间' : 'Move time' },
      { href: '/', label: zh ? '群众网站' : 'Citizen site' },
    ],
  }
}

type Entry = {
  path: string
  key: keyof ReturnType<typeof consoleWords>['menu']
  /** One right, or any one of several. */
  needs: Parameters<typeof may>[1] | readonly Parameters<typeof may>[1][]
  group: keyof ReturnType<typeof consoleWords>['groups']
  count?: keyof MenuCounts
}

const entries: readonly Entry[] = [
  { path: '/console', key: 'home', needs: 'console.enter', group: 'counter', count: 'mine' },
  { path: '/console/receive', key: 'receive', needs: 'matter.receive', group: 'counter' },
  { path: '/console/matters', key: 'matters', needs: 'matter.read', group: 'counter' },
  { path: '/console/decisions', key: 'decisions', needs: 'matter.decide', group: 'counter' },
  { path: '/console/orders', key: 'orders', needs: 'order.read', group: 'desk', count: 'orders' },
  { path: '/console/replies', key: 'replies', needs: 'callback.read', group: 'desk' },
  { path: '/console/messages', key: 'messages', needs: 'messages.read', group: 'desk' },
  { path: '/console/intake', key: 'intake', needs: 'complaint.intake', group: 'complaints' },
  { path: '/console/triage', key: 'triage', needs: 'complaint.register', group: 'complaints', count: 'triage' },
  { path: '/console/cases', key: 'cases', needs: 'complaint.register', group: 'complaints' },
  { path: '/console/retaliation', key: 'retaliation', needs: 'retaliation.read', group: 'complaints' },
  { path: '/console/relations', key: 'allRelations', needs: 'accusation.read', group: 'complaints' },
  { path: '/console/escalations', key: 'orders', needs: 'order.oversee', group: 'leading' },
  { path: '/console/figures', key: 'figures', needs: 'figures.read', group: 'leading' },
  { path: '/console/standing', key: 'standing', needs: 'console.enter', group: 'leading' },
  { path: '/console/months', key: 'months', needs: 'month.read', group: 'leading' },
  { path: '/console/catalogue', key: 'catalogue', needs: 'catalogue.read', group: 'leading' },
  { path: '/console/my-standing', key: 'myStanding', needs: 'own.read', group: 'accountability' },
  {
    path: '/console/deductions',
    key: 'deductions',
    needs: 'deduction.decide',
    group: 'accountability',
    count: 'deductions',
  },
  {
    path: '/console/restrictions',
    key: 'restrictions',
    needs: ['restriction.confirm', 'deduction.decide'],
    group: 'accountability',
    count: 'restrictions',
  },
  {
    path: '/console/slips',
    key: 'slips',
    needs: ['slip.keep', 'slip.sign', 'deduction.decide'],
    group: 'accountability',
    count: 'slips',
  },
  { path: '/console/nominations', key: 'nominations', needs: 'eligibility.check', group: 'accountability' },
  { path: '/console/eligibility', key: 'eligibility', needs: 'eligibility.check', group: 'accountability' },
  { path: '/console/information', key: 'information', needs: 'accusation.read', group: 'accountability' },
  { path: '/console/me/statements', key: 'statements', needs: 'own.read', group: 'keeping' },
  { path: '/console/directory', key: 'directory', needs: 'directory.read', group: 'keeping' },
  { path: '/console/me/relations', key: 'relations', needs: 'own.read', group: 'keeping' },
  { path: '/console/complaint-desks', key: 'complaintDesks', needs: 'directory.manage', group: 'keeping' },
  { path: '/console/sessions', key: 'sessions', needs: 'console.enter', group: 'keeping' },
  { path: '/console/accounts', key: 'accounts', needs: 'account.manage', group: 'keeping' },
  { path: '/console/system', key: 'system', needs: 'system.operate', group: 'keeping' },
  { path: '/console/audit', key: 'audit', needs: 'audit.read', group: 'keeping' },
]

function menu(actor: Actor, lang: Lang, current: string, counts: MenuCounts): NavItem[] {
  const words = consoleWords(lang)
  let group = ''
  return entries
    .filter((entry) => [entry.needs].flat().some((right) => may(actor, right)))
    .map((entry) => {
      const item: NavItem = {
        href: entry.path,
        label: words.menu[entry.key],
        current: entry.path === current,
        count: entry.count && counts[entry.count],
      }
      if (entry.group !== group) item.group = words.groups[entry.group]
      group = entry.group
      return item
    })
}

/** Words for what is wrong with each field, in the order of the form. */
export function fieldErrors(problem: Problem | undefined, lang: Lang, order: readonly string[] = []): FieldError[] {
  if (!problem) return []
  const words = consoleWords(lang)
  const known = words.field as Record<string, string>
  const named = Object.entries(problem.fields).map(([name, code]) => ({
    name,
    message: known[code] ?? known[code.replace(/^(name|phone|text|citizen-number)-/, '')] ?? words.field.otherwise,
  }))
  if (named.length === 0) return [{ name: 'form', message: problemText(problem.code, lang) }]
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return named.sort((a, b) => rank(a.name) - rank(b.name))
}

export function errorOf(errors: readonly FieldError[], name: string): string | undefined {
  return errors.find((error) => error.name === name)?.message
}

export function problemText(code: string, lang: Lang): string {
  const words = consoleWords(lang).problem as Record<string, string>
  return words[code] ?? (words.otherwise as string)
}
