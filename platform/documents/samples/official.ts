import type { Circular, Minutes, MonthlyReport, OfficialHead, ReportedMeasure } from '../data/official.ts'

/** Invented data for tests and for looking at a template while working on it. No person or bureau is meant. */

const day = (text: string) => Temporal.PlainDate.from(text)
const moment = (text: string) => Temporal.Instant.from(text)
const month = (text: string) => Temporal.PlainYearMonth.from(text)

const bureau = '云州市公安局青山分局'

const head: OfficialHead = {
  mark: `${bureau}信访科`,
  number: '青公信报〔2026〕11号',
  signers: ['周敏'],
  title: [bureau, '关于2026年11月群众信访投诉情况的报告'],
  to: ['分局党委'],
  signedAs: `${bureau}信访科`,
  date: day('2026-12-03'),
  sealed: true,
  note: '此件不公开',
  imprint: {
    copiesTo: ['分局指挥中心', '分局纪委', '警务督察大队', '政治处'],
    office: `${bureau}信访科`,
    printedOn: day('2026-12-03'),
  },
}

export const lastMeasures: ReportedMeasure[] = [
  {
    text: '户籍窗口午间实行轮班，每日公布等候人数',
    unit: '青山路派出所',
    due: day('2026-11-20'),
    state: '已完成',
    open: false,
    progress: '自11月16日起实行，平均等候时间由41分钟降至19分钟',
  },
  {
    text: '接处警后二十四小时内电话告知当事人办理进度',
    unit: '东湖派出所',
    due: day('2026-11-30'),
    state: '推进中',
    open: true,
    progress: '告知率76%，夜间班组尚未落实',
  },
  {
    text: '编印首问负责常见问题答复口径',
    unit: '人口管理大队',
    due: day('2026-11-25'),
    state: '逾期6日',
    open: true,
  },
]

/** 24 months with a fall after the meeting was introduced. */
function trend(): MonthlyReport['trend'] {
  const alleged = [14, 16, 13, 15, 17, 14, 12, 15, 16, 14, 13, 15, 13, 14, 11, 12, 10, 11, 9, 10, 8, 9, 9, 8]
  const confirmed = [7, 8, 6, 7, 9, 7, 5, 8, 8, 6, 7, 7, 6, 7, 5, 5, 4, 5, 3, 4, 3, 4, 3, 3]
  return {
    since: month('2026-01'),
    months: alleged.map((count, i) => ({
      month: month('2024-12').add({ months: i }),
      alleged: count,
      confirmed: confirmed[i]!,
      rate: { value: confirmed[i]! / 4.2, low: confirmed[i]! / 9, high: (confirmed[i]! + 3) / 3.4 },
    })),
  }
}

