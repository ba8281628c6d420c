import type {
  ComplaintNotice,
  ComplaintNoticeKind,
  ComplaintReceipt,
  OpinionLetter,
  ReviewOpinion,
} from '../data/complaints.ts'

/** Invented data for tests and for looking at a template while working on it. No person or bureau is meant. */

const day = (text: string) => Temporal.PlainDate.from(text)
const moment = (text: string) => Temporal.Instant.from(text)

const bureau = '云州市公安局青山分局'
const issuer = { bureau, unit: '信访科', sealOf: `${bureau}信访专用章` }
const query = { link: 'https://qs.example.cn/c/4TQ8HN2W', code: '4TQ8-HN2W' }
const complainant = { name: '阿卜杜热合曼·买买提吐尔逊', phoneMasked: '138****5621' }
const desk = { name: `${bureau}信访科`, phone: '8000 0303', hours: '工作日 8:30–17:30' }
const supervision = {
  phones: [
    { name: '分局督察大队', number: '8000 0110' },
    { name: '举报电话', number: '12389' },
  ],
  window: '分局信访接待室',
}
const subject = '东湖派出所户籍窗口办理户口迁入的告知问题'

export const complaintReceipt: ComplaintReceipt = {
  issuer,
  number: '青公信收〔2026〕417号',
  query,
  complainant,
  confidentiality: '已按您的要求对身份保密，被反映的单位和人员看不到您的姓名和联系方式',
  channel: '来访',
  receivedAt: moment('2026-10-30T01:40:00Z'),
  subject,
  attachments: ['口头告知的便条照片', '排队号单'],
  next: [
    {
      step: '告知是否受理',
      by: { day: day('2026-11-16') },
      detail: '自收到之日起15日内书面告知，期限末日是休息日的顺延至下一个工作日',
    },
    { step: '调查核实', detail: '由与本事项没有利害关系的人员办理，必要时与您联系' },
    {
      step: '答复处理意见',
      by: { day: day('2026-12-29') },
      detail: '自受理之日起60日内；情况复杂的可以延长一次，不超过30日，并告知您理由',
    },
    { step: '您的评价和复查', detail: '收到意见后可以评价；不服的可以自收到之日起30日内请求复查' },
  ],
  youMay: ['凭查询码随时补充情况和材料；', '申请与本事项有利害关系的工作人员回避；', '在处理意见作出以前撤回。'],
  basis: '《信访工作条例》第二十一条、第二十三条、第三十四条',
  desk,
  supervision,
  issuedAt: moment('2026-10-30T02:05:00Z'),
}

const notice: Omit<ComplaintNotice, 'kind' | 'decision'> = {
  issuer,
  number: '青公信告〔2026〕402号',
  query,
  complainant,
  caseNumber: 'XF-2026-0417',
  subject,
  receivedAt: moment('2026-10-30T01:40:00Z'),
  reasons: [],
  basis: '《信访工作条例》第二十二条、第二十三条',
  dates: [],
  places: [],
  next: [],
  remedies: [],
  desk,
  supervision,
  issuedAt: moment('2026-11-06T02:00:00Z'),
  signature: { kind: 'paper' },
}

export const accepted: ComplaintNotice = {
  ...notice,
  kind: 'accepted',
  decision: '您反映的上述信访事项属于本局职权范围，决定予以受理。',
  dates: [{ name: '答复处理意见的期限', day: { day: day('2027-01-05'), provisional: '2027年放假安排尚未公布' } }],
  next: ['由与本事项没有利害关系的人员调查核实，必要时与您联系。', '办理结果以处理意见书书面答复您。'],
}

