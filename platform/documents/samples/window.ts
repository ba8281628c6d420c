import type {
  AcceptanceReceipt,
  OneTimeNotice,
  RefusalNotice,
  ServiceListSheet,
  SupervisionOrder,
} from '../data/window.ts'

/** Invented data for tests and for looking at a template while working on it. No person or bureau is meant. */

const day = (text: string) => Temporal.PlainDate.from(text)
const moment = (text: string) => Temporal.Instant.from(text)

const issuer = {
  bureau: '云州市公安局青山分局',
  unit: '青山路派出所户籍窗口',
  address: '青山路18号',
  sealOf: '云州市公安局青山分局青山路派出所',
}
const officer = { name: '王建国', number: '037215', phone: '8000 0101' }
const supervision = {
  phones: [
    { name: '分局督察大队', number: '8000 0110' },
    { name: '政务服务热线', number: '12345' },
    { name: '举报电话', number: '12389' },
  ],
  window: '派出所一楼值班长席',
  link: 'https://qs.example.cn/s',
}
const query = { link: 'https://qs.example.cn/q/7K3M9P', code: '7K3M-9PXW' }
const applicant = { name: '阿卜杜热合曼·买买提吐尔逊', phoneMasked: '138****5621' }
const item = {
  name: '户口迁入登记（夫妻投靠）',
  code: 'HJ-0204',
  version: '第6版',
  versionDate: day('2026-10-01'),
}

export const oneTimeNotice: OneTimeNotice = {
  issuer,
  number: '青公户告〔2026〕00123号',
  query,
  applicant,
  visit: 1,
  item,
  materials: [
    {
      name: '结婚证',
      wrong: '未携带',
      original: 1,
      copies: 1,
      howToObtain: '遗失的，到婚姻登记机关补领',
      replaceableBy: '婚姻登记机关出具的婚姻登记记录证明',
      mendableOnSpot: false,
    },
    {
      name: '被投靠人居民户口簿',
      wrong: '只带了复印件，需核对原件',
      original: 1,
      copies: 0,
      howToObtain: '由被投靠人提供',
      mendableOnSpot: false,
    },
    {
      name: '迁入申请书',
      wrong: '未填写申请日期，未签名',
      original: 1,
      copies: 0,
      howToObtain: '窗口免费提供空白表格和填写样本',
      mendableOnSpot: true,
    },
  ],
  sixNotices: {
    item: '户口迁入登记（夫妻投靠），由拟迁入地派出所办理',
    materials: '申请书、双方居民身份证、双方居民户口簿、结婚证，共4项',
    fee: '不收费',
    process: '申请—受理—审核—审批—登记',
    timeLimit: '法定20个工作日，承诺7个工作日，自受理之日起计算',
  },
  nextSteps: [
    '按上表备齐材料；标明“可以”的，现在就可以在窗口补正。',
    '扫描二维码预约再次来访的时间，也可以直接前来。',
    '凭此单在任一窗口续办，不需要重新说明情况。',
  ],
  keptUntil: day('2027-02-21'),
  officer,
  supervision,
  basis: '《云州市户口登记管理办法》第十二条；分局《窗口服务一次性告知制度》第三条',
  issuedAt: moment('2026-11-23T01:05:00Z'),
  signature: {
    kind: 'drawn',
    width: 300,
    height: 100,
    strokes: [
      { path: 'M20 60 C40 10 70 10 80 60 S120 90 130 40', width: 2.5 },
      { path: 'M140 30 L200 34 M170 20 C168 50 165 70 150 88 M172 50 C190 70 205 80 220 84', width: 2.2 },
      { path: 'M236 24 l30 4 m-14 -14 c-2 30 -4 50 -10 74', width: 2.2 },
    ],
    at: moment('2026-11-23T01:07:00Z'),
  },
}

export const acceptanceReceipt: AcceptanceReceipt = {
  issuer,
  number: '青公户受〔2026〕04518号',
  query,
  applicant,
  item,
  materials: [
    { name: '迁入申请书', original: 1, copies: 0 },
    { name: '居民身份证（双方）', original: 2, copies: 2, note: '原件已当场退还' },
    { name: '居民户口簿（双方）', original: 2, copies: 2, note: '原件已当场退还' },
    { name: '结婚证', original: 1, copies: 1, note: '通过数据共享核验' },
  ],
  acceptedAt: moment('2026-12-31T02:20:00Z'),
  due: {
    day: day('2027-01-12'),
    limit: '承诺7个工作日（法定20个工作日）',
    provisional: '2027年的放假安排尚未公布，公布后如有变动将告知您，期限不会因此延长到法定时限之外',
  },
  basis: '《云州市户口登记管理办法》第十二条',
  fee: '不收费',
  delivery: '到受理窗口领取，或者邮寄（费用由收件人按邮政资费支付）',
  officer,
  supervision,
  signature: { kind: 'paper' },
}

