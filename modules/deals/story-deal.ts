import type { RawInput } from '../../kernel/contract.ts'
import { daysLater } from '../story.ts'
import type { register } from './contract.ts'

type Registration = RawInput<typeof register>

export const met = (at: string, note: string) => ({
  evidence_on: daysLater(at, -4).slice(0, 10),
  evidence_kind: 'meeting' as const,
  evidence_note: note,
})

/** A registration with a contact four days earlier, closing so many days on. */
export const dealOf = (at: string, days: number, note: string, fields: Omit<Registration, 'closes_on'>): Registration => ({
  closes_on: daysLater(at, days).slice(0, 7),
  ...met(at, note),
  ...fields,
})
