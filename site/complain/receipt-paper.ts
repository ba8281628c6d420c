import { article, groupedCode, type SentReceipt } from '#modules/complaints/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { ComplaintReceipt } from '#platform/documents/data/complaints.ts'
import { bureauOf } from '#platform/settings.ts'
import { noticeDue } from '#policy/complaints/clocks.ts'
import type { Standing } from '#policy/complaints/online.ts'

const mayMove = '暂定，该年度放假安排公布后重新计算'

const confidentiality: Record<Standing, string | undefined> = {
  anonymous: undefined,
  confidential: '已按您的要求对身份保密，被反映的单位和人员看不到您的姓名和联系方式',
  named: '被反映的单位和人员看不到您的姓名和联系方式',
}

/** 收件回执 of the site. It may lie where others see it: no word of what was said, no name. */
export async function receiptPaper(ctx: Context, sent: SentReceipt): Promise<ComplaintReceipt> {
  const { about } = sent
  const bureau = await bureauOf(ctx)
  const secrecy = about.standing === '' ? undefined : confidentiality[about.standing]
  const told = noticeDue(dayOf(sent.sentAt), ctx.calendar)
  const phones = [
    { name: '分局监督电话', number: bureau.phones.bureau },
    { name: '举报投诉', number: bureau.phones['12389'] },
  ].filter(({ number }) => number !== '')
  return {
    issuer: { bureau: bureau.nameZh, unit: '信访部门' },
    number: sent.caseNo,
    query: { link: `${bureau.siteUrl}/complaint`, code: groupedCode(sent.code) },
    ...(secrecy && { confidentiality: secrecy }),
    channel: '本分局网站',
    receivedAt: sent.sentAt,
    subject: '来信反映的事项',
    attachments: [...about.files],
    next: [
      {
        step: '告知是否受理',
        by: { day: told.day, ...(told.provisional && { provisional: mayMove }) },
        detail: '自收到之日起15日内告知，期限末日是休息日的顺延至下一个工作日',
      },
      { step: '调查核实', detail: '由与本事项没有利害关系的人员办理' },
      { step: '答复处理意见', detail: '自受理之日起60日内；情况复杂的可以延长一次，不超过30日，并告知您理由' },
      { step: '您的评价和复查', detail: '收到意见后可以评价；不服的可以自收到之日起30日内请求复查' },
    ],
    youMay: ['凭查询码随时补充情况和材料；', '查看谁打开过您的姓名和联系方式；', '在处理意见作出以前撤回。'],
    basis: article(21, 23, 34),
    desk: { name: `${bureau.nameZh}信访部门`, ...(bureau.phones.bureau && { phone: bureau.phones.bureau }) },
    supervision: { phones },
    issuedAt: sent.sentAt,
  }
}
