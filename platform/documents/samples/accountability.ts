import type { Clarification, DeductionNotice, Finding, NoticeSlip, StatementRequest } from '../data/accountability.ts'

/** Invented data for tests and for looking at a template while working on it. No person or bureau is meant. */

const day = (text: string) => Temporal.PlainDate.from(text)
const moment = (text: string) => Temporal.Instant.from(text)

const bureau = '云州市公安局青山分局'
const brigade = { bureau, unit: '警务督察大队', sealOf: `${bureau}警务督察大队` }
const officer = { name: '郑国栋', number: '037408', unit: '东湖派出所', post: '户籍窗口民警' }
const reviewer = { name: '冯建平', number: '030112', phone: '8000 0110' }
const appeal = {
  to: '分局政治处申诉受理岗',
  last: { day: day('2026-12-14') },
  how: '可以当面、书面或者在系统“我的记录”中提出；申诉期间不因申诉加重处理。',
}

export const statementRequest: StatementRequest = {
  issuer: brigade,
  number: '青公督说〔2026〕31号',
  caseNumber: 'XF-2026-0417',
  addressee: officer,
  facts: [
    '2026年10月下旬，东湖派出所户籍窗口办理一起户口迁入申请时，先后三次要求补充材料，每次要求的材料不同，均未出具一次性告知单。',
    '第三次来访时，窗口没有说明其中两项材料可以由派出所网上核查。',
  ],
  questions: [
    '该项申请由谁受理、由谁告知？每次告知了哪些材料，依据是什么？',
    '为什么没有通过系统开具一次性告知单？',
    '是否知道原籍户籍证明可以网上核查？当时是否核查？',
  ],
  until: { day: day('2026-11-16') },
  howToAnswer: [
    '在系统“待我办理”中直接填写，可以上传材料；',
    '或者书面答复并签名，交警务督察大队；',
    '也可以当面说明，由两名审查人记录并由您核对签名。',
  ],
  rights: [
    '可以陈述、申辩，提交证据，提出证人；',
    '认为审查人与本案有利害关系的，可以申请其回避；',
    '因公务或者疾病不能按期答复的，可以在期限届满前申请延期。',
  ],
  duties: [
    '不得打听、查询反映人，不得要求他人打听或者联系反映人；',
    '不得隐匿、毁弃证据，不得与他人统一口径；',
    '打击报复反映人的，依法从严追究责任。',
  ],
  basis: '《公安机关信访工作规定》；分局《信访投诉责任倒查办法》第六条',
  reviewer,
  issuedAt: moment('2026-11-09T02:00:00Z'),
  served: { by: { name: '彭丽', number: '030115' }, at: moment('2026-11-09T07:20:00Z'), place: '东湖派出所' },
  signature: {
    kind: 'drawn',
    width: 300,
    height: 100,
    strokes: [
      { path: 'M30 40 L90 38 M60 20 C58 60 52 78 34 92 M62 56 C74 74 84 84 98 90', width: 2.3 },
      { path: 'M130 26 l46 2 m-24 -12 c0 34 -6 56 -22 76 M156 52 l28 34', width: 2.3 },
      { path: 'M216 30 l52 -2 M240 16 c2 40 0 60 -4 82 M222 62 l40 -2', width: 2.3 },
    ],
    at: moment('2026-11-09T07:24:00Z'),
  },
}

