import type {
  AcceptanceReceipt,
  OneTimeNotice,
  RefusalNotice,
  ServiceListSheet,
  SupervisionOrder,
} from '../data/window.ts'
import * as sample from './window.ts'

/** The samples pushed to where layouts break: long lists, long names, absent fields, text that looks like Typst. */

export const rareNames = ['𬭎', '㛃', '䶮', '𠅤', '𣗋', '龘', '喆', '玥', '堃', '昇', '淼', '燚', '琞', '𬬭']
export const longName = '阿布都热西提·阿卜杜热合曼·买买提吐尔逊·艾合麦提江·吾买尔江·努尔麦麦提·伊敏'
export const latinName = 'Wolfeschlegelsteinhausenbergerdorff-Nguyễn Thị Ánh Łukasz'
export const injection =
  '#read("/etc/passwd") $x$ *粗* _斜_ `#eval("1")` \\u{41} <script>alert(1)</script> // 注释 @ref'

const clumsy = `因材料内容与系统登记信息不一致，需要重新核实后出具加盖公章的证明。${injection}`

export const manyMissing: OneTimeNotice = {
  ...sample.oneTimeNotice,
  issuer: {
    ...sample.oneTimeNotice.issuer,
    unit: '青山路派出所驻青山经济技术开发区政务服务中心综合受理大厅公安户籍业务专区三号综合窗口',
    sealOf: '云州市公安局青山分局青山经济技术开发区派出所户籍业务受理专用',
  },
  applicant: { name: `${longName}（${latinName}）` },
  visit: 2,
  item: { ...sample.oneTimeNotice.item, name: `户口迁入登记（${'投靠父母、子女、配偶以及其他近亲属'.repeat(4)}）` },
  materials: Array.from({ length: 25 }, (_, i) => ({
    name: `第${i + 1}号材料：${rareNames[i % 14]}${longName.slice(0, 14)}的亲属关系证明`,
    wrong: i % 3 ? '未携带' : clumsy,
    original: i % 2,
    copies: i % 4,
    howToObtain: i % 5 ? '由原籍派出所出具' : clumsy,
    replaceableBy: i % 4 ? undefined : '出生医学证明、公证书或者人民法院的裁判文书，三者择一',
    mendableOnSpot: i % 6 === 0,
  })),
  second: {
    previousNumber: '青公户告〔2026〕00098号',
    cause: '核验时发现新的事实：户口登记的出生日期与居民身份证不一致',
    approver: '窗口负责人 李𬭎',
    approvedAt: Temporal.Instant.from('2026-11-23T01:01:00Z'),
  },
  keptUntil: undefined,
  signature: { kind: 'witnessed', note: '申请人不识字，已当面逐项宣读并解释', witnesses: [longName, latinName] },
}

export const bareReceipt: AcceptanceReceipt = {
  ...sample.acceptanceReceipt,
  issuer: { bureau: '云州市公安局青山分局', unit: '青山路派出所' },
  applicant: { name: rareNames.join('') },
  item: { ...sample.acceptanceReceipt.item, version: undefined },
  materials: [],
  due: { ...sample.acceptanceReceipt.due, provisional: undefined },
  officer: { name: '王𣗋', number: '037215' },
  supervision: { phones: [{ name: '督察', number: '8000 0110' }] },
}

export const longRefusal: RefusalNotice = {
  ...sample.refusalNotice,
  kind: 'not-granted',
  query: undefined,
  applicant: { name: longName },
  reasons: Array.from({ length: 30 }, (_, i) => `理由${i + 1}：${clumsy}`),
}

export const bareList: ServiceListSheet = {
  ...sample.serviceListSheet,
  link: undefined,
  answers: undefined,
  questions: undefined,
  conditions: [],
  materials: Array.from({ length: 40 }, (_, i) => ({
    name: `材料${i + 1}`,
    original: 1,
    copies: 1,
    source: clumsy,
  })),
}

export const openOrder: SupervisionOrder = {
  ...sample.supervisionOrder,
  problem: `群众留言：等了两个小时😀，\uE863，مرحبا，${injection}`,
  responsible: { unit: '青山路派出所' },
  reminders: [],
  measures: undefined,
  evidence: [],
  answerToCitizen: undefined,
  secondOpinion: undefined,
  closed: undefined,
  due: { day: Temporal.PlainDate.from('2027-01-06'), provisional: '2027年放假安排尚未公布' },
  extension: { day: Temporal.PlainDate.from('2027-01-15'), reason: '责任民警住院', approver: '孙志强' },
  overdueDays: 12,
  escalation: '已报分局分管领导',
}
