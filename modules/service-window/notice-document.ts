import type { Signature } from '#platform/documents/data/parts.ts'
import type { OneTimeNotice } from '#platform/documents/data/window.ts'
import type { Gap } from '#policy/registration/material-check.ts'
import type { NoticeContent } from './notice-content.ts'

const causes: Record<string, string> = {
  new_fact: '出现新情况',
  changed_policy: '政策变化',
  officer_omission: '承办人疏漏',
  still_open: '首次已告知，尚未补齐',
}

/** The paper from the frozen content, for the counter and for the citizen's own page alike. Unsigned, it has a line to sign on. */
export function noticeDocument(content: NoticeContent, signature: Signature = { kind: 'paper' }): OneTimeNotice {
  const { second, sixNotices: six } = content
  return {
    issuer: {
      bureau: content.bureau.zh,
      unit: content.unit.zh,
      address: content.unit.address || undefined,
      sealOf: content.unit.sealOf,
    },
    number: content.no,
    query: { link: content.link, code: codeOf(content.link) },
    applicant: { name: content.applicant.name, phoneMasked: content.applicant.phoneMasked ?? undefined },
    visit: content.visit,
    item: {
      name: content.item.name.zh,
      code: content.item.code,
      version: `第${content.item.version}版`,
      versionDate: Temporal.PlainDate.from(content.item.from),
    },
    materials: content.gaps.map(wanted),
    sixNotices: {
      item: six.item.zh,
      materials: six.materials.zh,
      fee: six.fee.zh,
      process: six.process.zh,
      timeLimit: six.timeLimit.zh,
    },
    nextSteps: [
      '按上表备齐材料；标明“可以”当场补正的，现在就可以在窗口补正。',
      '凭此单到任一窗口续办，不需要重新说明情况。',
      '已经核对齐备的材料不再重复核对。',
    ],
    keptUntil: content.keptUntil ? Temporal.PlainDate.from(content.keptUntil) : undefined,
    keptNote: content.keptProvisional ? '（暂定，以公布的放假安排为准）' : undefined,
    second: second ? secondNotice(second) : undefined,
    officer: {
      name: content.officer.name,
      number: content.officer.policeNo,
      phone: content.officer.phone || undefined,
    },
    supervision: { phones: content.supervision.map(({ label, number }) => ({ name: label.zh, number })) },
    basis: content.basis,
    issuedAt: Temporal.Instant.from(content.issuedAt),
    signature,
  }
}

function codeOf(link: string): string {
  return (link.split('/').at(-1) ?? '').replace(/^(.{4})(.{4})$/, '$1-$2')
}

function wanted(gap: Gap): OneTimeNotice['materials'][number] {
  return {
    name: gap.name.zh,
    wrong: gap.problem === 'missing' ? '未提供' : `不符合要求：${gap.defect ?? ''}`,
    original: gap.original,
    copies: gap.copies,
    howToObtain: gap.obtain.zh,
    replaceableBy: gap.replaceableBy?.zh,
    mendableOnSpot: gap.mendableOnSpot,
  }
}

function secondNotice(second: NonNullable<NoticeContent['second']>): NonNullable<OneTimeNotice['second']> {
  return {
    previousNumber: second.previousNo,
    cause: `${causes[second.cause] ?? second.cause}。${second.note}`.replace(/。$/, ''),
    approver: second.approver,
    approvedAt: Temporal.Instant.from(second.approvedAt),
  }
}
