import type { CaseDetails, FindingRow, StatementRow } from '#modules/complaints/index.ts'
import { hasPaper } from '#modules/complaints/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { formatDay, formatMoment, formatMomentShort, type Lang } from '#platform/i18n.ts'
import { factList, section, statusBadge, timeline } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { caseWords, wordOf } from './case-words.ts'

export function paragraphs(text: string): Html {
  return html`${text.split('\n').map((line) => html`<p>${line}</p>`)}`
}

const dayWords = (day: string, lang: Lang) => formatDay(Temporal.PlainDate.from(day), lang)

/** Every complaint word for word, as it came in. */
export function submissionsPart({ submissions }: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  const body = submissions.map((one, at) => {
    const marks = [
      words.channel[one.channel],
      one.oral && words.marks.oral,
      one.anonymous && words.marks.anonymous,
      one.confidential && words.marks.confidential,
      one.reachable ? words.marks.reachable : words.marks.unreachable,
      one.groupSize > 1 && words.group(one.groupSize),
      one.withdrawnAt && words.marks.withdrawn,
      one.rating !== null && words.rating(one.rating),
    ].filter((mark) => typeof mark === 'string')
    return html`<h3>${words.submission(at + 1)}</h3><p class="hint">${formatMoment(one.receivedAt, lang)} · ${marks.join(' · ')}</p><blockquote>${paragraphs(one.text)}</blockquote>${
      one.ratingComment ? html`<blockquote>${paragraphs(one.ratingComment)}</blockquote>` : nothing
    }`
  })
  return section({ title: words.submissions, body: html`${body}`, id: 'submissions' })
}

export function filesPart({ case: found, files }: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  const whose = (file: CaseDetails['files'][number]) =>
    file.statementId
      ? words.fromOfficer
      : file.submissionId
        ? words.fromComplainant
        : (file.addedByName ?? words.system)
  return section({
    title: words.files,
    id: 'files',
    body: table({
      caption: words.files,
      captionHidden: true,
      columns: [
        { key: 'name', label: words.ask.file, kind: 'main' },
        { key: 'said', label: words.ask.shows },
        { key: 'whose', label: words.facts.received },
      ],
      rows: files.map((file) => ({
        href: `/console/cases/${found.id}/files/${file.id}`,
        cells: { name: file.name, said: file.said, whose: `${whose(file)} ${formatMomentShort(file.addedAt, lang)}` },
      })),
      empty: html`<p class="hint">${words.noFiles}</p>`,
    }),
  })
}

/** Alleged and confirmed side by side; the two are never mixed (A7). */
export function tagsPart({ codings, can }: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  const named = (codes: readonly string[], of: object) =>
    codes.map((code) => wordOf(of, code)).join(lang === 'en' ? ', ' : '、')
  const column = (stage: 'alleged' | 'confirmed') => {
    const coded = codings.filter((one) => one.stage === stage)
    // The second reviewer codes for himself first (CO06).
    if (stage === 'confirmed' && can.includes('agree')) return html`<p class="hint">${words.hiddenTags}</p>`
    if (coded.length === 0) return html`<p class="hint">${words.noTags}</p>`
    return html`<ul>${coded.map((one) => {
      const tags = [named(one.style, words.style), named(one.behaviour, words.behaviour)].filter(Boolean).join(' · ')
      const led = one.words.map((word) => word.text).join(lang === 'en' ? ', ' : '、')
      return html`<li>${tags || words.noTags} <span class="hint">${one.coderName ?? words.proposalBySystem}${led ? `：${led}` : ''}</span></li>`
    })}</ul>`
  }
  return section({
    title: words.tags,
    id: 'tags',
    body: factList([
      { label: words.alleged, value: column('alleged') },
      { label: words.confirmed, value: column('confirmed') },
    ]),
  })
}

const statementTone = { requested: 'open', answered: 'done', expired: 'stopped' } as const

