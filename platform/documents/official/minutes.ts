import type { Attendee, Minutes } from '../data/official.ts'
import { dayText, hourText, inSentence, monthText, sentence } from '../written.ts'
import { type Block, headings, type OfficialDocument, points, text } from './block.ts'
import { measuresTable } from './monthly-report.ts'

/** 例会纪要: the mark is its title, and who attended stands at the end (GB/T 9704-2012, 纪要格式). */
export function minutesDocument(minutes: Minutes): OfficialDocument {
  const { head, signed, meeting } = minutes
  return {
    layout: 'minutes',
    mark: head.mark,
    number: head.number,
    office: head.office,
    date: head.date,
    secrecy: head.secrecy,
    signers: [],
    title: [`${head.mark}（${head.number}）`],
    to: [],
    body: [opening(minutes), ...parts(minutes), ...attendance(minutes)],
    annexes: [],
    signatures: [
      { role: '主持人', name: meeting.chair.name, at: signed?.chairAt },
      { role: '记录人', name: meeting.recorder.name, at: signed?.recorderAt },
    ],
    imprint: head.imprint,
  }
}

function opening({ meeting, period }: Minutes): Block {
  const until = meeting.until ? `至${hourText(meeting.until)}` : ''
  const local = meeting.from.toZonedDateTimeISO('Asia/Shanghai')
  return text(
    `${dayText(local)}${hourText(meeting.from)}${until}，${meeting.chair.post}${meeting.chair.name}在${meeting.place}主持召开信访投诉案件分析研究例会，分析${monthText(period.month)}群众信访投诉案件，研究工作对策。现将会议情况纪要如下。`,
  )
}

function parts(minutes: Minutes): Block[] {
  const heading = headings()
  const { agenda, lastMeasures, discussion, decisions, openMeasures } = minutes
  const all: [string, Block[]][] = [
    ['会议议程', points(agenda.map(sentence))],
    [
      '上次会议措施落实情况',
      lastMeasures.length > 0 ? [measuresTable(lastMeasures)] : [text('上次会议没有待落实的措施。')],
    ],
    [
      '讨论情况',
      discussion.flatMap(({ topic, text: words }) => [
        { kind: 'heading', level: 2, text: topic } as const,
        ...words.map((paragraph) => text(sentence(paragraph))),
      ]),
    ],
    ['会议决定', decisions.length > 0 ? points(decisions.map(decided)) : [text('本次会议没有形成新的决定。')]],
    ['继续跟踪的措施', openMeasures.length > 0 ? [measuresTable(openMeasures)] : []],
  ]
  return all
    .filter(([, blocks]) => blocks.length > 0)
    .flatMap(([name, blocks]) => [
      heading(1, name),
      ...blocks.map((block) => (block.kind === 'heading' ? heading(2, block.text) : block)),
    ])
}

function decided({ text: words, unit, due }: Minutes['decisions'][number]): string {
  return `${inSentence(words)}。（责任单位：${unit}；完成时限：${dayText(due)}）`
}

function attendance({ attendance: who, meeting }: Minutes): Block[] {
  const { leaders, heads, deputies, leave, absent, observers } = who
  const present = leaders.length + heads.length
  const due = present + leave.length + absent.length
  const lines: [label: string, names: string[]][] = [
    ['主持', [named(meeting.chair)]],
    ['班子成员', leaders.map(named)],
    ['单位负责人', heads.map(named)],
    ['请假', leave.map((one) => `${named(one)}（${inSentence(one.reason)}，${one.approvedBy}批准）`)],
    ['缺席', absent.map(named)],
    ['代为参会', deputies.map((one) => `${named(one)}（代${one.inPlaceOf}，不计为主要负责人出席）`)],
    ['列席', observers.map(named)],
    ['记录', [named(meeting.recorder)]],
  ]
  const rows: Block[] = lines.map(([label, names]) => ({
    kind: 'attendance',
    label,
    text: names.length > 0 ? names.join('，') : '无',
  }))
  return [{ kind: 'gap' }, { kind: 'attendance', label: '应到', text: `${due}人，实到${present}人` }, ...rows]
}

/** 「青山路派出所所长 孙志强」 */
function named({ name, post }: Attendee): string {
  return `${post} ${name}`
}
