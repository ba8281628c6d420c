import type { Channel, Department } from '#policy/complaints/lists.ts'

/** The desks' short forms, by how a complaint comes. */
export const intakeKinds = ['phone', 'visit', 'letter', 'transfer', 'book'] as const
export type IntakeKind = (typeof intakeKinds)[number]

export const channelsOf: Record<IntakeKind, readonly Channel[]> = {
  phone: ['report_hotline', 'desk_960111', 'police_110', 'hotline_12345', 'hotline_12389'],
  visit: ['visit'],
  letter: ['letter'],
  transfer: ['superior_transfer', 'district_website', 'hotline_12345', 'hotline_12389'],
  book: ['comment_book', 'wechat'],
}

/** What a desk takes down most, shown first. */
export const usualKind: Record<Department, IntakeKind> = {
  command_centre: 'phone',
  discipline_inspection: 'phone',
  supervision_brigade: 'phone',
  petition_section: 'visit',
}

const usualPhone: Record<Department, Channel> = {
  command_centre: 'desk_960111',
  discipline_inspection: 'report_hotline',
  supervision_brigade: 'hotline_12389',
  petition_section: 'report_hotline',
}

export function usualChannel(kind: IntakeKind, department: Department | undefined): Channel {
  if (kind === 'phone' && department) return usualPhone[department]
  return channelsOf[kind][0] as Channel
}

export const spokenKinds: readonly IntakeKind[] = ['phone', 'visit']
