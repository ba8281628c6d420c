import { messages } from '#platform/i18n.ts'

export const aboutWords = messages(
  {
    privacy: {
      title: '个人信息保护规则',
      intro: '本网站怎样处理您的个人信息，依照《个人信息保护法》告知如下。',
      who: '谁在处理',
      whoBody: (name: string) => `${name}。有问题可以拨打页面下方的电话，或者到任一办事窗口询问。`,
      why: '为什么可以处理',
      whyBody:
        '为履行法定职责所必需，在法律、行政法规规定的权限和程序内处理，不超出履行职责所必需的范围（第十三条、第三十四条）。',
      kinds: '处理哪些、为什么',
      purpose: '用途',
      data: '信息',
      note: '说明',
      rows: {
        look: [
          '查清单、查材料',
          '不需要个人信息',
          '您的回答只在网址里，服务器不保存。查找的词按次数统计，不记是谁查的，连续的数字会删去。',
        ],
        matter: [
          '窗口办理',
          '姓名、电话、办的事；办理需要时的公民身份号码',
          '由窗口民警登记。电话和号码加密保存，平时只显示一部分，查看全文留有记录。',
        ],
        progress: ['查进度', '编号和查询码', '只能打开自己的一件。每次打开留有记录。'],
        rating: ['短信评价', '手机号码、评价、留言', '只由独立的督办人员阅读，被评价的民警和窗口只能看到合计数字。'],
        contact: ['督办联系', '您是否同意联系', '单独询问，可以不同意，可以随时改变。'],
        complaint: [
          '投诉和建议',
          '您写的内容和附件；您愿意留的姓名、电话、地址',
          '可以匿名。姓名和联系方式单独加密，每次打开都有记录，凭查询码可以看到；被反映的人看不到。照片里的拍摄地点自动删除。没有提交的两小时后删除。',
        ],
      },
      sensitive: '敏感个人信息',
      sensitiveBody:
        '本平台不保存指纹和相片等生物识别信息。不满十四周岁未成年人的信息由监护人提供，只用于办理所申请的事项（第二十八条、第三十一条）。',
      share: '会不会给别人',
      shareBody:
        '不属于本分局办理的事项，转交前会告诉您接收单位。除法律规定外不提供给其他人，不向境外提供（第三十六条）。不做广告，不使用境外的字体、地图和统计服务。',
      keep: '保存多久',
      keepBody: '只保存实现用途所必需的最短时间（第十九条）。办件记录依照档案管理规定保存。具体期限可以向我们询问。',
      cookies: '这台设备上',
      cookiesBody: '不用登录，没有跟踪。只有当您选择语言或者长辈版时，才在设备上记下这一个选择。',
      rights: '您的权利',
      rightsBody:
        '您可以要求查阅、复制、更正、补充、删除您的个人信息，要求我们解释这些规则（第四十四条至第四十八条）。到窗口出示身份证，或者拨打页面下方的电话提出；不答应的，会说明理由。',
      auto: '自动化决定',
      autoBody:
        '本网站不用自动化方式对您作出决定。材料清单按公布的规则列出，能不能办由民警决定，不予受理的书面说明理由。',
    },
    accessibility: {
      title: '无障碍说明',
      intro: '我们希望每个人都能自己用好这个网站。',
      goal: '目标',
      goalBody: '依照《无障碍环境建设法》第三十二条，以 WCAG 2.2 AA 和 GB/T 37668-2019 为目标。尚未经过第三方测评。',
      works: '可以这样用',
      worksBody: [
        '右上角“长辈版”把字放大、按钮加大，内容一项不少；也可以用浏览器放大到两倍。',
        '只用键盘就能完成全部操作，读屏软件可以朗读标题、表格和错误提示。',
        '不开脚本也能使用，在微信里可以直接打开。',
        '没有弹窗、广告和图形验证码，不限时填写；投诉附件在提交前保留两小时。',
      ],
      limits: '已知的不足',
      limitsBody: ['PDF 清单和告知单只有中文。同样的内容在网页上有中英文。', '窗口登记的办理意见只有中文。'],
      help: '用不了怎么办',
      helpBody: '请拨打页面下方的电话，或者到任一窗口，工作人员会替您查询并打印。您指出的问题我们会改正。',
    },
  },
  {
    privacy: {
      title: 'Personal information',
      intro:
        'How this site handles your personal information, as the Personal Information Protection Law requires us to tell.',
      who: 'Who handles it',
      whoBody: (name) => `${name}. For questions call one of the numbers below or ask at any counter.`,
      why: 'On what ground',
      whyBody:
        'Because it is needed for statutory duties, within the powers and procedures set by law and no further (Arts. 13 and 34).',
      kinds: 'What, and what for',
      purpose: 'Purpose',
      data: 'Information',
      note: 'Notes',
      rows: {
        look: [
          'Looking up lists',
          'none',
          'Your answers stand in the address only and are not kept. Search words are counted without the searcher; runs of digits are removed.',
        ],
        matter: [
          'Service at the counter',
          'name, telephone, matter; the citizen number where needed',
          'Entered by the officer. Telephone and number are encrypted, shown in part, and every full view is on record.',
        ],
        progress: [
          'Checking progress',
          'number and code',
          'They open your own matter and no other. Every opening is on record.',
        ],
        rating: [
          'Rating by message',
          'mobile number, rating, comment',
          'Read by the independent supervision desk alone; the officer and the counter see sums only.',
        ],
        contact: [
          'Contact by the desk',
          'whether you agree',
          'Asked separately; you may refuse, and change your mind.',
        ],
        complaint: [
          'Complaints and suggestions',
          'what you write and attach; name, telephone and address if you like',
          'You may stay anonymous. Name and contact are encrypted apart; every look is on record and your code shows it. Those concerned see nothing. Where a photograph was taken is removed. What is not sent is removed after two hours.',
        ],
      },
      sensitive: 'Sensitive information',
      sensitiveBody:
        'This platform keeps no fingerprints, photographs or other biometrics. Data of children under 14 come from a guardian and serve the matter applied for alone (Arts. 28 and 31).',
      share: 'Is it passed on?',
      shareBody:
        'If a matter belongs elsewhere you are told who receives it. Otherwise nothing is given to others except as the law provides, and nothing leaves the country (Art. 36). No advertising; no fonts, maps or statistics from abroad.',
      keep: 'For how long',
      keepBody:
        'For the shortest time the purpose needs (Art. 19). Records of matters are kept under the rules on archives. Please ask us for the exact period.',
      cookies: 'On your device',
      cookiesBody:
        'No sign-in and no tracking. Only when you choose a language or the large text is that one choice kept on your device.',
      rights: 'Your rights',
      rightsBody:
        'You may ask to see, copy, correct, complete or delete your information and to have these rules explained (Arts. 44 to 48): at a counter with your identity card, or by one of the numbers below. A refusal is given with its reason.',
      auto: 'Automated decisions',
      autoBody:
        'This site makes no automated decision about you. Lists follow published rules; an officer decides, and a refusal is given in writing with its reason.',
    },
    accessibility: {
      title: 'Accessibility',
      intro: 'Everybody should be able to use this site by themselves.',
      goal: 'Our aim',
      goalBody:
        'Under Art. 32 of the Law on Building a Barrier-free Environment we aim at WCAG 2.2 AA and GB/T 37668-2019. No third party has assessed the site yet.',
      works: 'Ways to use it',
      worksBody: [
        '“Large text” at the top makes text and buttons larger and leaves nothing out; the browser may also zoom to twice the size.',
        'Everything works with the keyboard alone; screen readers read headings, tables and errors.',
        'It works without scripts, and inside WeChat.',
        'No pop-ups, no advertising, no picture puzzles, no time limit for filling in; files of a complaint are kept for two hours until you send it.',
      ],
      limits: 'Known limits',
      limitsBody: [
        'Lists and notices as PDF are in Chinese; the same content is on the pages in both languages.',
        'What officers write about a matter is in Chinese.',
      ],
      help: 'If it does not work for you',
      helpBody:
        'Call one of the numbers below or go to any counter; staff look it up and print it for you. We correct what you point out.',
    },
  },
)