export const finding: Finding = {
  issuer: brigade,
  number: '青公督认〔2026〕58号',
  caseNumber: 'XF-2026-0417',
  concerned: { unit: '东湖派出所', officers: [officer] },
  arrival: { at: moment('2026-10-30T01:40:00Z'), channel: '960111投诉台' },
  allegation: '办理户口迁入三次往返，每次要求的材料不同，窗口相互推诿。',
  tags: { alleged: ['推', '态度不好', '效率不高'], confirmed: ['推', '效率不高'] },
  facts: [
    '2026年10月21日、26日、29日，申请人三次到东湖派出所户籍窗口，三次均由郑国栋接待。三次口头告知的补充材料分别为原籍户籍证明、房屋权属证明、同户人书面同意，均未开具一次性告知单。',
    '原籍户籍证明可以由派出所网上核查，郑国栋没有核查，也没有说明。',
    '调阅现场录像，未见态度生硬的言行，“态度不好”一项不能认定。',
  ],
  evidence: [
    { name: '办件登记及到场记录', kind: '电子数据', shows: '三次到场的时间和接待人' },
    { name: '窗口录像（10月21日、26日、29日）', kind: '视听资料', shows: '告知的内容和当时的言行' },
    { name: '一次性告知单开具记录', kind: '电子数据', shows: '三次均未开具' },
    { name: '郑国栋的说明', kind: '当事人陈述', shows: '承认未开具，称打印机故障' },
  ],
  statement: {
    given: true,
    at: moment('2026-11-15T03:10:00Z'),
    text: '当时打印机故障，只能口头告知；不知道原籍户籍证明已经可以网上核查。',
    answer: '打印机10月26日确有报修，可以采纳为减轻情节；网上核查自2026年3月起已经培训，不予采纳。',
  },
  clauses: [
    {
      source: '《窗口服务一次性告知制度》',
      article: '第三条',
      text: '申请材料不齐全的，应当一次性书面告知需要补正的全部内容。',
    },
    { source: '《礼仪规范手册》', article: '第二章第五条', text: '能够通过网上核查取得的证明，不得要求群众提供。' },
  ],
  verdict: 'responsible',
  severity: '一般',
  conclusion: '郑国栋在办理户口迁入事项中未履行一次性告知义务，致使群众三次往返，对该信访投诉负有责任。',
  reviewers: [
    { ...reviewer, unit: '警务督察大队', at: moment('2026-11-24T02:00:00Z') },
    { name: '罗文清', number: '030021', unit: '分局纪委', at: moment('2026-11-25T06:30:00Z') },
  ],
  approval: { name: '孙志强', post: '副局长', at: moment('2026-11-27T03:00:00Z'), remark: '同意' },
  consequences: [
    '由分局对东湖派出所扣2分；',
    '由东湖派出所在五个工作日内对责任民警扣分；',
    '由东湖派出所向申请人当面道歉并说明办理结果。',
  ],
  appeal,
  issuedAt: moment('2026-11-30T01:00:00Z'),
  signature: { kind: 'paper' },
}

export const deductionOfUnit: DeductionNotice = {
  issuer: { bureau, unit: '政治处', sealOf: `${bureau}政治处` },
  number: '青公政扣〔2026〕46号',
  kind: 'unit',
  unit: '东湖派出所',
  officer,
  caseNumber: 'XF-2026-0417',
  findingNumber: '青公督认〔2026〕58号',
  fact: '户籍窗口办理户口迁入时未一次性告知，致使群众三次往返。',
  clause: '《窗口服务一次性告知制度》第三条',
  points: '2分',
  rule: '《信访投诉扣分标准》第4项“未履行告知义务，情节一般”：2分',
  effectiveOn: day('2026-11-30'),
  inYear: { year: 2026, cases: 5, points: '累计9分' },
  task: { until: { day: day('2026-12-07') }, band: '0.5分至2分' },
  consequences: [],
  appeal,
  decidedBy: { name: '孙志强', post: '副局长', at: moment('2026-11-30T01:00:00Z') },
  issuedAt: moment('2026-11-30T01:30:00Z'),
  signature: { kind: 'paper' },
}

export const deductionOfOfficer: DeductionNotice = {
  ...deductionOfUnit,
  issuer: { bureau, unit: '东湖派出所', sealOf: `${bureau}东湖派出所` },
  number: '东湖扣〔2026〕5号',
  kind: 'officer',
  points: '1分',
  rule: '《信访投诉扣分标准》第4项：民警0.5分至2分',
  effectiveOn: day('2026-12-02'),
  inYear: { year: 2026, cases: 3, points: '累计3.5分' },
  task: undefined,
  consequences: [
    '2026年度内取消立功授奖和评优资格（因第二次扣分已于2026年8月14日生效）；',
    '本次为年度内第三次扣分，分局将下发《提示单》。',
  ],
  decidedBy: { name: '江涛', post: '东湖派出所所长', at: moment('2026-12-02T02:00:00Z') },
  issuedAt: moment('2026-12-02T02:10:00Z'),
}

