import { messages } from '#platform/i18n.ts'

export const ratingWords = messages(
  {
    title: { satisfaction: '请评价这次服务', second_opinion: '您反映的问题解决了吗？' },
    about: (day: string, unit: string, item: string) => [day, unit, item].filter((part) => part !== '').join('，'),
    question: { satisfaction: '您对这次服务满意吗？', second_opinion: '对处理结果，您满意吗？' },
    ourAnswer: '我们的答复',
    comment: '想说的话',
    commentHint: '最多 500 字。由分局独立的督办人员阅读，被评价的民警看不到是谁评价的。',
    send: '提交评价',
    errors: {
      level: '请选择一个满意程度',
      comment: '这段话太长，或者有无法保存的字符，请修改后再提交',
    },
    answeredBefore: '您已经评价过了',
    answeredBeforeBody: '一件事评价一次，之前的评价已经生效，这一次没有再记。',
    thanks: '评价已收到，谢谢您',
    thanksBody: '每一条评价都会计入对窗口的考核。',
    consentTitle: '还有一个问题：可以联系您吗？',
    consentBody:
      '督办人员想了解您不满意的地方，尽快解决。是否接受联系由您决定，不接受也不影响您的评价。只有督办人员会联系您，被评价的民警不会知道是您。',
    consent: '督办人员可以打电话联系您吗？',
    yes: '可以',
    no: '不用联系我',
    consentSend: '确定',
    consentError: '请选择一项',
    consentYes: '您同意督办人员联系您。',
    consentNo: '您选择了不联系，督办仍会进行。',
    changeToNo: '改为不联系',
    changeToYes: '改为可以联系',
    noted: '已经记下，谢谢您',
    notedBody: '保留短信里的网址，就可以随时改变这个选择。',
    tooLate: '这次评价已经截止',
    tooLateBody: (days: number) => `短信发出后 ${days} 天内可以评价。您仍然可以通过下面的方式反映问题。`,
    complain: '投诉和建议',
    explainTitle: '怎样评价我们的服务',
    explain: {
      how: '怎样评价',
      howBody: '事情办结后，您会收到一条短信。点开短信里的网址就可以评价，也可以直接回复一个数字。不用登录，不用下载。',
      levels: '五个等级',
      levelsBody: '全国统一，回复的数字和含义是：',
      who: '谁看得到',
      whoBody:
        '您的评价和留言只由分局独立的督办人员阅读。被评价的民警和窗口只能看到合计数字，永远看不到是谁评价的。民警不得要求或者暗示您怎样评价。',
      bad: '不满意会怎样',
      badBody: (days: number) =>
        `评价“不满意”或者“非常不满意”的，系统自动开出督办单，${days} 个工作日内督办解决，从收到评价的第二天起算。本单位的人不能自己办结自己的督办单。办完后会再问您一次问题解决了没有。`,
      contact: '会不会打电话给我',
      contactBody: '评价之后单独问您是否可以联系。不同意也不影响评价和督办。',
      silence: '不评价会怎样',
      silenceBody: (reminders: number) => `不评价就不计分，不会被当作满意。最多提醒 ${reminders} 次，回复 T 可以退订。`,
    },
  },
  {
    title: { satisfaction: 'Please rate this service', second_opinion: 'Was your problem solved?' },
    about: (day, unit, item) => [day, unit, item].filter((part) => part !== '').join(', '),
    question: {
      satisfaction: 'How satisfied were you with this service?',
      second_opinion: 'How satisfied are you with the outcome?',
    },
    ourAnswer: 'Our answer',
    comment: 'Anything you wish to say',
    commentHint:
      'Up to 500 characters. The independent supervision desk reads it; the officer you rate never learns who rated.',
    send: 'Send my rating',
    errors: {
      level: 'Please choose how satisfied you are',
      comment: 'This text is too long or holds characters that cannot be kept; please change it',
    },
    answeredBefore: 'You have rated this already',
    answeredBeforeBody: 'Each matter is rated once. Your first rating counts; nothing was added now.',
    thanks: 'Thank you, your rating has arrived',
    thanksBody: 'Every rating counts in the appraisal of the counter.',
    consentTitle: 'One more question: may we contact you?',
    consentBody:
      'The supervision desk would like to understand what went wrong and put it right. You decide; saying no changes nothing about your rating. Only the desk would contact you; the officer you rated does not learn that it was you.',
    consent: 'May the supervision desk call you?',
    yes: 'Yes',
    no: 'No, do not contact me',
    consentSend: 'Confirm',
    consentError: 'Please choose one',
    consentYes: 'You have agreed to be contacted by the supervision desk.',
    consentNo: 'You chose not to be contacted. Supervision goes ahead all the same.',
    changeToNo: 'Do not contact me after all',
    changeToYes: 'You may contact me after all',
    noted: 'Noted, thank you',
    notedBody: 'As long as you keep the link in the message you can change this choice.',
    tooLate: 'This rating has closed',
    tooLateBody: (days) =>
      `A rating is open for ${days} days after the message. You can still reach us in the ways below.`,
    complain: 'Complaints and suggestions',
    explainTitle: 'How to rate our service',
    explain: {
      how: 'How to rate',
      howBody:
        'When your matter is finished you receive a text message. Open the link in it, or reply with one digit. No sign-in, nothing to install.',
      levels: 'Five levels',
      levelsBody: 'The same throughout the country; the digit to reply and what it means:',
      who: 'Who sees it',
      whoBody:
        'Only the bureau’s independent supervision desk reads your rating and comment. The officer and the counter see sums and never learn who rated. Officers may not ask for or hint at a rating.',
      bad: 'What follows if you are dissatisfied',
      badBody: (days) =>
        `“Dissatisfied” and “very dissatisfied” open a supervision order by themselves. It is to be solved within ${days} working days, counted from the day after your rating. Nobody closes an order about his own unit. Afterwards you are asked once more whether the problem is solved.`,
      contact: 'Will somebody call me?',
      contactBody:
        'You are asked separately, after rating, whether you may be contacted. Saying no affects neither rating nor supervision.',
      silence: 'If you do not rate',
      silenceBody: (reminders) =>
        `No rating is no rating; it is never taken as satisfied. Reminders: ${reminders} at most; T as a reply stops the messages.`,
    },
  },
)