export function statementsPart({ case: found, statements }: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  if (statements.length === 0) return nothing
  return section({
    title: words.statements,
    id: 'statements',
    body: html`${statements.map((one) => statementBlock(one, found.id, lang))}`,
  })
}

function statementBlock(one: StatementRow, caseId: string, lang: Lang): Html {
  const words = caseWords(lang)
  const until =
    one.status === 'requested'
      ? ` ${words.until(dayWords(one.dueOn, lang))}${one.dueProvisional ? ` (${words.provisional})` : ''}`
      : ''
  return html`<h3>${one.personName}（${one.policeNo}）</h3><p>${statusBadge(statementTone[one.status], words.statementStatus[one.status])}${until} · <a href="/console/cases/${caseId}/statements/${one.id}.pdf" target="_blank" rel="noopener">${one.no} PDF</a></p>${factList(
    [
      { label: words.asked, value: paragraphs(one.facts) },
      { label: words.questions, value: one.asks && paragraphs(one.asks) },
      {
        label: words.answered,
        value:
          one.answer &&
          html`<p class="hint">${formatMoment(one.answeredAt as Temporal.Instant, lang)}</p>${paragraphs(one.answer)}`,
      },
    ],
  )}`
}

export function findingsPart({ case: found, findings }: CaseDetails, lang: Lang): Html {
  if (findings.length === 0) return nothing
  return section({
    title: caseWords(lang).findings,
    id: 'findings',
    body: html`${findings.map((one) => html`${findingBlock(one, lang)}<p><a href="/console/cases/${found.id}/findings/${one.id}.pdf" target="_blank" rel="noopener">${one.no} PDF</a></p>`)}`,
  })
}

const findingTone = {
  draft: 'neutral',
  returned: 'stopped',
  reviewed: 'open',
  approved: 'done',
  appealed: 'due',
  upheld: 'done',
  annulled: 'stopped',
  amended: 'stopped',
} as const

/** One finding, for the case's page and for the officer's own. */
export function findingBlock(one: FindingRow, lang: Lang): Html {
  const words = caseWords(lang)
  const unit = lang === 'en' ? one.unitEn : one.unitZh
  const outcome = `${words.outcome[one.outcome]}${one.severity ? ` · ${words.severity[one.severity]}` : ''}`
  const { appeal } = one
  return html`<h3>${one.personName ? `${one.personName}（${one.policeNo}）` : `${unit}（${words.unitOnly}）`}</h3><p>${statusBadge(findingTone[one.status], words.findingStatus[one.status])} <strong>${outcome}</strong>${
    one.amends ? html` · ${words.amendedFrom}` : nothing
  }</p>${factList([
    { label: words.ask.factLine, value: one.factLine },
    { label: words.ask.factsFound, value: paragraphs(one.facts) },
    { label: words.clause, value: one.clause },
    { label: words.nobodyReason, value: one.nobodyReason },
    {
      label: words.evidence,
      value:
        one.evidence.length > 0 &&
        html`<ul>${one.evidence.map((line) => html`<li>${line.name}${line.shows ? `：${line.shows}` : ''}</li>`)}</ul>`,
    },
    {
      label: words.ask.approval,
      value: words.hands(one.proposedByName, one.reviewedByName ?? '–', one.approvedByName ?? '–'),
    },
    {
      label: words.forms.appeal.title,
      value:
        one.appealUntil &&
        words.appealUntil(
          `${dayWords(one.appealUntil, lang)}${one.appealProvisional ? ` (${words.provisional})` : ''}`,
        ),
    },
    {
      label: words.appealFiled,
      value: appeal && html`<p class="hint">${formatMoment(appeal.filedAt, lang)}</p>${paragraphs(appeal.grounds)}`,
    },
    {
      label: words.ask.appeal,
      value:
        appeal?.decision &&
        html`<p>${words.appealDecided(words.appealDecision[appeal.decision], appeal.decidedByName ?? '')}</p>${paragraphs(appeal.reason ?? '')}`,
    },
    {
      label: words.forms.clarify.title,
      value: one.clarification && words.clarified(one.clarification.no, one.clarification.tellUnit),
    },
  ])}`
}