export const refusalNotice: RefusalNotice = {
  issuer,
  number: '青公户不受〔2026〕0007号',
  kind: 'not-accepted',
  query,
  applicant,
  item,
  requestedAt: moment('2026-11-23T01:00:00Z'),
  reasons: ['被投靠人的户口不在本派出所辖区，本所没有管辖权。', '被投靠人户口所在地为云州市公安局东湖分局东湖派出所。'],
  basis: '《云州市户口登记管理办法》第五条',
  whatYouCanDo: [
    '到东湖派出所户籍窗口申请，地址：东湖路6号，电话 8000 0202。',
    '您的材料清单可以继续使用，扫码即可查看。',
  ],
  remedies: ['对本决定有异议的，可以向云州市公安局青山分局信访科反映，电话 8000 0303。'],
  officer,
  supervision,
  issuedAt: moment('2026-11-23T01:20:00Z'),
  signature: {
    kind: 'witnessed',
    note: '申请人右手受伤不能签名，已当面宣读',
    witnesses: ['李梅（警号 037216）', '赵昇'],
  },
}

export const serviceListSheet: ServiceListSheet = {
  issuer,
  item: { ...item, kind: '依申请办理' },
  link: 'https://qs.example.cn/items/HJ-0204',
  answers: [
    { question: '您是为谁办理？', answer: '本人' },
    { question: '配偶的户口在哪里？', answer: '本辖区家庭户' },
    { question: '结婚证是在本市领取的吗？', answer: '是' },
  ],
  basis: ['《云州市户口登记管理办法》第十二条', '云公通〔2026〕15号'],
  whoMayApply: '与本市户籍居民结婚、要求迁入配偶户口所在地的人员',
  conditions: ['已经办理结婚登记', '配偶在本市登记常住户口'],
  materials: [
    { name: '迁入申请书', original: 1, copies: 0, source: '窗口领取或者网上下载' },
    { name: '居民身份证（双方）', original: 2, copies: 2, source: '自备', requirement: '在有效期内' },
    { name: '居民户口簿（双方）', original: 2, copies: 2, source: '自备', replaceableBy: '原籍户籍证明' },
    { name: '结婚证', original: 1, copies: 1, source: '婚姻登记机关', shared: true },
  ],
  fee: { text: '不收费' },
  process: [
    { name: '申请', detail: '提交材料，当场检查是否齐全', place: '户籍窗口' },
    { name: '受理', detail: '材料齐全的当场受理并出具回执', place: '户籍窗口' },
    { name: '审核审批', detail: '派出所审核，分局人口服务管理部门审批' },
    { name: '登记', detail: '办理迁入登记，换发居民户口簿', place: '户籍窗口' },
  ],
  statutoryLimit: '20个工作日',
  promisedLimit: '7个工作日',
  delivery: '到受理窗口领取，或者邮寄',
  places: [
    { name: '青山路派出所', address: '青山路18号', hours: '周一至周六 8:30–17:30', phone: '8000 0101' },
    { name: '政务服务中心公安窗口', address: '中山路200号二楼', hours: '周一至周五 9:00–17:00' },
  ],
  supervision,
  questions: [{ question: '可以请别人代办吗？', answer: '可以，代办人需带本人身份证和委托书。' }],
  printedAt: moment('2026-11-23T01:30:00Z'),
}

export const supervisionOrder: SupervisionOrder = {
  issuer: { ...issuer, unit: '指挥中心', sealOf: '云州市公安局青山分局指挥中心' },
  number: '青公督〔2026〕0045号',
  source: '短信回访 HF-20261118-0032：群众评价“不满意”',
  problem: '群众反映办理居民身份证时等候时间过长，窗口只开了一个，询问时工作人员解释不耐心。',
  responsible: { unit: '青山路派出所', officer: '王建国（警号 037215）', leader: '孙志强' },
  requirement: '三个工作日内查清情况，联系群众说明并致歉，提出窗口分时开放的整改办法。',
  basis: '分局《群众满意度回访督办办法》第四条',
  issuedAt: moment('2026-11-20T06:00:00Z'),
  issuedBy: { name: '周敏', number: '030018', phone: '8000 0001' },
  due: { day: day('2026-11-25') },
  reminders: [{ at: moment('2026-11-24T01:00:00Z'), text: '明日到期，请按时反馈' }],
  measures: '已增开一个窗口，并对当班民警进行提醒谈话。',
  evidence: ['窗口排班表', '与群众通话记录（编号 T-0091）'],
  answerToCitizen: '已于11月24日电话说明情况并致歉，群众表示理解。',
  secondOpinion: '基本满意',
  closed: { at: moment('2026-11-25T07:30:00Z'), by: '周敏' },
}