export const monthlyReport: MonthlyReport = {
  head,
  period: { month: month('2026-11'), cutOff: moment('2026-11-30T16:00:00Z') },
  confirmations: [
    { department: '指挥中心', result: 'complete', by: '韩志远', at: moment('2026-12-01T01:20:00Z') },
    { department: '纪委', result: 'nil', by: '罗文清', at: moment('2026-12-01T02:05:00Z') },
    { department: '警务督察大队', result: 'complete', by: '冯建平', at: moment('2026-12-01T06:40:00Z') },
    { department: '信访科', result: 'complete', by: '周敏', at: moment('2026-12-02T01:10:00Z') },
  ],
  submissions: { now: 27, lastMonth: 29, lastYear: 33 },
  cases: { now: 21, lastMonth: 24, lastYear: 26 },
  byClass: [
    { name: '意见建议', now: 3, lastMonth: 4, lastYear: 2 },
    { name: '申诉求决', now: 11, lastMonth: 12, lastYear: 14 },
    { name: '检举控告', now: 4, lastMonth: 5, lastYear: 6 },
    { name: '依法应当通过其他途径处理', now: 3, lastMonth: 3, lastYear: 4 },
  ],
  byChannel: [
    { name: '区政务网', now: 5, lastMonth: 6, lastYear: 4 },
    { name: '举报热线', now: 4, lastMonth: 4, lastYear: 7 },
    { name: '960111投诉台', now: 6, lastMonth: 7, lastYear: 8 },
    { name: '来信', now: 2, lastMonth: 3, lastYear: 3 },
    { name: '来访', now: 3, lastMonth: 3, lastYear: 4 },
    { name: '12345热线转办', now: 1, lastMonth: 1 },
  ],
  byDepartment: [
    { name: '指挥中心', now: 9, lastMonth: 10, lastYear: 11 },
    { name: '纪委', now: 0, lastMonth: 2, lastYear: 1 },
    { name: '警务督察大队', now: 5, lastMonth: 5, lastYear: 6 },
    { name: '信访科', now: 7, lastMonth: 7, lastYear: 8 },
  ],
  byUnit: [
    {
      name: '青山路派出所',
      now: 5,
      lastMonth: 8,
      lastYear: 7,
      responsible: 1,
      rate: { value: 3.8, low: 1.2, high: 8.9 },
    },
    {
      name: '东湖派出所',
      now: 6,
      lastMonth: 4,
      lastYear: 5,
      responsible: 1,
      rate: { value: 5.1, low: 1.9, high: 11.0 },
    },
    {
      name: '交通警察大队',
      now: 4,
      lastMonth: 5,
      lastYear: 6,
      responsible: 1,
      rate: { value: 1.1, low: 0.3, high: 2.8 },
    },
    {
      name: '人口管理大队',
      now: 3,
      lastMonth: 2,
      lastYear: 3,
      responsible: 0,
      rate: { value: 1.9, low: 0.4, high: 5.5 },
    },
    {
      name: '北关派出所',
      now: 2,
      lastMonth: 3,
      lastYear: 4,
      responsible: 0,
      rate: { value: 2.2, low: 0.3, high: 7.8 },
    },
    { name: '治安管理大队', now: 1, lastMonth: 2, lastYear: 1, responsible: 0 },
  ],
  alleged: {
    styles: ['冷', '硬', '横', '推', '托'],
    behaviours: ['态度不好', '效率不高', '不作为', '乱作为', '其他'],
    cases: [
      [3, 0, 0, 0, 0],
      [2, 0, 0, 1, 0],
      [1, 0, 0, 0, 0],
      [0, 1, 2, 0, 0],
      [0, 2, 1, 0, 1],
    ],
    total: 8,
  },
  confirmed: {
    styles: ['冷', '硬', '横', '推', '托'],
    behaviours: ['态度不好', '效率不高', '不作为', '乱作为', '其他'],
    cases: [
      [1, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [0, 1, 0, 0, 0],
    ],
    total: 3,
  },
  findings: [
    { name: '有责任', now: 3, lastMonth: 4, lastYear: 6 },
    { name: '无责任', now: 5, lastMonth: 4, lastYear: 5 },
    { name: '反映不实', now: 2, lastMonth: 3, lastYear: 1 },
    { name: '无法查证', now: 1, lastMonth: 1, lastYear: 2 },
    { name: '撤回', now: 1, lastMonth: 0, lastYear: 0 },
  ],
  consequences: [
    { name: '对单位扣分（分）', now: 5, lastMonth: 6, lastYear: 9 },
    { name: '对民警扣分（人次）', now: 3, lastMonth: 4, lastYear: 6 },
    { name: '取消立功授奖和评优资格（人）', now: 1, lastMonth: 0, lastYear: 1 },
    { name: '下发《提示单》（份）', now: 0, lastMonth: 1, lastYear: 0 },
    { name: '出具澄清函（份）', now: 2, lastMonth: 3, lastYear: 1 },
  ],
  timeliness: [
    { limit: '受理告知（15日）', fellDue: 19, onTime: 19, overdue: 0 },
    { limit: '办结（60日，经批准可延长30日）', fellDue: 12, onTime: 11, overdue: 1 },
    { limit: '复查意见（30日）', fellDue: 0, onTime: 0, overdue: 0 },
  ],
  repeats: [
    { name: '郑国栋', unit: '东湖派出所', cases: 3, note: '其中认定有责2件，本年度取消评优资格' },
    { name: '白晓燕', unit: '交通警察大队', cases: 2, note: '其中认定有责1件' },
  ],
  claim: {
    sentence: '涉及“冷硬横推托”问题的信访投诉案件自实行每月例会制度以来明显下降',
    basis:
      '2026年1月至11月每千件办件中经认定的案件为1.00件（95%区间0.74至1.32），上年同期为1.67件（1.34至2.05），两个区间不重叠；同期办件量相差不超过3%',
  },
  cautions: ['960111投诉台11月12日至14日因线路检修停机三日，该渠道件数偏低，不宜据此判断来量减少'],
  trend: trend(),
  warnings: [
    { unit: '北关派出所', reasons: ['回访差评率连续两个月上升，由4.1%升至6.8%', '二次告知5件，上月2件'] },
    { unit: '人口管理大队', reasons: ['超期办件3件'] },
  ],
  typical: [
    {
      heading: '户籍窗口推诿案',
      facts:
        '群众反映办理户口迁入三次往返，每次被要求补充的材料不同。经查，窗口民警未按规定一次性告知，且未说明可以由派出所网上核查的材料',
      outcome: '认定有责任，对单位扣2分，对责任民警扣1分，已向群众道歉并当日办结',
      lesson: '一次性告知单未使用系统开具，口头告知无从核对，同类情形应当一律出具告知单',
    },
    {
      heading: '反映执勤民警态度粗暴案',
      facts: '群众反映路面执勤民警处理轻微事故时态度粗暴。经调阅执法记录仪，民警用语规范、程序合法，所反映的情况不属实',
      outcome: '认定反映不实，已向民警本人及其单位出具澄清函，并向群众说明情况',
    },
  ],
  causes: [
    { name: '工作态度', cases: 5 },
    { name: '流程不清', cases: 4 },
    { name: '衔接不畅', cases: 3 },
    { name: '群众误解', cases: 4 },
  ],
  shortcomings: [
    '个别窗口仍以口头告知代替一次性告知单，群众多次往返',
    '接处警后的进度告知没有落实到夜间班组，群众误以为无人办理',
  ],
  lastMeasures,
  proposals: [
    '由人口管理大队牵头，12月15日前在全部户籍窗口停用口头告知，一律通过系统出具一次性告知单',
    '由指挥中心将接处警进度告知纳入班组考核，夜间班组同样适用',
    '由政治处会同警务督察大队，对年度内两次被投诉的民警逐人谈话',
  ],
}

const leader = (name: string, post: string) => ({ name, post })

export const minutes: Minutes = {
  head: {
    mark: '信访投诉案件分析例会纪要',
    number: '〔2026〕11号',
    office: `${bureau}信访科`,
    date: day('2026-12-07'),
    imprint: { copiesTo: ['分局领导', '各单位'], office: `${bureau}信访科`, printedOn: day('2026-12-07') },
  },
  period: { month: month('2026-11') },
  meeting: {
    from: moment('2026-12-07T01:00:00Z'),
    until: moment('2026-12-07T03:10:00Z'),
    place: '分局三楼会议室',
    chair: leader('高振邦', '分局党委书记、局长'),
    recorder: leader('周敏', '信访科科长'),
  },
  attendance: {
    leaders: [
      leader('高振邦', '党委书记、局长'),
      leader('孙志强', '副局长'),
      leader('罗文清', '纪委书记'),
      leader('邓慧', '政治处主任'),
    ],
    heads: [
      leader('马明远', '青山路派出所所长'),
      leader('江涛', '东湖派出所所长'),
      leader('冯建平', '警务督察大队大队长'),
      leader('韩志远', '指挥中心主任'),
      leader('谢红', '人口管理大队大队长'),
    ],
    deputies: [{ name: '蒋敏', post: '交通警察大队副大队长', inPlaceOf: '大队长魏东' }],
    leave: [{ name: '魏东', post: '交通警察大队大队长', reason: '参加市局会议', approvedBy: '高振邦' }],
    absent: [leader('石磊', '北关派出所所长')],
    observers: [leader('白晓燕', '民警代表')],
  },
  agenda: [
    '听取上次会议措施落实情况',
    '通报2026年11月群众信访投诉情况',
    '分析典型案件的成因',
    '听取预警单位负责人说明',
    '研究确定工作对策',
  ],
  lastMeasures,
  discussion: [
    {
      topic: '户籍窗口一次性告知不落实的问题',
      text: [
        '马明远说明，高峰时段窗口以口头告知代替出具告知单，是因为打印设备只有一台。',
        '与会同志认为，设备不足可以当月解决，根子在于没有把告知单当作对群众的承诺。',
      ],
    },
    {
      topic: '预警单位情况',
      text: ['石磊缺席，北关派出所差评率上升的情况由孙志强会后约谈了解，下次会议报告。'],
    },
  ],
  decisions: [
    {
      text: '全部户籍窗口停用口头告知，一律通过系统出具一次性告知单，并为每个窗口配齐打印设备',
      unit: '人口管理大队',
      due: day('2026-12-15'),
    },
    { text: '接处警进度告知纳入班组考核，夜间班组同样适用', unit: '指挥中心', due: day('2026-12-31') },
    { text: '对北关派出所主要负责人无故缺席例会进行谈话提醒', unit: '政治处', due: day('2026-12-11') },
  ],
  openMeasures: lastMeasures.filter((measure) => measure.open),
}

export const circular: Circular = {
  head: {
    ...head,
    mark: `${bureau}文件`,
    number: '青公通〔2026〕28号',
    signers: undefined,
    title: [bureau, '关于2026年第四季度窗口服务联合检查', '情况的通报'],
    to: ['各派出所', '分局机关各部门'],
    signedAs: bureau,
    date: day('2026-12-20'),
    note: '此件发至各单位，不得对外公开',
    imprint: { copiesTo: ['市局政治部', '分局领导'], office: `${bureau}政治处`, printedOn: day('2026-12-21') },
  },
  opening: [
    '根据《云州市公安局青山分局窗口单位联合检查办法》，2026年12月7日至16日，分局政治处会同警务督察大队、指挥中心对全部14个窗口单位进行了联合检查，当场打分、当场反馈。现将情况通报如下。',
  ],
  parts: [
    {
      heading: '总体情况',
      text: [
        '本季度窗口单位平均得分91.6分，比上季度提高1.2分。得分在90分以上的10个，80分至90分的3个，低于80分的1个，各单位得分见附件。',
      ],
      parts: [
        {
          heading: '服务公开',
          text: ['全部窗口公示了服务事项、收费依据和监督电话，12个窗口的清单与系统现行版本一致。'],
        },
        {
          heading: '首问负责',
          text: ['抽查登记簿126条，办理链条完整的119条；未完整的7条均为移送其他部门后没有签收。'],
        },
      ],
    },
    {
      heading: '值得肯定的做法',
      text: [
        '青山路派出所将等候人数实时公布在大厅和网上，午间轮班不间断，连续两个季度没有群众因等候提出投诉，提出表扬。',
      ],
    },
    {
      heading: '存在的问题',
      text: ['北关派出所两名窗口民警未佩戴警号，当场提醒后仍未整改，违反《礼仪规范手册》第三章第八条，提出批评。'],
    },
    {
      heading: '工作要求',
      text: [
        '各单位于2027年1月10日前完成整改并报政治处。对同一问题在下次检查中再次出现的，列入每月信访投诉案件分析例会议题。',
      ],
    },
  ],
  annexes: [
    {
      title: '2026年第四季度窗口单位联合检查得分表',
      columns: ['序号', '单位', '得分', '比上季度', '主要扣分项'],
      rows: [
        ['1', '青山路派出所', '97.5', '+2.0', '无'],
        ['2', '人口管理大队', '96.0', '+0.5', '填单样本不全'],
        ['3', '东湖派出所', '92.5', '−1.0', '首问登记不完整'],
        ['4', '北关派出所', '78.0', '−6.5', '着装、警号，清单版本过期'],
      ],
      widths: [1, 3, 1.2, 1.4, 4],
      centred: [0, 2, 3],
    },
  ],
  contact: { name: '邓慧', number: '030007', phone: '8000 0007' },
}