export function noticesPart({ case: found, notices, submissions }: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  const nth = (id: string) => submissions.findIndex((one) => one.id === id) + 1
  return section({
    title: words.notices,
    id: 'notices',
    body: table({
      caption: words.notices,
      captionHidden: true,
      columns: [
        { key: 'kind', label: words.notices, kind: 'main' },
        { key: 'to', label: words.ask.submission },
        { key: 'at', label: words.facts.received, kind: 'nowrap' },
        { key: 'how', label: words.ask.toldHow },
      ],
      rows: notices.map((one) => ({
        href: hasPaper(one.content) ? `/console/cases/${found.id}/notices/${one.id}.pdf` : undefined,
        cells: {
          kind: `${words.noticeKind[one.kind]} ${one.no}`,
          to: words.submission(nth(one.submissionId)),
          at: formatMomentShort(one.issuedAt, lang),
          how: one.toldHow ? words.toldHow[one.toldHow] : '',
        },
      })),
      empty: html`<p class="hint">${words.noNotices}</p>`,
    }),
  })
}

export function reviewsPart({ reviews, wishes }: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  const asked = wishes.map((wish) => {
    const state = wish.refused
      ? words.wishRefused(wordOf(words.codes, wish.refused))
      : wish.takenUpAt
        ? words.wishTaken
        : words.wishWaiting
    return html`<li>${wordOf(words.wishKind, wish.kind)} · ${formatMoment(wish.askedAt, lang)} · ${state}<blockquote>${paragraphs(wish.text)}</blockquote></li>`
  })
  const done = reviews.map(
    (review) =>
      html`<li>${words.reviewLevel[review.level]} · ${words.reviewDue(dayWords(review.due_on, lang))}${
        review.outcome ? html` · <strong>${words.reviewOutcome[review.outcome]}</strong>（${review.body}）` : nothing
      }<blockquote>${paragraphs(review.reason)}</blockquote>${review.opinion ? html`<blockquote>${paragraphs(review.opinion)}</blockquote>` : nothing}</li>`,
  )
  return html`${asked.length > 0 ? section({ title: words.wishes, body: html`<ul>${asked}</ul>` }) : nothing}${
    done.length > 0 ? section({ title: words.reviews, body: html`<ul>${done}</ul>`, id: 'reviews' }) : nothing
  }`
}

/** The history as it was written, oldest first. */
export function historyPart(ctx: Context, details: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  return section({
    title: words.history,
    id: 'history',
    body: timeline({ label: words.history, entries: details.steps.map((step) => stepEntry(step, ctx.now, lang)) }),
  })
}

const late = ['overdue', 'disagreed', 'returned', 'statement_expired']

export function stepEntry(step: CaseDetails['steps'][number], now: Temporal.Instant, lang: Lang) {
  const words = caseWords(lang)
  const about =
    typeof step.detail.kind === 'string' ? wordOf({ ...words.noticeKind, ...words.pauseKind }, step.detail.kind) : ''
  const decision = typeof step.detail.decision === 'string' ? wordOf(words.appealDecision, step.detail.decision) : ''
  const what = [wordOf(words.step, step.kind), step.toName, about, decision].filter(Boolean).join(' · ')
  const kind = late.includes(step.kind)
    ? ('late' as const)
    : step.kind === 'assigned'
      ? ('pass' as const)
      : step.kind === 'closed'
        ? ('done' as const)
        : undefined
  return {
    at: formatMomentShort(step.at, lang, dayOf(now)),
    who: step.personName ?? words.system,
    what,
    detail: step.text || undefined,
    kind,
  }
}
