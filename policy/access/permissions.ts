/**
 * Who may do what, and how far it reaches. One table: the server refuses by it, pages hide buttons by it,
 * the database scopes rows by it (platform.actor_units), tests walk it. Sources: domain.md 6.4 (separation of
 * duties), R49 (second notice: window chief), R53 (supervision desk), R86 (extension: unit head).
 */
export const roles = [
  'window_officer',
  'window_chief',
  'unit_head',
  'supervision_officer',
  'bureau_leader',
  'catalogue_editor',
  'catalogue_publisher',
  'system_admin',
  'security_admin',
  'auditor',
] as const
export type Role = (typeof roles)[number]

/** unit: the unit of the duty and all below it. bureau: everything. */
export type Reach = 'unit' | 'bureau'

export const permissions = [
  'console.enter',
  'directory.read',
  'own.read',
  'matter.read',
  'matter.receive',
  'matter.work',
  'matter.take',
  'matter.decide',
  'matter.reveal',
  'matter.export',
  'figures.read',
  'callback.read',
  'callback.interpret',
  'order.read',
  'order.work',
  'order.assign',
  'order.issue',
  'order.oversee',
  'standing.read',
  'catalogue.read',
  'catalogue.edit',
  'catalogue.publish',
  'messages.read',
  'system.operate',
  'directory.manage',
  'account.manage',
  'audit.read',
] as const
export type Permission = (typeof permissions)[number]

const everyone = {
  'console.enter': 'unit',
  'directory.read': 'bureau',
  'own.read': 'unit',
  'catalogue.read': 'bureau',
} as const

export const grantsOf: Record<Role, Partial<Record<Permission, Reach>>> = {
  window_officer: {
    ...everyone,
    'matter.read': 'unit',
    'matter.receive': 'unit',
    'matter.work': 'unit',
    'matter.take': 'unit',
    'matter.reveal': 'unit',
  },
  window_chief: {
    ...everyone,
    'matter.read': 'unit',
    'matter.receive': 'unit',
    'matter.work': 'unit',
    'matter.take': 'unit',
    'matter.reveal': 'unit',
    'matter.decide': 'unit',
    'matter.export': 'unit',
    'figures.read': 'unit',
    'standing.read': 'unit',
  },
  unit_head: {
    ...everyone,
    'matter.read': 'unit',
    'matter.decide': 'unit',
    'matter.export': 'unit',
    'figures.read': 'unit',
    'standing.read': 'unit',
  },
  supervision_officer: {
    ...everyone,
    'callback.read': 'bureau',
    'callback.interpret': 'bureau',
    'order.read': 'bureau',
    'order.work': 'bureau',
    'order.assign': 'bureau',
    'order.issue': 'bureau',
    'messages.read': 'bureau',
    'figures.read': 'bureau',
  },
  bureau_leader: {
    ...everyone,
    'figures.read': 'bureau',
    'order.oversee': 'bureau',
    'order.issue': 'bureau',
    'standing.read': 'bureau',
  },
  catalogue_editor: { ...everyone, 'catalogue.edit': 'bureau' },
  catalogue_publisher: { ...everyone, 'catalogue.publish': 'bureau' },
  system_admin: { ...everyone, 'system.operate': 'bureau', 'messages.read': 'bureau', 'directory.manage': 'bureau' },
  security_admin: { ...everyone, 'account.manage': 'bureau' },
  auditor: { ...everyone, 'audit.read': 'bureau' },
}

/** Roles that one person may not hold together: system, security and audit are three people (GB/T 22239 level 3). */
export const incompatible: readonly (readonly [Role, Role])[] = [
  ['system_admin', 'security_admin'],
  ['system_admin', 'auditor'],
  ['security_admin', 'auditor'],
  ['window_officer', 'supervision_officer'],
  ['window_chief', 'supervision_officer'],
  ['unit_head', 'supervision_officer'],
]

/** Roles whose sign-in needs a second factor (domain.md 3.8: two factors, one of them cryptographic). */
export const needsSecondFactor: readonly Role[] = [
  'system_admin',
  'security_admin',
  'auditor',
  'bureau_leader',
  'supervision_officer',
]
