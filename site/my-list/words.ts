import { messages } from '#platform/i18n.ts'

export const myListWords = messages(
  {
    title: (name: string) => `我的材料清单：${name}`,
    intro: '请回答下面的问题，只问与您有关的。不用登录，不保存您的回答。',
    next: '下一步',
    more: (n: number) => `根据您的回答，还需要再回答 ${n} 个问题`,
    unanswered: '请选择一项',
    bring: (n: number) => (n === 0 ? '您不需要自带材料' : `请带齐下面 ${n} 样材料`),
    bringBody: '带齐这些，窗口不会再要清单以外的材料。如窗口另要，请您当场指出或者拨打监督电话。',
    toBring: '请您带来',
    notToBring: '不用您带',
    whyShared: '由窗口通过信息共享核验，不用您提供。',
    otherCases: '与您的情况无关、不用准备的材料',
    onlyIf: (circumstances: string) => `只有这种情况才要：${circumstances}`,
    yourCase: '您的情况',
    yourAnswer: '您的回答',
    change: '修改回答',
    assumed: '以下由窗口核查，清单暂按这个结果列出；结果不同的，窗口会当场一次性告知。',
    fee: '收费',
    limit: '办理时限',
    feeAndLimit: '收费和时限',
    refusedTitle: '按您的回答，目前不符合办理条件',
    refusedIntro: '原因和可以怎么办：',
    canDo: '可以怎么办',
    stillUnsure: '对条件有疑问的，可以到窗口或者打电话询问；窗口不予受理的，会书面说明理由。',
    pdf: '打印清单（PDF）',
    pdfHint: '微信里打不开 PDF 的，请点右上角，选择“在浏览器打开”；也可以直接打印或者截屏本页。',
    full: '查看完整清单（六项告知）',
    made: (day: string) => `清单生成于 ${day}，以办理当天的版本为准。`,
    backToService: '返回事项',
  },
  {
    title: (name) => `My list of papers: ${name}`,
    intro: 'Please answer these questions; only what concerns you is asked. No sign-in, and your answers are not kept.',
    next: 'Continue',
    more: (n) => `Because of your answers there ${n === 1 ? 'is one more question' : `are ${n} more questions`}`,
    unanswered: 'Please choose one',
    bring: (n) =>
      n === 0
        ? 'You need not bring any paper'
        : n === 1
          ? 'Please bring this one paper'
          : `Please bring these ${n} papers`,
    bringBody:
      'With these you have everything. If the counter asks for more than this list, say so there or call a supervision number.',
    toBring: 'To bring',
    notToBring: 'Not to bring',
    whyShared: 'The counter checks it through shared data.',
    otherCases: 'Papers for other cases, which you need not prepare',
    onlyIf: (circumstances) => `Only when: ${circumstances}`,
    yourCase: 'Your case',
    yourAnswer: 'Your answer',
    change: 'Change my answers',
    assumed:
      'The counter checks the following. The list assumes this result; if it differs, you are told everything at once on the spot.',
    fee: 'Fee',
    limit: 'Time',
    feeAndLimit: 'Fee and time',
    refusedTitle: 'From your answers the conditions are not met at present',
    refusedIntro: 'The reasons, and what you can do:',
    canDo: 'What you can do',
    stillUnsure:
      'If in doubt, ask at the counter or by telephone. A refusal at the counter is given in writing with its reason.',
    pdf: 'Print this list (PDF, in Chinese)',
    pdfHint:
      'If the PDF does not open in WeChat, choose “open in browser” at the top right; you may also print this page or take a picture of it.',
    full: 'The full list (six notices)',
    made: (day) => `Made on ${day}; the version of the day you come decides.`,
    backToService: 'Back to the service',
  },
)
