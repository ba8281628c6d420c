import type { Text } from '#policy/registration/item.ts'
import type { Part, Spec } from './spec.ts'

const t = (zh: string, en: string): Text => ({ zh, en })
const basis: Spec = {
  kind: 'line',
  key: 'basis',
  label: t('依据', 'Basis'),
  hint: t(
    '例如 id-card-law:10, R62；没有规定、须由分局确认的写 design',
    'e.g. id-card-law:10, R62; design where the bureau has still to confirm it',
  ),
}
const rule = (key: string, label: Text): Spec => ({
  kind: 'rule',
  key,
  label,
  hint: t(
    '写成“题目 = 选项”，可用 且、或、非 和括号；空着就是所有情形',
    'Write “question = option”; 且 (and), 或 (or), 非 (not), brackets; empty is always',
  ),
})
const units = [
  { value: 'working_day', label: t('个工作日', 'working days') },
  { value: 'natural_day', label: t('日（自然日）', 'natural days') },
]
const immediate: Spec = { kind: 'check', key: 'immediate', label: t('当场办结', 'Done at the counter'), optional: true }
const limitText: Spec = { kind: 'text', key: 'text', label: t('告知文字', 'As it is told'), rows: 3 }

export const conditionsPart: Part = {
  key: 'conditions',
  label: t('受理条件', 'Conditions'),
  specs: [
    {
      kind: 'list',
      key: 'conditions',
      label: t('受理条件', 'Conditions'),
      entry: t('条件', 'Condition'),
      of: [
        { kind: 'text', key: 'text', label: t('条件', 'Condition'), rows: 2 },
        {
          ...rule('failIf', t('哪种情形不予受理', 'Refused when')),
          hint: t('空着表示只作说明、不作判断', 'Empty: only told, not judged'),
        },
        {
          kind: 'group',
          key: 'refusal',
          label: t('不予受理时告知', 'Told at a refusal'),
          optional: true,
          of: [
            { kind: 'text', key: 'reason', label: t('理由', 'Reason'), rows: 2 },
            { kind: 'text', key: 'canDo', label: t('可以怎么办', 'What the person can do'), rows: 2 },
          ],
        },
      ],
    },
  ],
}

export const questionsPart: Part = {
  key: 'questions',
  label: t('情形问题', 'Questions'),
  intro: t(
    '问题决定要带哪些材料。后面的问题可以只在前面的回答需要时才问。',
    'Questions decide which papers are asked for. A later one may depend on earlier answers.',
  ),
  specs: [
    {
      kind: 'list',
      key: 'questions',
      label: t('情形问题', 'Questions'),
      entry: t('问题', 'Question'),
      of: [
        { kind: 'line', key: 'code', label: t('代码', 'Code'), code: true },
        { kind: 'text', key: 'text', label: t('问题', 'Question') },
        { kind: 'text', key: 'help', label: t('说明', 'Help'), optional: true, rows: 2 },
        rule('askIf', t('什么情形下才问', 'Asked when')),
        {
          kind: 'choice',
          key: 'askedOf',
          label: t('由谁回答', 'Asked of'),
          optional: true,
          options: [
            { value: 'applicant', label: t('群众', 'the applicant') },
            { value: 'officer', label: t('民警（核查结果）', 'the officer (a finding)') },
          ],
        },
        {
          kind: 'line',
          key: 'assumed',
          label: t('民警回答前按哪个选项', 'Assumed until the officer answers'),
          optional: true,
          code: true,
        },
        {
          kind: 'list',
          key: 'options',
          label: t('选项', 'Options'),
          entry: t('选项', 'Option'),
          of: [
            { kind: 'line', key: 'code', label: t('代码', 'Code'), code: true },
            { kind: 'text', key: 'label', label: t('选项', 'Option') },
          ],
        },
      ],
    },
  ],
}

