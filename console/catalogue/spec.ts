import type { Text } from '#policy/registration/item.ts'

/** What one input of the editing form is. `key` '' stands for the entry of a list itself. */
export type Spec = { key: string; label: Text; hint?: Text } & (
  | { kind: 'text'; optional?: boolean; rows?: number }
  | { kind: 'line'; optional?: boolean; code?: boolean }
  | { kind: 'count'; optional?: boolean }
  | { kind: 'yuan' }
  | { kind: 'choice'; options: readonly { value: string; label: Text }[]; optional?: boolean }
  | { kind: 'check'; optional?: boolean }
  | { kind: 'rule' }
  | { kind: 'group'; of: readonly Spec[]; optional?: boolean }
  | { kind: 'list'; of: readonly Spec[]; entry: Text; optional?: boolean }
)

/** A part of a version that has an editing page of its own. */
export type Part = { key: string; label: Text; intro?: Text; specs: readonly Spec[] }
