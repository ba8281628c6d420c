import { messages } from '#platform/i18n.ts'

export const siteWords = messages(
  {
    skip: '跳到主要内容',
    elderOn: '长辈版',
    elderOff: '标准版',
    otherLanguage: 'English',
    home: '首页',
    help: '办事电话',
    about: '网站信息',
    demo: '演示环境，人员和事项均为虚构，请勿填写真实信息',
    demoNow: (now: string) => `演示时间 ${now}`,
  },
  {
    skip: 'Skip to main content',
    elderOn: 'Large text',
    elderOff: 'Normal text',
    otherLanguage: '中文',
    home: 'Home',
    help: 'Telephone',
    about: 'About this site',
    demo: 'Demonstration: people and matters are invented. Please enter no real data',
    demoNow: (now) => `Demo time ${now}`,
  },
)