export const materialsPart: Part = {
  key: 'materials',
  label: t('办理材料', 'Materials'),
  specs: [
    {
      kind: 'list',
      key: 'materials',
      label: t('办理材料', 'Materials'),
      entry: t('材料', 'Material'),
      of: [
        { kind: 'line', key: 'code', label: t('代码', 'Code'), code: true },
        { kind: 'text', key: 'name', label: t('名称', 'Name') },
        {
          kind: 'choice',
          key: 'source',
          label: t('来源', 'Source'),
          options: [
            { value: 'applicant', label: t('群众提供', 'brought by the applicant') },
            { value: 'data_sharing', label: t('数据共享，不要群众提供', 'shared data, not asked for') },
            { value: 'office', label: t('窗口制作', 'made by the office') },
          ],
        },
        { kind: 'count', key: 'original', label: t('原件（份）', 'Originals') },
        { kind: 'count', key: 'copies', label: t('复印件（份）', 'Copies') },
        rule('requiredIf', t('什么情形下需要', 'Needed when')),
        { kind: 'text', key: 'obtain', label: t('怎样取得', 'How to obtain it'), rows: 3 },
        { kind: 'text', key: 'replaceableBy', label: t('可以用什么代替', 'May be replaced by'), optional: true },
        {
          kind: 'check',
          key: 'mendableOnSpot',
          label: t('有错可以当场改正', 'Can be put right on the spot'),
          optional: true,
        },
        basis,
        {
          kind: 'list',
          key: 'commonDefects',
          label: t('常见问题', 'Common defects'),
          entry: t('问题', 'Defect'),
          optional: true,
          of: [{ kind: 'text', key: '', label: t('问题', 'Defect') }],
        },
      ],
    },
  ],
}

export const feePart: Part = {
  key: 'fee',
  label: t('收费标准', 'Fee'),
  specs: [
    { kind: 'check', key: 'fee.free', label: t('不收费', 'Free of charge') },
    {
      kind: 'text',
      key: 'fee.text',
      label: t('告知文字（不收费也要写明）', 'As it is told (“no fee” must be said)'),
      rows: 3,
    },
    {
      kind: 'list',
      key: 'fee.cases',
      label: t('各种情形的金额', 'Amounts by case'),
      entry: t('情形', 'Case'),
      hint: t(
        '从上到下，第一个符合的算数；最后一个应适用于所有情形。',
        'The first that applies counts; the last should apply always.',
      ),
      of: [
        { kind: 'yuan', key: 'amountFen', label: t('金额（元）', 'Amount (yuan)') },
        { kind: 'text', key: 'text', label: t('告知文字', 'As it is told') },
        rule('appliesIf', t('什么情形下适用', 'Applies when')),
        basis,
      ],
    },
  ],
}

export const limitsPart: Part = {
  key: 'limits',
  label: t('办理时限', 'Time limits'),
  specs: [
    {
      kind: 'group',
      key: 'promisedLimit',
      label: t('承诺时限', 'Promised limit'),
      of: [
        { kind: 'count', key: 'days', label: t('天数（当场办结填 0）', 'Days (0 when done at the counter)') },
        { kind: 'choice', key: 'unit', label: t('单位', 'Unit'), options: units },
        immediate,
        limitText,
        basis,
      ],
    },
    {
      kind: 'group',
      key: 'statutoryLimit',
      label: t('法定时限', 'Statutory limit'),
      of: [
        {
          kind: 'count',
          key: 'days',
          label: t('天数（法律没有规定的空着）', 'Days (empty where the law sets none)'),
          optional: true,
        },
        { kind: 'choice', key: 'unit', label: t('单位', 'Unit'), options: units },
        immediate,
        limitText,
        basis,
        {
          kind: 'group',
          key: 'extension',
          label: t('法律允许的延长', 'Extension the law allows'),
          optional: true,
          of: [{ kind: 'count', key: 'days', label: t('天数', 'Days') }, limitText, basis],
        },
      ],
    },
  ],
}
