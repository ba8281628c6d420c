import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { examineFlag, listFlags, type RetaliationFlag } from '#modules/complaints/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatMoment, formatMomentShort, type Lang, messages } from '#platform/i18n.ts'
import { notFound } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, type FieldError, form } from '#platform/ui/form.ts'
import { emptyState, factList, section, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { basisText } from '#policy/sources.ts'
import { errorsOf } from './case-endpoints.ts'
import { formFields, long, uuid } from './case-form.ts'

const retaliationWords = messages(
  {
    title: '打击报复监测',
    hint: '投诉后十二个月内，被投诉人或其单位对投诉人的行为。提示不等于认定，须由纪检部门核查。被投诉人看不到这些提示。',
    none: '没有需要核查的提示',
    acts: { matter_refused: '不予办理其申请', record_looked_up: '查看其身份或联系方式', home_visit: '上门' },
    who: '行为人',
    when: '时间',
    case: '信访件',
    open: '待核查',
    done: '已核查',
    examination: '核查情况',
    save: '保存核查情况',
    saved: '已保存核查情况。',
  },
  {
    title: 'Watch against retaliation',
    hint: 'What the accused or his unit did to somebody within twelve months after he complained. A flag accuses nobody; discipline inspection looks into it. The accused sees none of this.',
    none: 'Nothing to look into',
    acts: {
      matter_refused: 'refused a matter',
      record_looked_up: 'looked up identity or phone',
      home_visit: 'visited the home',
    },
    who: 'By',
    when: 'When',
    case: 'Case',
    open: 'to be examined',
    done: 'examined',
    examination: 'Examination',
    save: 'Save examination',
    saved: 'Examination saved.',
  },
)

type Returned = { typed: Record<string, unknown>; errors: FieldError[] }
const path = '/console/retaliation'

async function listPage(ctx: Context, meta: Meta, done: boolean): Promise<Html> {
  const words = retaliationWords(meta.lang)
  const { lang } = meta
  const flags = await listFlags(ctx)
  const main = html`<p class="hint">${words.hint} ${basisText('petition-regulations:46', lang)}</p>${table({
    caption: words.title,
    captionHidden: true,
    columns: [
      { key: 'act', label: words.title, kind: 'main' },
      { key: 'who', label: words.who },
      { key: 'case', label: words.case, kind: 'nowrap' },
      { key: 'when', label: words.when, kind: 'nowrap' },
      { key: 'state', label: words.examination },
    ],
    rows: flags.map((flag) => ({
      href: `${path}/${flag.id}`,
      cells: {
        act: words.acts[flag.act],
        who: `${flag.personName}（${flag.policeNo}）${lang === 'en' ? flag.unitEn : flag.unitZh}`,
        case: flag.caseNo,
        when: formatMomentShort(flag.happenedAt, lang, dayOf(ctx.now)),
        state: flag.examinedAt ? statusBadge('done', words.done) : statusBadge('due', words.open),
      },
    })),
    empty: emptyState({ title: words.none }),
  })}`
  return frame(ctx, meta, { title: words.title, current: path, main, status: done ? words.saved : undefined })
}

async function flagPage(ctx: Context, meta: Meta, id: string, back?: Returned): Promise<Html> {
  const words = retaliationWords(meta.lang)
  const { lang } = meta
  const flag = (await listFlags(ctx)).find((one) => one.id === id)
  if (!flag) throw notFound('flag')
  const main = html`${facts(flag, lang)}${flag.examinedAt ? nothing : examinationForm(flag.id, meta, back)}`
  return frame(ctx, meta, {
    title: words.acts[flag.act],
    current: path,
    breadcrumbs: [{ href: path, label: words.title }, { label: flag.caseNo }],
    main,
    invalid: back !== undefined,
  })
}

function facts(flag: RetaliationFlag, lang: Lang): Html {
  const words = retaliationWords(lang)
  const examined = flag.examinedAt
    ? html`${statusBadge('done', words.done)} ${flag.examinedBy} ${formatMoment(flag.examinedAt, lang)}<p>${flag.examination}</p>`
    : statusBadge('due', words.open)
  return factList([
    { label: words.case, value: html`<a href="/console/cases/${flag.caseId}">${flag.caseNo}</a>` },
    { label: words.who, value: `${flag.personName}（${flag.policeNo}）${lang === 'en' ? flag.unitEn : flag.unitZh}` },
    { label: words.when, value: formatMoment(flag.happenedAt, lang) },
    { label: words.examination, value: examined },
  ])
}

function examinationForm(id: string, meta: Meta, back: Returned | undefined): Html {
  const words = retaliationWords(meta.lang)
  const typed = back?.typed.examination
  const question = field({
    lang: meta.lang,
    kind: 'textarea',
    name: 'examination',
    label: words.examination,
    rows: 4,
    width: 'wide',
    maxlength: 2000,
    value: typeof typed === 'string' ? typed : undefined,
    error: back?.errors.find((one) => one.name === 'examination')?.message,
  })
  return section({
    title: words.examination,
    body: html`${back ? errorSummary({ lang: meta.lang, errors: back.errors }) : nothing}${form({
      action: `${path}/${id}/examine`,
      csrf: meta.csrf,
      attempt: meta.newAttempt(),
      body: question,
      submit: { label: words.save },
    })}`,
  })
}

const params = Type.Object({ id: uuid })
const langQuery = { lang: Type.Optional(Type.String()), elder: Type.Optional(Type.String()) }

export const retaliationEndpoints: AnyEndpoint[] = [
  endpoint({
    method: 'GET',
    path,
    side: 'internal',
    summary: 'Acts upon complainants by those they complained of, for discipline inspection',
    permission: 'retaliation.read',
    audit: 'retaliation.list',
    query: Type.Object({ ...langQuery, done: Type.Optional(Type.String()) }),
    handle: async (ctx, { query, meta }) => ({ page: await listPage(ctx, meta, query.done !== undefined) }),
  }),
  endpoint({
    method: 'GET',
    path: `${path}/:id`,
    side: 'internal',
    summary: 'One act upon a complainant, and what was found out about it',
    permission: 'retaliation.read',
    audit: 'retaliation.view',
    params,
    query: Type.Object(langQuery),
    handle: async (ctx, { params, meta }) => ({
      page: await flagPage(ctx, meta, params.id),
      audit: { subjectKind: 'flag', subjectId: params.id },
    }),
  }),
  endpoint({
    method: 'POST',
    path: `${path}/:id/examine`,
    side: 'internal',
    summary: 'What discipline inspection found out about a flag',
    permission: 'retaliation.read',
    audit: 'retaliation.examine',
    params,
    body: Type.Object({ ...formFields, examination: long(2000) }),
    async handle(ctx, { params, body }) {
      await examineFlag(ctx, params.id, { examination: body.examination ?? '' })
      return { redirect: `${path}?done=1`, audit: { subjectKind: 'flag', subjectId: params.id } }
    },
    onProblem: (ctx, { params, body, meta }, problem) =>
      flagPage(ctx, meta, params.id, { typed: body, errors: errorsOf(problem, meta.lang) }),
  }),
]