const others: Record<Exclude<ComplaintNoticeKind, 'accepted'>, Partial<ComplaintNotice> & { decision: string }> = {
  'not-accepted': {
    decision: '您反映的上述信访事项，决定不予受理。',
    reasons: ['您以同一事实和理由提出的信访事项（XF-2026-0211）已经复核终结，没有新的事实或者证据。'],
    remedies: ['有新的事实或者证据的，可以随时提出。'],
  },
  'other-path': {
    decision: '您反映的是对行政处罚决定不服，依法应当通过行政复议或者行政诉讼解决，本局不作为信访事项受理。',
    reasons: ['行政处罚决定有法定的救济途径和期限，信访不能代替，也不使期限中断。'],
    dates: [{ name: '申请行政复议的最后日期', day: { day: day('2026-12-18') } }],
    places: [
      { name: '青山区人民政府行政复议机构', what: '行政复议', address: '中山路1号', phone: '8000 0600' },
      { name: '青山区人民法院', what: '行政诉讼', address: '法院路8号' },
    ],
    basis: '《信访工作条例》第三十一条',
  },
  transferred: {
    decision: '您反映的上述信访事项属于云州市公安局东湖分局职权范围，已于2026年11月6日转送该局。',
    places: [
      { name: '云州市公安局东湖分局信访科', what: '受理、办理并答复您', address: '东湖路6号', phone: '8000 0202' },
    ],
    dates: [{ name: '该局告知您是否受理的期限', day: { day: day('2026-11-23') } }],
    next: ['查询码继续有效，可以看到转送和对方签收的时间。'],
  },
  extended: {
    decision: '您反映的上述信访事项情况复杂，经本局负责人批准，延长办理期限30日。',
    reasons: ['需要委托外地公安机关协助核实原籍户口登记情况，协查函已于2026年12月10日发出。'],
    dates: [
      { name: '原办理期限', day: { day: day('2027-01-05') } },
      { name: '延长后的办理期限', day: { day: day('2027-02-04'), provisional: '2027年放假安排尚未公布' } },
    ],
    basis: '《信访工作条例》第三十四条',
  },
  paused: {
    decision: '您反映的上述信访事项自2026年12月1日起暂停计算办理期限。',
    reasons: ['同一事实正由其他法定程序处理，须待其结论。'],
    next: ['原因消除后继续计算期限，并告诉您新的期限。'],
    basis: '《信访工作条例》第三十四条',
  },
  withdrawn: {
    decision: '按您的请求，您反映的上述信访事项不再办理。',
    next: ['您可以凭查询码随时重新提出。'],
  },
  merged: {
    decision: '您反映的上述信访事项与已受理的事项属同一事件，合并办理，结果将分别答复您。',
    next: ['您原来的查询码继续有效。'],
  },
  reopened: {
    decision: '您反映的上述信访事项重新办理。',
    reasons: ['您提出了新的情况。'],
    dates: [{ name: '答复处理意见的期限', day: { day: day('2027-01-05') } }],
  },
  'review-accepted': {
    decision: '您对处理意见（青公信意〔2026〕388号）不服，请求复查，本局决定予以受理。',
    dates: [{ name: '答复复查意见的期限', day: { day: day('2026-12-28') } }],
    next: ['由没有参加过本事项办理的人员复查。'],
    basis: '《信访工作条例》第三十五条',
  },
  'review-not-accepted': {
    decision: '您对处理意见（青公信意〔2026〕301号）的复查请求，决定不予受理。',
    reasons: ['请求复查的期限为自收到处理意见之日起30日，您于2026年8月3日签收，2026年11月2日提出，已超过期限。'],
    remedies: ['有正当理由逾期的，可以说明理由并提交证明，本局将重新审查。'],
    basis: '《信访工作条例》第三十五条',
  },
}

const other = (kind: Exclude<ComplaintNoticeKind, 'accepted'>): ComplaintNotice => ({
  ...notice,
  ...others[kind],
  kind,
})

export const notAccepted = other('not-accepted')
export const otherPath = other('other-path')
export const transferred = other('transferred')
export const extended = other('extended')
export const reviewAccepted = other('review-accepted')
export const reviewNotAccepted = other('review-not-accepted')

