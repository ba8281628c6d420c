import { type AttendanceRow, agendaTopics } from '#modules/complaints/index.ts'
import { may } from '#platform/actor.ts'
import { dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { formatDay } from '#platform/i18n.ts'
import { actionButton, form } from '#platform/ui/form.ts'
import { dialogDetails, emptyState, section, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { type Drawn, documentLinks, pathOf, summaryOf } from './cockpit-parts.ts'
import { ask, moment, typedMoment } from './shared.ts'
import { monthWords } from './words.ts'

type People = {
  chairs: { id: string; name: string; policeNo: string }[]
  recorders: { id: string; name: string; policeNo: string }[]
}

/** Called, attended, minuted, signed: one section, in the order in which it happens. */
export function meetingPart(drawn: Drawn, people: People): Html {
  const { ctx, details, meta } = drawn
  const w = monthWords(meta.lang)
  const { meeting } = details
  if (!meeting) {
    return section({
      title: w.meeting,
      id: 'meeting',
      body: html`${summaryOf(drawn, 'meeting')}${may(ctx.actor, 'month.keep') && details.month.frozen_at !== null ? callForm(drawn, people) : html`<p class="hint">${w.steps.meeting}：${w.due(formatDay(Temporal.PlainDate.from(details.month.meeting_by), meta.lang))}</p>`}`,
    })
  }
  return html`${section({
    title: w.meeting,
    id: 'meeting',
    actions: meeting.chair_signed_at ? documentLinks(pathOf(details.month.period), 'minutes', meta.lang) : undefined,
    body: html`<p>${w.called(moment(meeting.began_at ?? meeting.planned_at, meta.lang), meeting.place, meeting.chairName)}</p>`,
  })}${attendancePart(drawn)}${minutesPart(drawn)}`
}

function callForm({ details, meta, back }: Drawn, people: People): Html {
  const w = monthWords(meta.lang)
  const own = back?.form === 'meeting' ? back : undefined
  const choices = (list: People['chairs']) =>
    list.map(({ id, name, policeNo }) => ({ value: id, label: `${name} ${policeNo}` }))
  return form({
    action: `${pathOf(details.month.period)}/meeting`,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    swap: true,
    submit: { label: w.call },
    body: html`${ask(meta.lang, own, { kind: 'text', name: 'plannedAt', label: w.plannedAt, hint: w.plannedHint, width: 'short', value: `${details.month.meeting_by} 09:00` })}${ask(
      meta.lang,
      own,
      { kind: 'text', name: 'place', label: w.place, maxlength: 200 },
    )}${ask(meta.lang, own, { kind: 'select', name: 'chairId', label: w.chair, options: choices(people.chairs) })}${ask(
      meta.lang,
      own,
      {
        kind: 'select',
        name: 'recorderId',
        label: w.recorder,
        options: choices(people.recorders),
      },
    )}`,
  })
}

function attendancePart(drawn: Drawn): Html {
  const { ctx, details, meta } = drawn
  const w = monthWords(meta.lang)
  const open = details.meeting?.chair_signed_at === null
  const notes = open && (may(ctx.actor, 'month.keep') || ctx.actor.personId === details.meeting?.chair_id)
  const present = details.attendance.filter((row) => row.state === 'present').length
  const unnoted = details.attendance.some((row) => row.state === null)
  return section({
    title: w.attendance,
    id: 'attendance',
    level: 3,
    body: html`<p class="hint">${w.attendanceHint}</p><p>${w.counted(present, details.attendance.length + details.vacant.length)}</p>${summaryOf(drawn, 'attendance')}${
      notes && unnoted
        ? actionButton({
            action: `${pathOf(details.month.period)}/attendance`,
            csrf: meta.csrf,
            attempt: meta.newAttempt(),
            hidden: { personId: 'rest', state: 'present' },
            label: w.allPresent,
            swap: true,
          })
        : nothing
    }${table({
      caption: w.attendance,
      captionHidden: true,
      columns: [
        { key: 'person', label: w.attColumns.person, kind: 'main' },
        { key: 'post', label: w.attColumns.post },
        { key: 'state', label: w.attColumns.state },
        { key: 'act', label: w.attColumns.act, kind: 'action' },
      ],
      rows: details.attendance.map((row) => ({
        cells: {
          person: row.name,
          post: row.requiredAs === 'leader' ? w.leader : w.head(meta.lang === 'en' ? row.unitEn : row.unitZh),
          state: stateOf(row, meta.lang),
          act: notes ? noteForm(drawn, row) : nothing,
        },
      })),
      empty: nothing,
    })}${details.vacant.map((unit) => html`<p class="hint">${w.vacant(meta.lang === 'en' ? unit.unitEn : unit.unitZh)}</p>`)}`,
  })
}

function stateOf(row: AttendanceRow, lang: 'zh' | 'en'): Html {
  const w = monthWords(lang)
  if (row.state === null) return statusBadge('neutral', w.state.none)
  const more = [row.deputyName, row.reason, row.leaveByName].filter(Boolean).join(' · ')
  const kind = row.state === 'present' ? 'done' : row.state === 'absent' ? 'late' : 'due'
  return html`${statusBadge(kind, w.state[row.state])}${more ? html` <span class="hint">${more}</span>` : nothing}`
}

function noteForm(drawn: Drawn, row: AttendanceRow): Html {
  const { details, meta } = drawn
  const w = monthWords(meta.lang)
  const own = drawn.back?.form === 'attendance' && drawn.back.typed.personId === row.personId ? drawn.back : undefined
  const name = (field: string) => field
  return dialogDetails({
    summary: w.note,
    open: own !== undefined,
    body: form({
      action: `${pathOf(details.month.period)}/attendance`,
      csrf: meta.csrf,
      attempt: meta.newAttempt(),
      hidden: { personId: row.personId },
      swap: true,
      id: `note-${row.personId}`,
      submit: { label: w.note, kind: 'plain' },
      body: html`<label class="field-label">${w.attColumns.state} <select name="${name('state')}">${(
        ['present', 'deputy', 'leave', 'absent'] as const
      ).map(
        (state) => html`<option value="${state}">${w.state[state]}</option>`,
      )}</select></label><label class="field-label">${w.deputyNo} <input name="${name('deputyNo')}" type="text" autocomplete="off" maxlength="12"></label><label class="field-label">${w.reason} <input name="${name('reason')}" type="text" maxlength="500"></label>`,
    }),
  })
}

function minutesPart(drawn: Drawn): Html {
  const { ctx, details, meta, back } = drawn
  const w = monthWords(meta.lang)
  const meeting = details.meeting
  if (!meeting) return nothing
  const own = back?.form === 'minutes' ? back : undefined
  const said = meeting.discussion as unknown as { topic: string; text: string[] }[]
  const topics = agendaTopics('zh')
  const signed = meeting.chair_signed_at
  const edits = !signed && (may(ctx.actor, 'month.keep') || ctx.actor.personId === meeting.recorder_id)
  const sign = signButton(drawn)
  return section({
    title: w.minutes,
    id: 'minutes',
    level: 3,
    body: html`${summaryOf(drawn, 'minutes')}${signed ? html`<p>${w.minutesSigned(meeting.minutes_no ?? '', moment(signed, meta.lang))}</p>` : nothing}${
      !signed && meeting.recorder_signed_at
        ? html`<p>${w.recorderSigned(meeting.recorderName, moment(meeting.recorder_signed_at, meta.lang))}</p>`
        : nothing
    }${sign}${
      edits
        ? form({
            action: `${pathOf(details.month.period)}/minutes`,
            csrf: meta.csrf,
            attempt: meta.newAttempt(),
            version: meeting.version,
            swap: true,
            submit: { label: w.saveMinutes, kind: 'plain' },
            body: html`${ask(meta.lang, own, { kind: 'text', name: 'beganAt', label: w.beganAt, hint: w.plannedHint, width: 'short', value: typedMoment(meeting.began_at ?? meeting.planned_at) })}${ask(
              meta.lang,
              own,
              { kind: 'text', name: 'endedAt', label: w.endedAt, width: 'short', value: typedMoment(meeting.ended_at) },
            )}${agendaTopics(meta.lang).map((topic, at) =>
              ask(meta.lang, own, {
                kind: 'textarea',
                name: `said${at}`,
                label: String(w.discussion(topic)),
                rows: 3,
                width: 'wide',
                optional: true,
                value: said.find((one) => one.topic === topics[at])?.text.join('\n') ?? '',
              }),
            )}`,
          })
        : nothing
    }`,
  })
}

function signButton({ ctx, details, meta }: Drawn): Html {
  const w = monthWords(meta.lang)
  const meeting = details.meeting
  if (!meeting?.began_at || meeting.chair_signed_at) return nothing
  const who = meeting.recorder_signed_at ? 'chair' : 'recorder'
  const mine = ctx.actor.personId === (who === 'chair' ? meeting.chair_id : meeting.recorder_id)
  if (!mine) return nothing
  return actionButton({
    action: `${pathOf(details.month.period)}/minutes/sign`,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    version: meeting.version,
    label: w.signMinutes[who],
    kind: 'main',
    swap: true,
  })
}

export function measuresPart(drawn: Drawn, units: readonly { value: string; label: string }[]): Html {
  const { ctx, details, meta, back } = drawn
  const w = monthWords(meta.lang)
  const own = back?.form === 'measure' ? back : undefined
  const decides = may(ctx.actor, 'month.keep') || may(ctx.actor, 'month.chair')
  const today = dayOf(ctx.now)
  return section({
    title: w.measures,
    id: 'measures',
    body: html`<p class="hint">${w.measuresHint}</p>${summaryOf(drawn, 'progress')}${summaryOf(drawn, 'evaluate')}${table(
      {
        caption: w.measures,
        captionHidden: true,
        columns: [
          { key: 'text', label: w.mColumns.text, kind: 'main' },
          { key: 'unit', label: w.mColumns.unit },
          { key: 'due', label: w.mColumns.due, kind: 'nowrap' },
          { key: 'progress', label: w.mColumns.progress },
          { key: 'act', label: w.mColumns.act, kind: 'action' },
        ],
        rows: details.open.map((row) => {
          const late = Temporal.PlainDate.from(row.dueOn).until(today, { largestUnit: 'days' }).days
          return {
            tone: late > 0 ? ('late' as const) : undefined,
            cells: {
              text: row.text,
              unit: meta.lang === 'en' ? row.unitEn : row.unitZh,
              due: html`${row.dueOn}${late > 0 ? html`<br>${statusBadge('late', String(w.overdue(late)))}` : nothing}`,
              progress: row.progress ?? html`<span class="hint">${w.noProgress}</span>`,
              act: measureForms(drawn, row, decides),
            },
          }
        }),
        empty: emptyState({ title: w.measureNone }),
      },
    )}${
      decides
        ? dialogDetails({
            summary: w.decide,
            open: own !== undefined,
            body: html`${summaryOf(drawn, 'measure')}${form({
              action: `${pathOf(details.month.period)}/measures`,
              csrf: meta.csrf,
              attempt: meta.newAttempt(),
              swap: true,
              submit: { label: w.decide },
              body: html`${ask(meta.lang, own, { kind: 'textarea', name: 'text', label: w.text, rows: 3, width: 'wide', maxlength: 1000 })}${ask(
                meta.lang,
                own,
                { kind: 'select', name: 'unitId', label: w.unit, options: units },
              )}${ask(meta.lang, own, { kind: 'date', name: 'dueOn', label: w.dueOn, width: 'short' })}`,
            })}`,
          })
        : nothing
    }`,
  })
}

function measureForms(drawn: Drawn, row: Drawn['details']['open'][number], decides: boolean): Html {
  const { ctx, meta } = drawn
  const w = monthWords(meta.lang)
  const reports = may(ctx.actor, 'month.keep') || may(ctx.actor, 'standing.read', row.unitId)
  const one = (name: 'progress' | 'evaluate', summary: string, body: Html, version?: number) =>
    dialogDetails({
      summary,
      open: drawn.back?.form === name && drawn.back.typed.id === row.id,
      body: form({
        action: `/console/measures/${row.id}/${name}`,
        csrf: meta.csrf,
        attempt: meta.newAttempt(),
        version,
        hidden: { period: drawn.details.month.period },
        id: `${name}-${row.id}`,
        swap: true,
        submit: { label: summary, kind: 'plain' },
        body,
      }),
    })
  return html`${reports ? one('progress', w.progress, html`<label class="field-label">${w.mColumns.progress} <textarea name="progress" rows="3" maxlength="2000"></textarea></label>`) : nothing}${
    decides
      ? one(
          'evaluate',
          w.evaluate,
          html`<label class="field-label">${w.evaluate} <select name="status"><option value="done">${w.done}</option><option value="dropped">${w.dropped}</option></select></label><label class="field-label">${w.evaluation} <textarea name="evaluation" rows="3" maxlength="1000"></textarea></label>`,
          row.version,
        )
      : nothing
  }`
}
