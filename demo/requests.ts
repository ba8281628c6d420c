import type { Random } from './random.ts'

/** What people say they come for, in the words an officer would write down. */
const openings: Record<string, readonly string[]> = {
  'id_card.renewal': [
    '身份证下月到期，申请换领',
    '身份证已过期，申请换领',
    '身份证有效期剩一个月，提前换领',
    '陪母亲换领到期的身份证',
    '到期换领身份证，原住址已变更',
    '未满16周岁时领的证到期，换领十年期',
    '退休后身份证到期，申请换领长期证',
  ],
  'id_card.loss_replacement': [
    '身份证在公交车上遗失，申请补领',
    '钱包被盗，身份证丢失，申请补领',
    '搬家时身份证找不到了，申请补领',
    '孩子的身份证丢失，由父亲代为申请补领',
    '出差途中遗失身份证，回来补领',
    '身份证丢失，已登报，申请补领',
  ],
  'id_card.first_issue': [
    '孩子满16周岁，首次申领身份证',
    '为小学生首次申领身份证，参加外地比赛要用',
    '首次申领身份证，出国研学办护照要用',
    '为幼儿首次申领身份证，坐飞机要用',
    '中考报名需要，首次申领身份证',
  ],
  'id_card.damage_replacement': [
    '身份证芯片读不出，申请损坏换领',
    '身份证折断，申请换领',
    '身份证磨损看不清照片，申请换领',
    '洗衣服时身份证变形，申请换领',
  ],
  temporary_id_card: [
    '身份证正在制作，急需临时身份证住院',
    '后天乘飞机，申请临时身份证',
    '参加考试急用，申请临时身份证',
    '办理银行业务急用，申请临时身份证',
    '婚姻登记急用，申请临时身份证',
  ],
  'household.move_in': [
    '夫妻投靠，申请户口迁入',
    '购房落户，申请户口迁入',
    '大学毕业回原籍，申请户口迁入',
    '父母投靠子女，申请户口迁入',
    '工作调动，申请户口迁入',
    '孩子随母亲迁入，入学要用',
  ],
  'household.birth_registration': [
    '新生儿出生登记',
    '二孩出生登记，随父落户',
    '女儿满月，申请出生登记',
    '出生登记，孩子随母姓',
    '双胞胎出生登记',
  ],
  'household.name_change': [
    '孩子随母改姓，申请姓名变更',
    '原名与他人重名，申请变更姓名',
    '名中生僻字无法录入，申请变更姓名',
    '再婚后为子女变更姓氏',
    '名字谐音不雅，申请变更',
  ],
}

const endings = [
  '',
  '',
  '',
  '，下周要出门，希望早些办好',
  '，老人行动不便，由子女陪同',
  '，第一次来办，请告知需要什么材料',
  '，在网上看过清单，材料已备齐',
  '，想了解能否邮寄',
  '，中午休息时间来办',
  '，询问今天能否办完',
  '，住址在本辖区',
  '，原来在外地上学',
]

export function requestFor(random: Random, itemCode: string): string {
  return random.pick(openings[itemCode] ?? ['咨询并办理业务']) + random.pick(endings)
}

/** Matters that are not the station's: who takes them over, and how the receiver signs for it (R84, A19). */
export const elsewhere = [
  {
    request: '申请补办护照',
    name: '分局出入境管理大队受理台',
    phone: '8000 0160',
    reason: '护照业务由出入境管理部门办理',
  },
  {
    request: '驾驶证到期换证',
    name: '区车辆管理所业务大厅',
    phone: '8000 0170',
    reason: '驾驶证业务由交警车管部门办理',
  },
  {
    request: '反映楼上装修噪声扰民',
    name: '区综合行政执法局值班室',
    phone: '8000 0912',
    reason: '装修噪声由综合行政执法部门处理，现场已先行劝导',
  },
  { request: '申请社会保障卡', name: '区人社局服务大厅', phone: '8000 0925', reason: '社会保障卡由人社部门办理' },
  {
    request: '物业停水，要求处理',
    name: '街道办事处值班室',
    phone: '8000 0931',
    reason: '供水纠纷由街道协调，已电话移交',
  },
  { request: '开具婚姻状况证明', name: '区民政局婚姻登记处', phone: '8000 0940', reason: '婚姻登记信息由民政部门出具' },
] as const

export const withdrawReasons = [
  '申请人行程有变，暂不办理',
  '申请人决定回原籍办理',
  '找到了原证件，不再补领',
  '家庭商议后决定暂缓',
] as const
export const handOverReasons = [
  '轮休，移交同事继续办理',
  '外出培训三天，移交办理',
  '调整至综合窗口，移交办理',
  '申请人由同事一直接待，便于沟通',
] as const
export const extensionReasons = [
  '需向原籍派出所发函核实，对方尚未回复',
  '人像比对异常，需人工复核',
  '制证中心设备检修，制证延期',
  '证明材料需上级审核',
] as const
export const toldHow = ['电话告知申请人，本人同意', '短信和电话告知申请人', '申请人到窗口时当面告知'] as const
export const plainDefects = [
  '证件已过有效期',
  '姓名与户口簿登记不一致',
  '缺少签名',
  '复印件无法辨认',
  '印章不清晰',
] as const
