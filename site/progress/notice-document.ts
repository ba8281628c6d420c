import type { NoticeContent } from '#modules/service-window/index.ts'
import type { OneTimeNotice } from '#platform/documents/data.ts'
import { basisWords } from '../basis-words.ts'

const causes: Record<string, string> = {
  new_fact: '出现新的事实',
  changed_policy: '政策规定发生变化',
  officer_omission: '首次告知有遗漏',
}

/** The notice as it was issued, from its frozen content; the citizen's copy has an empty line to sign on. */
export function noticeDocument(content: NoticeContent): OneTimeNotice {
  const { second, sixNotices: six } = content
  return {
    issuer: {
      bureau: content.bureau.zh,
      unit: content.unit.zh,
      ...(content.unit.address && { address: content.unit.address }),
    },
    number: content.no,
    query: { link: content.link, code: content.link.split('/').at(-1) ?? '' },
    applicant: {
      name: content.applicant.name,
      ...(content.applicant.phoneMasked && { phoneMasked: content.applicant.phoneMasked }),
    },
    visit: content.visit,
    item: {
      name: content.item.name.zh,
      code: content.item.code,
      version: `第${content.item.version}版`,
      versionDate: Temporal.PlainDate.from(content.item.from),
    },
    materials: content.gaps.map((gap) => ({
      name: gap.name.zh,
      wrong: gap.problem === 'missing' ? '未提供' : (gap.defect ?? ''),
      original: gap.original,
      copies: gap.copies,
      howToObtain: gap.obtain.zh,
      ...(gap.replaceableBy && { replaceableBy: gap.replaceableBy.zh }),
      mendableOnSpot: gap.mendableOnSpot,
    })),
    sixNotices: {
      item: six.item.zh,
      materials: six.materials.zh,
      fee: six.fee.zh,
      process: six.process.zh,
      timeLimit: six.timeLimit.zh,
    },
    nextSteps: ['按上表备齐材料；标明“可以”的，可以在窗口当场补正。', '凭此单到任一窗口续办，不需要重新说明情况。'],
    ...(content.keptUntil && { keptUntil: Temporal.PlainDate.from(content.keptUntil) }),
    ...(second && {
      second: {
        previousNumber: second.previousNo,
        cause: `${causes[second.cause] ?? second.cause}。${second.note}`,
        approver: second.approver,
        approvedAt: Temporal.Instant.from(second.approvedAt),
      },
    }),
    officer: {
      name: content.officer.name,
      number: content.officer.policeNo,
      ...(content.officer.phone && { phone: content.officer.phone }),
    },
    supervision: { phones: content.supervision.map(({ label, number }) => ({ name: label.zh, number })) },
    basis: basisWords(content.basis, 'zh'),
    issuedAt: Temporal.Instant.from(content.issuedAt),
    signature: { kind: 'paper' },
  }
}
