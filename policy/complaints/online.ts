import type { Parameter } from '../parameter.ts'

/** For how long a form on the site that was not sent is kept, so that nothing typed is lost by an error or a look back. */
export const draftKeptFor: Parameter<number> = {
  description: {
    zh: '网上投诉填写后未提交的内容保留的分钟数，到时自动删除',
    en: 'Minutes for which a complaint typed on the site and not sent is kept; then it is removed',
  },
  unit: 'minute',
  values: [{ from: '2013-01-01', value: 120, basis: 'pipl:19, design', example: true }],
}

/** For how long the page with the code may be shown again to the form that sent the complaint: a double click, a printout. */
export const codeShownFor: Parameter<number> = {
  description: {
    zh: '网上投诉提交后，同一页面可以再次显示、打印回执（含查询码）的分钟数',
    en: 'Minutes after sending in which the same page may show and print the receipt with its code again',
  },
  unit: 'minute',
  values: [{ from: '2013-01-01', value: 30, basis: 'design', example: true }],
}

/** Files with one complaint, files a complainant may hand in later in all, and bytes kept for all forms not sent yet. */
export const onlineFiles: Parameter<{ atOnce: number; inAll: number; roomForDrafts: number }> = {
  description: {
    zh: '网上投诉一次可附文件数；一件投诉先后可附文件总数；未提交内容的附件合计最多字节数',
    en: 'Files with one sending; files of one complaint in all; bytes of files of all forms not sent yet',
  },
  unit: 'count',
  values: [
    {
      from: '2013-01-01',
      value: { atOnce: 5, inAll: 20, roomForDrafts: 2_147_483_648 },
      basis: 'design',
      example: true,
    },
  ],
}

/** Satisfied, basically satisfied, dissatisfied: the habit of rating how a petition was handled. */
export const complaintRatings = [1, 2, 3] as const
export type ComplaintRating = (typeof complaintRatings)[number]

/** How somebody wants to be known. */
export const standings = ['anonymous', 'confidential', 'named'] as const
export type Standing = (typeof standings)[number]
