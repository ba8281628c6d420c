import type { CaseDetails, ClarificationRow, FindingRow, StatementRow } from '#modules/complaints/index.ts'
import type {
  Clarification,
  Finding,
  FindingVerdict,
  StatementRequest,
} from '#platform/documents/data/accountability.ts'
import { dayOf } from '#platform/i18n.ts'
import type { Bureau } from '#platform/settings.ts'
import { caseWords } from './case-words.ts'

const words = caseWords('zh')
const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '')
const mayMove = words.provisionalWhy
const paper = { kind: 'paper' } as const

/** 说明通知: the facts to answer, without whoever complained (R124). */
export function statementPaper(one: StatementRow, caseNumber: string, bureau: Bureau): StatementRequest {
  return {
    issuer: { bureau: bureau.nameZh, unit: '', sealOf: bureau.nameZh },
    number: one.no ?? '',
    caseNumber,
    addressee: { name: one.personName, number: one.policeNo, unit: '' },
    facts: lines(one.facts),
    questions: lines(one.asks),
    until: { day: Temporal.PlainDate.from(one.dueOn), provisional: one.dueProvisional ? mayMove : undefined },
    howToAnswer: ['在平台“我的说明”中书面答复，可以附材料；也可以提交书面说明。'],
    rights: [
      '陈述、申辩并提交证据。',
      '要求与本件有利害关系的承办人回避。',
      '对认定结果不服的，收到之日起10个工作日内申诉。',
    ],
    duties: ['不得打听、查找、联系投诉人，不得对其打击报复。', '不得干扰证人或者销毁、伪造证据。'],
    basis: '《信访工作条例》第三十条、第四十六条',
    reviewer: { name: one.requestedByName, number: '' },
    issuedAt: one.requestedAt,
    served: one.readAt ? { by: { name: '平台送达', number: '' }, at: one.readAt } : undefined,
    signature: paper,
  }
}

const verdicts: Record<FindingRow['outcome'], FindingVerdict> = {
  responsible: 'responsible',
  not_responsible: 'not-responsible',
  unfounded: 'unfounded',
  not_established: 'cannot-be-established',
  withdrawn: 'withdrawn',
}
const results = { upheld: 'upheld', amended: 'changed', annulled: 'annulled' } as const

export type FindingAbout = {
  caseNumber: string
  statement: StatementRow | undefined
  /** What the case's readers see besides; the officer's own copy has none of it. */
  details?: CaseDetails
}

/** 认定书. */
export function findingPaper(one: FindingRow, about: FindingAbout, bureau: Bureau): Finding {
  const { details } = about
  return {
    issuer: { bureau: bureau.nameZh, unit: details?.deskZh ?? '', sealOf: bureau.nameZh },
    number: one.no ?? '',
    caseNumber: about.caseNumber,
    concerned: {
      unit: one.unitZh,
      officers: one.personName ? [{ name: one.personName, number: one.policeNo ?? '', unit: one.unitZh }] : [],
    },
    arrival: details && arrivalOf(details),
    allegation: one.factLine,
    tags: { alleged: tagsOf(details, 'alleged'), confirmed: tagsOf(details, 'confirmed') },
    facts: lines(one.facts),
    evidence: one.evidence.map((line) => ({
      name: line.name,
      kind: line.kind === 'file' ? '文件' : '其他',
      shows: line.shows,
    })),
    statement: heardWords(about.statement),
    clauses: one.clause ? [{ source: one.clause, article: '', text: '' }] : [],
    verdict: verdicts[one.outcome],
    conclusion: `${words.outcome[one.outcome]}。${one.nobodyReason ?? ''}`,
    severity: one.severity ? words.severity[one.severity] : undefined,
    ...handsOf(one),
    consequences: consequences[one.outcome] ?? [],
    appeal: appealOf(one),
    replaces: replacedBy(one),
    issuedAt: one.approvedAt ?? one.proposedAt,
    served: one.readAt ? { by: { name: '平台送达', number: '' }, at: one.readAt } : undefined,
    signature: paper,
  }
}

const consequences: Partial<Record<FindingRow['outcome'], string[]>> = {
  responsible: ['分局对责任单位扣分，责任单位在5个工作日内对责任民警扣分。'],
  unfounded: ['出具澄清函。'],
}

function arrivalOf(details: CaseDetails): Finding['arrival'] {
  const channels = new Set(details.submissions.map((one) => words.channel[one.channel]))
  return { at: details.case.opened_at, channel: [...channels].join('、') }
}

function tagsOf(details: CaseDetails | undefined, stage: 'alleged' | 'confirmed'): string[] {
  const coded = (details?.codings ?? []).filter((coding) => coding.stage === stage)
  return [...new Set(coded.flatMap((coding) => coding.style))].map((tag) => words.style[tag])
}

function heardWords(statement: StatementRow | undefined): Finding['statement'] {
  if (!statement?.answer) return { given: false, text: '', answer: '期满未作说明。' }
  const at = statement.answeredAt ?? undefined
  return { given: true, at, text: statement.answer, answer: '已听取并在认定中考虑。' }
}

function handsOf(one: FindingRow): Pick<Finding, 'reviewers' | 'approval'> {
  const second =
    one.reviewedByName && one.reviewedAt ? [{ name: one.reviewedByName, number: '', unit: '', at: one.reviewedAt }] : []
  return {
    reviewers: [{ name: one.proposedByName, number: '', unit: '', at: one.proposedAt }, ...second],
    approval: {
      name: one.approvedByName ?? '—',
      post: '分管领导',
      at: one.approvedAt ?? one.proposedAt,
      remark: one.approvedAt ? '同意' : '待批准',
    },
  }
}

function appealOf(one: FindingRow): Finding['appeal'] {
  const last = one.appealUntil ? Temporal.PlainDate.from(one.appealUntil) : dayOf(one.approvedAt ?? one.proposedAt)
  return {
    to: '没有参与本件认定的分局领导',
    last: { day: last, provisional: one.appealProvisional ? mayMove : undefined },
    how: one.appealUntil ? '在平台“我的说明”中提出，或者书面提出。' : '本认定尚未送达，或者是申诉后的认定。',
  }
}

function replacedBy(one: FindingRow): Finding['replaces'] {
  const { appeal } = one
  if (!appeal?.decision || !appeal.reason) return undefined
  return { number: one.no ?? '', result: results[appeal.decision], reason: appeal.reason }
}

/** 澄清函, from its frozen content. */
export function clarificationPaper(content: ClarificationRow['content'], kind: 'officer' | 'unit'): Clarification {
  return { ...content, kind, issuedAt: Temporal.Instant.from(content.issuedAt) }
}
