import type { RawInput } from '../../kernel/contract.ts'
import type { Api } from '../cast.ts'
import { daysLater } from '../story.ts'
import type { register } from './contract.ts'
import type { Deal } from './shapes.ts'

type Registration = RawInput<typeof register>

export const met = (at: string, note: string) => ({
  evidence_on: daysLater(at, -4).slice(0, 10),
  evidence_kind: 'meeting' as const,
  evidence_note: note,
})

/** What a story says of a registration: when it shall close, and what was talked about. */
type Told = Omit<Registration, 'closes_on'> & { days: number; note: string }

/** Registers a deal at its moment, with a contact four days earlier, closing so many days on. */
export async function* registered(seller: Api, at: string, { days, note, ...fields }: Told): AsyncGenerator<string, Deal, void> {
  yield at
  return seller.deals.register({ closes_on: daysLater(at, days).slice(0, 7), ...met(at, note), ...fields })
}