export const opinionLetter: OpinionLetter = {
  issuer,
  number: '青公信意〔2026〕417号',
  query,
  complainant,
  caseNumber: 'XF-2026-0417',
  receivedAt: moment('2026-10-30T01:40:00Z'),
  acceptedAt: moment('2026-11-06T02:00:00Z'),
  request: ['要求说明为什么三次往返，并尽快办理户口迁入。', '要求处理相关责任人员。'],
  facts: [
    '您于2026年10月21日、26日、29日三次到东湖派出所户籍窗口申请户口迁入，窗口三次口头告知需要补充的材料，内容各不相同，均未开具一次性告知单。上述事实有办件登记、窗口录像和工作人员的说明证实。',
    '其中“原籍户籍证明”自2026年3月起可以由派出所网上核查，不应要求您提供。',
  ],
  reasons: ['窗口没有按照规定一次性书面告知，是造成您三次往返的直接原因，您反映的问题属实。'],
  opinion: [
    '您的户口迁入申请已于2026年11月2日受理并办结。',
    '已责成东湖派出所向您当面道歉，并在全部户籍窗口停用口头告知。',
    '对责任单位和责任民警已依照规定追究责任。',
  ],
  basis: ['《信访工作条例》第三十二条', '《云州市户口登记管理办法》第十二条'],
  review: {
    body: '云州市公安局',
    last: { day: day('2027-01-04'), provisional: '自您收到之日起30日，2027年放假安排尚未公布' },
    how: '请求可以书面、当面或者凭查询码在网上提出，写明不服的内容和理由；逾期没有提出的，本意见即为终结意见。',
  },
  desk,
  supervision,
  issuedAt: moment('2026-12-03T02:00:00Z'),
  signature: { kind: 'paper' },
}

export const review: ReviewOpinion = {
  issuer: { bureau: '云州市公安局', unit: '信访处', sealOf: '云州市公安局信访专用章' },
  number: '云公信复查〔2026〕66号',
  kind: 'review',
  query,
  complainant,
  caseNumber: 'XF-2026-0388',
  earlier: {
    body: bureau,
    number: '青公信意〔2026〕388号',
    issuedOn: day('2026-10-15'),
    opinion: '所反映的接处警不及时问题无法查证。',
  },
  askedAt: moment('2026-11-10T03:00:00Z'),
  grounds: ['现场有监控录像可以证明到场时间，原处理意见没有调取。'],
  facts: ['经调取路口监控，处警民警于报警后34分钟到达现场，其间没有与报警人联系。'],
  reasons: ['到场时间超过规定且没有告知，原意见认定“无法查证”所依据的事实不清。'],
  result: 'changed',
  opinion: ['将原处理意见变更为：所反映的问题属实，由青山分局在十五日内向信访人书面说明并道歉。'],
  basis: ['《信访工作条例》第三十五条'],
  further: {
    body: '云州市人民政府',
    last: { day: day('2027-01-08') },
    how: '请求应当写明不服的内容和理由。',
  },
  desk: { name: '云州市公安局信访处', phone: '8000 0808' },
  supervision,
  issuedAt: moment('2026-12-08T02:00:00Z'),
  signature: { kind: 'witnessed', note: '信访人已收到，不愿签名，当面宣读并留置送达', witnesses: ['李梅', '赵昇'] },
}

export const reReview: ReviewOpinion = {
  ...review,
  issuer: { bureau: '云州市人民政府', unit: '信访事项复查复核委员会' },
  number: '云政信复核〔2027〕3号',
  kind: 're-review',
  earlier: {
    body: '云州市公安局',
    number: '云公信复查〔2026〕66号',
    issuedOn: day('2026-12-08'),
    opinion: review.opinion[0]!,
  },
  hearing: '2027年1月20日公开听证，信访人和两个机关的代表到场陈述，听证所需时间不计算在办理期限内。',
  result: 'upheld',
  opinion: ['维持复查意见。'],
  basis: ['《信访工作条例》第三十六条'],
  further: undefined,
}