export const noticeSlip: NoticeSlip = {
  issuer: { bureau, unit: '政治处', sealOf: bureau },
  number: '青公提〔2026〕4号',
  addressee: officer,
  year: 2026,
  slipOfYear: 1,
  deductions: [
    {
      on: day('2026-04-21'),
      caseNumber: 'XF-2026-0098',
      fact: '接听群众电话中途挂断，未回电',
      clause: '《礼仪规范手册》第四章第二条',
      unitPoints: '2',
      officerPoints: '1.5',
    },
    {
      on: day('2026-08-14'),
      caseNumber: 'XF-2026-0263',
      fact: '承诺三日内答复，逾期九日',
      clause: '《首问责任制实施办法》第七条',
      unitPoints: '1',
      officerPoints: '1',
    },
    {
      on: day('2026-12-02'),
      caseNumber: 'XF-2026-0417',
      fact: '办理户口迁入未一次性告知，群众三次往返',
      clause: '《窗口服务一次性告知制度》第三条',
      unitPoints: '2',
      officerPoints: '1',
    },
  ],
  reminder: [
    '为群众办事是民警的职责。上述三件信访投诉均经审查认定你负有责任，共同之处是没有把该告知的一次讲清、该答复的按时答复。望认真对待，从具体工作中改起。',
  ],
  consequences: ['2026年度内取消立功授奖资格；', '2026年度内取消评优资格，至2026年12月31日止。'],
  expectations: [
    '自收到本单之日起，窗口告知一律通过系统开具一次性告知单；',
    '对承诺答复的事项建立个人台账，每周五由所领导核对。',
  ],
  help: ['参加人口管理大队12月举办的户籍业务培训；', '由青山路派出所王建国担任业务指导，每周一次。'],
  appeal: '对任何一次扣分仍有异议的，可以依照该次扣分通知书载明的途径提出；扣分经申诉撤销的，本单随之撤回。',
  basis: '分局《信访投诉责任倒查办法》第十二条',
  signedBy: { name: '邓慧', post: '政治处主任' },
  issuedAt: moment('2026-12-03T02:00:00Z'),
  serveUntil: { day: day('2026-12-08') },
  signature: { kind: 'paper' },
  talk: { until: { day: day('2027-01-04'), provisional: '2027年放假安排尚未公布' } },
}

export const clarification: Clarification = {
  issuer: brigade,
  number: '青公督澄〔2026〕12号',
  kind: 'officer',
  addressee: { name: '白晓燕', number: '036277', unit: '交通警察大队', post: '三中队民警' },
  caseNumber: 'XF-2026-0402',
  findingNumber: '青公督认〔2026〕55号',
  matter: '处理轻微交通事故时态度粗暴、偏袒一方。',
  facts: [
    '2026年10月24日17时许，白晓燕在中山路处理一起轻微事故。执法记录仪全程开启，其用语规范，先后两次向双方说明责任划分的依据，并告知复核途径。',
    '双方当事人均在事故认定书上签名，一方事后对责任划分有不同意见。未发现偏袒情形。',
  ],
  conclusion: '所反映的问题不属实，白晓燕同志处置得当，不承担责任。',
  effects: ['解除因本案暂停的年度评优推荐程序；', '本案不计入个人信访投诉记录。'],
  publicity: '按本人意愿，在交通警察大队队务会上宣布。',
  basis: '分局《信访投诉责任倒查办法》第十五条',
  contact: reviewer,
  issuedAt: moment('2026-11-20T03:00:00Z'),
  copiesTo: ['政治处'],
}
