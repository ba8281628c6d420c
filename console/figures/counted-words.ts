import { messages } from '#platform/i18n.ts'

type Said = { title: string; what: string }

/** What each figure counts, in plain words. */
export const countedWords = messages(
  {
    columns: {
      no: '办件编号',
      item: '事项',
      unit: '首接单位',
      officer: '首接民警',
      at: '计入时间',
      due: '到期日',
      visits: '到场次数',
      cause: '再次到场原因',
      state: '状态',
    },
    noItem: '尚未选定事项',
    how: '这个数字是怎样数出来的',
    count: '本期合计',
    countNow: '现在合计',
    byItem: '按事项分',
    list: '所计的办件',
    noList: '您的岗位可以看数字，看不到办件清单。清单由所在单位的窗口负责人和单位负责人查看。',
    empty: '这个数字下面没有办件',
    back: '返回统计',
    worklist: '在办件清单中打开',
    chosenThen: '按事项的数字以当时选定的事项计入；接待时未选事项的计入“尚未选定事项”。',
    causes: {
      notice: '补交告知的材料',
      new_fact: '出现新情况',
      changed_policy: '政策变化',
      officer_omission: '承办人漏告知',
      applicant_choice: '申请人自己的安排',
      other: '其他',
    },
    of: {
      received: { title: '接待', what: '统计期内首次接待的办件，每个办件只计一次，计入首次接待的单位（R84）。' },
      accepted: { title: '受理', what: '统计期内材料齐全、予以受理的办件。' },
      completed: { title: '办结', what: '统计期内办结的办件，即按时办结率的 n。' },
      completed_on_time: { title: '按时办结', what: '统计期内办结、且办结当天不晚于承诺到期日的办件（R86）。' },
      completed_late: { title: '超期办结', what: '统计期内办结、但办结当天已过承诺到期日的办件（R86）。' },
      refused: { title: '不予办理', what: '统计期内因不符合政策而不予办理的办件；每件都写明理由和可以怎么办（R47）。' },
      transferred: { title: '移送', what: '统计期内移送有权机关的办件；须有具名接收人和收件凭据（R84）。' },
      withdrawn: { title: '撤回', what: '统计期内申请人撤回的办件。' },
      lapsed: { title: '逾期未补', what: '一次性告知后，申请人在保留期内没有再来的办件（R59）。' },
      notice_first: { title: '首次告知', what: '统计期内开出的一次性告知单（R48）。' },
      notice_later: {
        title: '再次告知',
        what: '统计期内经窗口负责人批准开出的第二张及以后的告知单（R49）；每张都有原因。',
      },
      second_visit: {
        title: '告知后再来并受理',
        what: '收到告知单、再次到场并在统计期内受理的办件，即二次办结率的 n（R50）。尚未再来和没有再来的不在其内。',
      },
      done_by_visit_2: { title: '第二次到场即受理', what: '收到告知单、第二次到场时材料齐全并受理的办件（R50）。' },
      done_later: { title: '第三次及以后才受理', what: '收到告知单、到第三次或以后才材料齐全并受理的办件（R50）。' },
      third_visits: { title: '三次及以上到场', what: '统计期内群众第三次及以后到场的次数，每次都登记原因（R50）。' },
      overdue_now: {
        title: '现有逾期',
        what: '现在已受理、已过承诺到期日而没有办结的办件，按目前在办单位计，与统计期无关（R86）。',
      },
    } as Record<string, Said>,
    callbacks: {
      title: '满意度回访的数字',
      what: [
        '每个办结、不予办理或移送的办件，回访一次：办结后一个工作日内、9 时至 20 时发一条短信，最多提醒一次，7 天内可以答复（R52）。',
        '“已发出”是短信网关已经接收；“已送达”是网关回执确认；“询问人数”是短信已发出或用链接作过答复的人数，是答复率的 n。',
        '满意率是答复者中选“非常满意、满意、基本满意”的比例。没有答复的人不计作满意，也不计作不满意；上下限说明他们的沉默留下多大的不确定。',
        '评价没有清单可打开：谁作出评价，只有独立的督办台在群众同意后才能联系；被评价的单位和民警看不到任何一份评价（回访保密）。',
        '对单位只显示整月、已全部截止、且每个月答复不少于 5 份的评价分布；某个单位不显示时，含有它的合计也不显示，因此不能用相减推出。',
      ],
    },
    orders: {
      title: '督办的数字',
      what: [
        '统计期内立案的督办单，到现在为止的情况。群众对办理结果回复“不满意”或“非常不满意”的，自动立案，3 个工作日内督办解决（R53）。',
        '“始终按时”是已办结、且每一轮都没有超过期限；“曾经超期”是任何一轮过了期限还没有答复。',
        '督办单清单由督办台查看；报送领导的督办单由分管领导查看。被评价的单位看不到督办单。',
      ],
      open: '打开督办单清单',
      escalations: '打开报送领导的督办单',
    },
  },
  {
    columns: {
      no: 'Matter',
      item: 'Item',
      unit: 'First unit',
      officer: 'First officer',
      at: 'Counted at',
      due: 'Due',
      visits: 'Visits',
      cause: 'Why again',
      state: 'State',
    },
    noItem: 'no item chosen yet',
    how: 'How this figure is counted',
    count: 'In this period',
    countNow: 'At this moment',
    byItem: 'By item',
    list: 'The matters counted',
    noList:
      'Your duty shows figures, not lists of matters. The list is for the chief of the window and the head of the unit.',
    empty: 'No matter stands behind this figure',
    back: 'Back to the figures',
    worklist: 'Open in the list of matters',
    chosenThen: 'By item as chosen when it was counted; receptions without an item count as “no item chosen yet”.',
    causes: {
      notice: 'papers of the notice',
      new_fact: 'new fact',
      changed_policy: 'changed policy',
      officer_omission: 'left out by the officer',
      applicant_choice: 'the applicant’s choice',
      other: 'other',
    },
    of: {
      received: {
        title: 'Received',
        what: 'Matters received for the first time in the period, each once, for the unit of first contact (R84).',
      },
      accepted: { title: 'Accepted', what: 'Matters accepted in the period with complete papers.' },
      completed: { title: 'Completed', what: 'Matters completed in the period: the n of the on-time rate.' },
      completed_on_time: {
        title: 'Completed on time',
        what: 'Completed in the period, not later than the promised day (R86).',
      },
      completed_late: { title: 'Completed late', what: 'Completed in the period, after the promised day (R86).' },
      refused: {
        title: 'Refused',
        what: 'Refused in the period because the policy is not met; each with the reason and what can be done (R47).',
      },
      transferred: {
        title: 'Transferred',
        what: 'Sent in the period to the authority in charge, with a named receiver and a receipt (R84).',
      },
      withdrawn: { title: 'Withdrawn', what: 'Withdrawn by the applicant in the period.' },
      lapsed: {
        title: 'Lapsed',
        what: 'The applicant did not come back in the time for which the matter was kept open (R59).',
      },
      notice_first: { title: 'First notices', what: 'One-time notices issued in the period (R48).' },
      notice_later: {
        title: 'Later notices',
        what: 'Second and later notices issued in the period, approved by the window chief, each with its cause (R49).',
      },
      second_visit: {
        title: 'Accepted after a return',
        what: 'Accepted in the period after a notice and a return: the n of the second-visit rate (R50). Whoever has not come back is not among them.',
      },
      done_by_visit_2: {
        title: 'Accepted at visit two',
        what: 'After a notice, papers complete at the second visit (R50).',
      },
      done_later: {
        title: 'Accepted at visit three or later',
        what: 'After a notice, papers complete only at the third visit or later (R50).',
      },
      third_visits: {
        title: 'Third visits and more',
        what: 'Third and later visits in the period, each with its cause (R50).',
      },
      overdue_now: {
        title: 'Overdue now',
        what: 'Accepted, past the promised day and not finished at this moment, whatever the period, for the unit at work on it (R86).',
      },
    } as Record<string, Said>,
    callbacks: {
      title: 'The figures of the call-back',
      what: [
        'Each matter that was completed, refused or transferred is asked about once: one text message within one working day between 9:00 and 20:00, one reminder at most, seven days to answer (R52).',
        '“Sent” means the gateway took it, “delivered” that its receipt says so. Asked are those to whom a message left or who answered by the link: the n of the response rate.',
        'Satisfied is the share of those who answered with one of the three good levels. Silence is neither satisfied nor dissatisfied; the bounds say what it leaves open.',
        'No list opens behind a rating: who gave it is known to the independent desk alone, which calls only with the citizen’s consent. The rated unit and officer see no single rating.',
        'A unit sees ratings of whole months that are over, with every question closed and at least five answers in each month. Where one unit is withheld, so is every sum with it: nothing can be subtracted.',
      ],
    },
    orders: {
      title: 'The figures of supervision',
      what: [
        'Orders opened in the period and how they stand now. A dissatisfied reply opens one by itself, to be solved within three working days (R53).',
        'Closed on time means that no round of it was late; ever overdue that some round passed its day without an answer.',
        'The list of orders is for the supervision desk; those put before a leader are for the leader. The rated unit sees none.',
      ],
      open: 'Open the list of orders',
      escalations: 'Open the orders put before the leader',
    },
  },
)
