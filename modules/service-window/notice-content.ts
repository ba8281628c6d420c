import { findPerson, findUnit, type Unit } from '#modules/directory/index.ts'
import type { ItemVersionRow } from '#modules/registration/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Bureau, bureauOf } from '#platform/settings.ts'
import { valueOn } from '#policy/parameter.ts'
import type { Answers, Text } from '#policy/registration/item.ts'
import type { Gap } from '#policy/registration/material-check.ts'
import { feeFor } from '#policy/registration/requirements.ts'
import { keptOpenDays } from '#policy/service-window/limits.ts'
import { sourceOf } from '#policy/sources.ts'
import type { Matter } from './matter-store.ts'
import { openCode } from './query-code.ts'

/** What a notice says, frozen when it is issued; the document is drawn from it again, byte for byte. */
export type NoticeContent = {
  bureau: { zh: string; en: string }
  unit: {
    zh: string
    en: string
    address: string /** Whose seal it bears: the station of a window. */
    sealOf?: string
  }
  no: string
  matterNo: string
  link: string
  applicant: { name: string; phoneMasked: string | null }
  visit: number
  item: { code: string; name: Text; version: number; from: string }
  gaps: Gap[]
  /** Circumstances recorded when this was told: what a later gap is judged against (R49). */
  answers: Answers
  sixNotices: Record<'item' | 'materials' | 'fee' | 'process' | 'timeLimit' | 'supervision', Text>
  keptUntil: string
  /** The day runs into a year whose holiday notice is not out yet (b-9). */
  keptProvisional?: boolean
  second: { previousNo: string; cause: string; note: string; approver: string; approvedAt: string } | null
  officer: { name: string; policeNo: string; phone: string }
  supervision: { label: Text; number: string }[]
  basis: string
  issuedAt: string
}

export async function noticeContent(
  ctx: Context,
  matter: Matter,
  version: ItemVersionRow,
  gaps: Gap[],
  about: { no: string; officerId: string; second: NoticeContent['second'] },
): Promise<NoticeContent> {
  const bureau = await bureauOf(ctx)
  const unit = await findUnit(ctx, matter.handling_unit_id)
  const officer = await findPerson(ctx, about.officerId)
  const kept = ctx.calendar.naturalDaysDue(dayOf(ctx.now), valueOn(keptOpenDays, dayOf(ctx.now)).value)
  return {
    bureau: { zh: bureau.nameZh, en: bureau.nameEn },
    unit: {
      zh: unit?.nameZh ?? '',
      en: unit?.nameEn ?? '',
      address: unit?.address ?? '',
      sealOf: await sealOf(ctx, bureau, unit),
    },
    no: about.no,
    matterNo: matter.no,
    link: queryLink(bureau, about.no, openCode(ctx, matter)),
    applicant: { name: matter.applicant_name, phoneMasked: matter.phone_masked },
    visit: matter.visits,
    item: { code: version.itemCode, name: version.content.name, version: version.number, from: version.from },
    gaps,
    answers: matter.answers as Answers,
    sixNotices: shortNotices(version, matter.answers as Answers, gaps),
    keptUntil: 'refused' in kept ? '' : kept.day.toString(),
    ...(!('refused' in kept) && kept.provisional && { keptProvisional: true }),
    second: about.second,
    officer: {
      name: officer?.name ?? '',
      policeNo: officer?.policeNo ?? '',
      phone: officer?.phone || unit?.phone || '',
    },
    supervision: supervisionPhones(
      bureau,
      unit?.supervisionPhone ?? '',
      unit ? { zh: unit.nameZh, en: unit.nameEn } : { zh: '', en: '' },
    ),
    basis: basisInWords(version.content.basis),
    issuedAt: ctx.now.toString(),
  }
}

/** Laws and rules an item rests on, as they are printed; our own requirement numbers mean nothing to a citizen. */
export function basisInWords(basis: readonly { source: string; article?: string }[]): string {
  const articles = new Map<string, string[]>()
  for (const { source, article } of basis) {
    const found = sourceOf(source)
    // A neighbour's web page or a decision of this product is no ground to give a citizen.
    if (!found || (found.confidence !== 'L' && found.number === null)) continue
    const title = `《${found.title_zh.replace(/[《》]/g, '')}》`
    articles.set(title, [...(articles.get(title) ?? []), ...(article ? [`第${article}条`] : [])])
  }
  return [...articles].map(([title, numbers]) => title + numbers.join('、')).join('；') || '公安服务事项告知清单'
}

/** A window has no seal of its own; its station has. */
export async function sealOf(ctx: Context, bureau: Bureau, unit: Unit | undefined): Promise<string> {
  const owner = unit?.kind === 'window_unit' && unit.parentId ? await findUnit(ctx, unit.parentId) : unit
  return `${bureau.nameZh}${owner?.nameZh ?? ''}`
}

/** The link in the QR code: number and code behind the fragment-free path that the citizen's own page reads. */
export function queryLink(bureau: Bureau, no: string, code: string): string {
  return `${bureau.siteUrl}/q/${encodeURIComponent(no)}/${code}`
}

export function supervisionPhones(bureau: Bureau, unitPhone: string, unit: Text): { label: Text; number: string }[] {
  const all: { label: Text; number: string }[] = [
    { label: { zh: `${unit.zh}监督电话`, en: `${unit.en} supervision` }, number: unitPhone },
    { label: { zh: '分局监督电话', en: 'Bureau supervision' }, number: bureau.phones.bureau },
    { label: { zh: '960111 投诉台', en: '960111 complaint desk' }, number: bureau.phones['960111'] },
    { label: { zh: '12389 举报投诉', en: '12389 police complaints' }, number: bureau.phones['12389'] },
    { label: { zh: '12345 政务服务热线', en: '12345 public service line' }, number: bureau.phones['12345'] },
  ]
  return all.filter((phone) => phone.number !== '')
}

/** The six notices in short (R46); none may be empty, "no fee" is said in words. */
export function shortNotices(
  version: ItemVersionRow,
  answers: Answers,
  gaps: readonly Gap[],
): NoticeContent['sixNotices'] {
  const { content } = version
  const fee = feeFor(content, answers)
  const steps = (lang: 'zh' | 'en') => content.process.map((step) => step.step[lang]).join(' → ')
  const phones = (lang: 'zh' | 'en') => content.supervision.text[lang]
  return {
    item: content.name,
    materials: {
      zh: `需补充或者更正 ${gaps.length} 项，见本单材料清单`,
      en: `${gaps.length} to supply or correct, see the list of papers`,
    },
    fee: 'refused' in fee ? content.fee.text : fee.text,
    process: { zh: steps('zh'), en: steps('en') },
    timeLimit: {
      zh: `承诺时限：${content.promisedLimit.text.zh}；法定时限：${content.statutoryLimit.text.zh}`,
      en: `Promised: ${content.promisedLimit.text.en}; by law: ${content.statutoryLimit.text.en}`,
    },
    supervision: { zh: phones('zh'), en: phones('en') },
  }
}
