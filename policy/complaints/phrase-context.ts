/**
 * Whether words in a complaint accuse an officer, or are denied, asked, supposed, or said of somebody else. Everything
 * here takes words away: a tag that is not proposed can be set by hand, one that is proposed wrongly is believed.
 */
export type Place = {
  /** From the last 。！？ or line break to the words. */
  sentence: string
  /** From the last mark of any kind to the words. */
  clause: string
  /** From the words to the end of the text. */
  after: string
  /** The words say what the citizen went through (我跑了三趟), so that 我 before them is no confession. */
  felt: boolean
}

export function saysSo(place: Place): boolean {
  return (
    !isDenied(place) &&
    !isAsked(place) &&
    !isSupposed(place) &&
    !isOver(place) &&
    (place.felt || !isOwnFault(place)) &&
    !isOfSomebodyElse(place)
  )
}

const filler =
  '(?:再|发生|出现|任何|什么|一点|一丝|丝毫|半点|半句|有|过|太|很|那么|这么|特别|十分|非常|过于|故意|在|人|谁|民警|警察|警官|辅警|工作人员|窗口|感觉到?|觉得|感到|遇到|遇见|碰到|看到|见到|受到|遭到|认为|存在|说|是|会|被|显得|对我|对群众|对人|跟我|的|地|态度|服务态度|因此|因为这个|随意|群众反映的|反映的|所谓的)*'
const negator =
  '(?:没有?|从没|从未|未|曾未|毫无|无|不|别|勿|杜绝|避免|防止|严禁|禁止|纠正|克服|整治|谈不上|算不上|说不上)(?:要|能|会|得|可|再|许|准|应该?|该)?'
const denial = new RegExp(`${negator}${filler}$`, 'u')
/** 不得不说, 没有一次不: two denials, or none. */
const noDenial = /(?:不得不|不能不|无不|莫不|没有?(?:一次|一天|一个|哪次|人)不|不是|难道|岂)[^不没]*$/u
const deniedAfter =
  /^(?:的)?(?:情况|现象|问题|行为|事情?|说法|作风)?(?:并|都|也|根本|完全|是)?(?:没有(?!人)|不存在|不属实|未发生|没发生)/u

function isDenied({ clause, after }: Place): boolean {
  if (deniedAfter.test(after)) return true
  if (/(?:不是|并不是|并非)[^不没]*$/u.test(clause)) return deniedByIsNot(clause, after)
  return denial.test(clause.slice(-16)) && !noDenial.test(clause)
}

/** 不是推诿就是拖延 and 难道不是推诿 accuse; 不是推诿 does not. */
function deniedByIsNot(clause: string, after: string): boolean {
  if (/(?:难道|岂)/u.test(clause) || /^[^，。！？；\n]{0,8}，?(?:就是|便是|是什么)/u.test(after)) return false
  return new RegExp(`(?:不是|并非)${filler}(?:因为)?$`, 'u').test(clause)
}

function isAsked({ clause }: Place): boolean {
  return new RegExp(`(?:是不是|是否|有没有|有无|会不会|能不能|算不算)${filler}$`, 'u').test(clause)
}

function isSupposed({ clause }: Place): boolean {
  return /(?:如果|要是|假如|倘若|万一|担心|生怕|害怕|以免|免得|建议|提醒|原以为|还以为|本以为|本来以为|以为会)/u.test(
    clause,
  )
}

/** It was so, and is not any more. */
function isOver({ sentence, clause, after }: Place): boolean {
  if (/[跟比和与同](?:以前|过去|从前)/u.test(clause)) return true
  if (!/(?:以前|过去|从前|原来|早些年|往年|前几年)/u.test(sentence)) return false
  return /^.{0,14}(?:现在|如今|今年|这次|这回|今天).{0,14}(?:好|热情|耐心|变|改|快|方便|不一样|周到)/u.test(after)
}

/** 我态度也不好, 我拖了两天才来; not 我的户口拖了半年. */
function isOwnFault({ clause }: Place): boolean {
  return /^(?:可能|当时|其实|确实|也许|是|因为|由于)*(?:我|本人|我们|我自己|自己)(?:自己|当时|也|可能|确实|一时|的|说话|语气|有点|情绪|脾气|又)*$/u.test(
    clause,
  )
}

const others =
  /(?:邻居|对方|楼上|楼下|物业|房东|租客|老板|商户|店家|店主|摊主|司机|保安|城管|医院|银行|开发商|中介|前夫|前妻|公司|单位领导|学校|老师|同事|快递|外卖员|法院|居委会|村委会|社区干部|施工队|醉汉|小偷)(?!家|的|之间|纠纷|打架|噪音|那边)/gu
const officers =
  /(?:民警|警察|警官|辅警|派出所|窗口|公安|工作人员|值班|所长|队长|交警|户籍|领导|接警|出警|报警|报案|投诉|反映|办事|你们|咨询|分局|大厅)/gu
const asObject = /(?:对|向|把|找|给|帮|替|为|冲|朝|去|到|在|从|告|让|叫|要|催|看)$/u
const beside = /[跟和与]$/u

/**
 * The last one named who can be meant: where it is a neighbour or a landlord, the words are about him. Beside an officer
 * (民警跟对方认识) he is not.
 */
function isOfSomebodyElse({ sentence }: Place): boolean {
  const officer = lastNamed(sentence, officers, false)
  return lastNamed(sentence, others, officer < 0) > officer
}

function lastNamed(sentence: string, names: RegExp, withBeside: boolean): number {
  const subjects = [...sentence.matchAll(names)].filter(({ index }) => {
    const lead = sentence.slice(0, index)
    return !asObject.test(lead) && (withBeside || !beside.test(lead))
  })
  return subjects.at(-1)?.index ?? -1
}
