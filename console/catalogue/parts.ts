import type { Text } from '#policy/registration/item.ts'
import { allSources } from '#policy/sources.ts'
import { conditionsPart, feePart, limitsPart, materialsPart, questionsPart } from './case-parts.ts'
import type { Part } from './spec.ts'

const t = (zh: string, en: string): Text => ({ zh, en })

/** The editing pages of a version, in the order of the six notices (R46). */
export const parts: readonly Part[] = [
  {
    key: 'item',
    label: t('服务事项', 'The service'),
    specs: [
      { kind: 'text', key: 'name', label: t('名称', 'Name') },
      {
        kind: 'choice',
        key: 'kind',
        label: t('类别', 'Kind'),
        options: [
          { value: 'registration', label: t('登记', 'Registration') },
          { value: 'confirmation', label: t('行政确认', 'Confirmation') },
          { value: 'licence', label: t('行政许可', 'Licence') },
          { value: 'public_service', label: t('公共服务', 'Public service') },
        ],
      },
      { kind: 'text', key: 'summary', label: t('内容', 'What it is'), rows: 3 },
      { kind: 'text', key: 'applicants', label: t('谁可以申请', 'Who may apply'), rows: 3 },
      { kind: 'text', key: 'result', label: t('办理结果', 'Result'), rows: 3 },
      { kind: 'text', key: 'delivery', label: t('送达方式', 'Delivery'), rows: 3 },
      {
        kind: 'list',
        key: 'basis',
        label: t('法律依据', 'Legal basis'),
        entry: t('依据', 'Basis'),
        of: [
          {
            kind: 'choice',
            key: 'source',
            label: t('文件', 'Document'),
            options: allSources().map(({ id, title_zh, title_en }) => ({ value: id, label: t(title_zh, title_en) })),
          },
          { kind: 'line', key: 'article', label: t('条', 'Article'), optional: true },
        ],
      },
    ],
  },
  conditionsPart,
  questionsPart,
  materialsPart,
  feePart,
  {
    key: 'process',
    label: t('服务流程', 'Process'),
    specs: [
      {
        kind: 'list',
        key: 'process',
        label: t('服务流程', 'Process'),
        entry: t('步骤', 'Step'),
        of: [
          { kind: 'text', key: 'step', label: t('做什么', 'What') },
          { kind: 'text', key: 'place', label: t('在哪里', 'Where') },
          { kind: 'text', key: 'who', label: t('谁来做', 'Who') },
        ],
      },
    ],
  },
  limitsPart,
  {
    key: 'supervision',
    label: t('监督方式', 'Supervision'),
    specs: [
      {
        kind: 'list',
        key: 'supervision.phones',
        label: t('监督电话', 'Phones'),
        entry: t('电话', 'Phone'),
        of: [
          {
            kind: 'choice',
            key: 'key',
            label: t('号码', 'Number'),
            options: [
              { value: 'station', label: t('本所（按单位填入）', 'the station (filled in by unit)') },
              { value: 'bureau', label: t('分局（按设置填入）', 'the bureau (from its settings)') },
              { value: '12389', label: t('12389', '12389') },
              { value: '12345', label: t('12345', '12345') },
              { value: '960111', label: t('960111', '960111') },
            ],
          },
          { kind: 'text', key: 'text', label: t('说明', 'Words') },
        ],
      },
      { kind: 'text', key: 'supervision.window', label: t('窗口', 'At the counter'), rows: 2 },
      { kind: 'text', key: 'supervision.online', label: t('网上', 'Online'), rows: 2 },
      { kind: 'text', key: 'supervision.text', label: t('告知文字', 'As it is told'), rows: 3 },
    ],
  },
  {
    key: 'faq',
    label: t('常见问答', 'Questions and answers'),
    specs: [
      {
        kind: 'list',
        key: 'faq',
        label: t('常见问答', 'Questions and answers'),
        entry: t('问答', 'Entry'),
        of: [
          { kind: 'text', key: 'q', label: t('问', 'Question') },
          { kind: 'text', key: 'a', label: t('答', 'Answer'), rows: 3 },
        ],
      },
    ],
  },
  {
    key: 'source',
    label: t('上级通知', 'Notice from above'),
    intro: t(
      '由上级机关规定的事项，分局只能修改办理地点和监督电话；登记一份新的上级通知（文号和日期）后，才可以按新通知修改其他部分。',
      'Of an item fixed by a higher body only places and phones may be changed here. Once a new notice with its number and date is recorded, the rest may follow it.',
    ),
    specs: [
      {
        kind: 'group',
        key: 'sourceNotice',
        label: t('上级通知', 'Notice from above'),
        optional: true,
        of: [
          {
            kind: 'choice',
            key: 'level',
            label: t('级别', 'Level'),
            optional: true,
            options: [
              { value: 'national', label: t('国家', 'National') },
              { value: 'provincial', label: t('省', 'Provincial') },
              { value: 'municipal', label: t('市局', 'Municipal') },
              { value: 'bureau', label: t('本分局', 'This bureau') },
            ],
          },
          { kind: 'line', key: 'title', label: t('标题', 'Title') },
          { kind: 'line', key: 'number', label: t('文号', 'Number'), optional: true },
          { kind: 'line', key: 'issuedOn', label: t('日期（2026-12-01）', 'Date (2026-12-01)'), optional: true },
        ],
      },
    ],
  },
]

export function partOf(key: string): Part | undefined {
  return parts.find((part) => part.key === key)
}
