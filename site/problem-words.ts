import { messages } from '#platform/i18n.ts'

/** What went wrong, for citizens, by the problem's code; others are said by their status. */
export const problemWords = messages(
  {
    tryAgain: '重新填写',
    reference: (id: string) => `如需电话咨询，请报编号 ${id}。`,
    said: {
      'page-not-found': {
        title: '没有找到这个页面',
        body: '网址可能不完整，或者页面已经移走。',
        todo: '请核对网址；短信和告知单上的网址要完整输入，不要漏掉字母。',
      },
      'service-not-found': {
        title: '没有找到这个事项',
        body: '办事清单里没有这个事项，或者它已经停止办理。',
        todo: '请从首页进入办事清单重新查找，也可以拨打下面的电话咨询。',
      },
      'progress-not-found': {
        title: '没有查到',
        body: '编号和查询码对不上，或者没有这个编号。',
        todo: '请对照告知单或回执，核对编号和八位查询码。仍查不到的，请到窗口凭身份证查询。',
      },
      'complaint-not-found': {
        title: '没有查到',
        body: '查询码不对，或者这份文件不是给您的。',
        todo: '请核对 16 位查询码后再查一次。',
      },
      'rating-not-found': {
        title: '没有找到这个评价页面',
        body: '网址可能不完整。',
        todo: '请点开短信里的完整网址，也可以直接回复短信里的数字评价。',
      },
      'too-many-requests': {
        title: '操作太频繁',
        body: '同一网络在短时间内的访问次数过多，为保护大家的信息，已暂停一会儿。',
        todo: '请一分钟后再试。您填写的内容没有提交。',
      },
      'form-expired': {
        title: '页面已过期',
        body: '这个页面打开的时间过长，或者不是从本网站打开的，内容没有提交。',
        todo: '请返回上一页刷新后再填一次。',
      },
      'attempt-missing': {
        title: '页面已过期',
        body: '提交的内容不完整，没有保存。',
        todo: '请返回上一页刷新后再填一次。',
      },
      'attempt-reused': {
        title: '这张表已经提交过',
        body: '同一页面上的内容已经提交过一次，这一次没有保存。',
        todo: '如需修改，请刷新页面后再填。',
      },
      'database-unavailable': {
        title: '暂时无法办理',
        body: '系统正在恢复，您填写的内容没有提交。',
        todo: '请几分钟后再试；急事请拨打下面的电话。',
      },
      unexpected: {
        title: '系统出错了',
        body: '这不是您的原因，值班人员会看到这个错误。',
        todo: '请稍后再试；急事请拨打下面的电话。',
      },
      'bad-request': {
        title: '没有看懂这个请求',
        body: '网址或提交的内容不完整。',
        todo: '请返回上一页再试一次。',
      },
      'too-large': { title: '内容太长', body: '提交的内容超过了上限，没有保存。', todo: '请缩短后再提交。' },
    },
  },
  {
    tryAgain: 'Try again',
    reference: (id) => `If you call us, please give the number ${id}.`,
    said: {
      'page-not-found': {
        title: 'This page was not found',
        body: 'The address may be incomplete, or the page has moved.',
        todo: 'Please check the address; those in messages and on notices must be typed in full.',
      },
      'service-not-found': {
        title: 'This service was not found',
        body: 'It is not in the catalogue, or it is no longer offered.',
        todo: 'Please look it up in the catalogue, or call one of the numbers below.',
      },
      'progress-not-found': {
        title: 'Nothing was found',
        body: 'The number and the code do not belong together, or there is no such number.',
        todo: 'Please compare both with your notice or receipt. If it still fails, ask at the counter with your identity card.',
      },
      'complaint-not-found': {
        title: 'Nothing was found',
        body: 'The code does not fit, or this paper is not yours.',
        todo: 'Please check the 16 digits and look it up again.',
      },
      'rating-not-found': {
        title: 'This rating page was not found',
        body: 'The address may be incomplete.',
        todo: 'Please open the full address in the message, or reply to the message with a digit.',
      },
      'too-many-requests': {
        title: 'Too many requests',
        body: 'There were too many requests from the same network. To protect everybody’s data we pause for a moment.',
        todo: 'Please try again in a minute. What you wrote was not sent.',
      },
      'form-expired': {
        title: 'This page has expired',
        body: 'It was open for too long, or was not opened from this site. Nothing was sent.',
        todo: 'Please go back, reload the page and fill it in again.',
      },
      'attempt-missing': {
        title: 'This page has expired',
        body: 'What was sent is incomplete and was not saved.',
        todo: 'Please go back, reload the page and fill it in again.',
      },
      'attempt-reused': {
        title: 'This form was sent already',
        body: 'Something was sent from the same page before; this time nothing was saved.',
        todo: 'To change it, reload the page and fill it in again.',
      },
      'database-unavailable': {
        title: 'Not available at the moment',
        body: 'The system is recovering. What you wrote was not sent.',
        todo: 'Please try again in a few minutes; if it is urgent, call one of the numbers below.',
      },
      unexpected: {
        title: 'Something went wrong',
        body: 'It is not your fault; the person on duty sees this error.',
        todo: 'Please try again later; if it is urgent, call one of the numbers below.',
      },
      'bad-request': {
        title: 'We could not read this request',
        body: 'The address or what was sent is incomplete.',
        todo: 'Please go back and try again.',
      },
      'too-large': {
        title: 'Too long',
        body: 'What was sent is over the limit and was not saved.',
        todo: 'Please shorten it and send it again.',
      },
    },
  },
)
