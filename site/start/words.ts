import { messages } from '#platform/i18n.ts'

export const startWords = messages(
  {
    title: '群众办事',
    heading: '您想办什么事？',
    find: '查办事清单',
    findBody: '要带什么、收多少钱、多久办好，事先一次说清。',
    common: '常办的事',
    commonBody: '选一件事，回答几个问题，只列出您自己要带的材料。',
    allServices: '全部事项',
    progress: '查办理进度',
    progressBody: '凭告知单或回执上的编号和查询码，看办到哪一步、还缺什么、找谁问。',
    rating: '评价服务',
    ratingBody: '办结后会收到评价短信，点开网址或者直接回复数字。不满意的会督办解决。',
    ratingHow: '怎样评价',
    complain: '投诉和建议',
    complainBody: '可以匿名，可以附照片。提交后凭 16 位查询码看进展、看答复、申请复查。',
    follow: '凭查询码查进展',
    figures: '办理情况公开',
  },
  {
    title: 'Services',
    heading: 'What would you like to do?',
    find: 'Look up a service',
    findBody: 'What to bring, what it costs, how long it takes: everything said beforehand.',
    common: 'Often needed',
    commonBody: 'Choose a service and answer a few questions; only the papers you need yourself are listed.',
    allServices: 'All services',
    progress: 'Check your progress',
    progressBody: 'With number and code of your notice or receipt: which step, what is missing, whom to ask.',
    rating: 'Rate us',
    ratingBody:
      'When a matter is finished you receive a message; open its link or reply with a digit. Bad ratings are followed up.',
    ratingHow: 'How to rate',
    complain: 'Complaints and suggestions',
    complainBody:
      'Anonymously if you like, with photographs. A code of 16 digits then shows progress and answer, and lets you ask for a review.',
    follow: 'Follow with your code',
    figures: 'Published figures',
  },
)
