import type { RawInput } from '../../kernel/contract.ts'
import type { Api, CastTools } from '../cast.ts'
import { publishNow } from '../decisions/demo.ts'
import type { register } from './contract.ts'
import type { Deal } from './shapes.ts'
import { USUAL_TABLE } from './usual-table.ts'

/** Meridian judges by the usual table. */
export const REVIEW_TABLE = USUAL_TABLE

type Body = Parameters<Api['decisions']['draft']>[0]['body']

/** The rules by which both hosts judge registrations. */
export async function cast(tools: CastTools): Promise<void> {
  await publishNow(tools.as('vera'), { kind: 'deals.review', title: 'Decision on registrations', body: REVIEW_TABLE as Body })
  await publishNow(tools.as('vera'), { kind: 'deals.terms', title: 'Terms of registrations', body: {} })
  await publishNow(tools.as('otto', 'kestrel'), {
    kind: 'deals.review',
    title: 'Decision on registrations',
    body: { ...REVIEW_TABLE, rows: REVIEW_TABLE.rows.slice(0, 4) } as Body,
  })
  await publishNow(tools.as('otto', 'kestrel'), {
    kind: 'deals.terms',
    title: 'Terms of registrations',
    body: { protection_days: 60 },
  })
}

type Registration = RawInput<typeof register>

const year = new Date().getUTCFullYear()
/** A month that lies ahead however far a test lets time pass. */
export const FAR = `${year + 2}-06`

/** Nordwind, as Pat registers it. */
export const NORDWIND: Registration = {
  customer: 'Nordwind Logistik GmbH',
  account_domain: 'nordwind.example',
  country: 'DE',
  product: 'flow',
  amount_minor: 18_400_000,
  currency: 'EUR',
  closes_on: `${year + 1}-03`,
  evidence_on: '2026-11-16',
  evidence_kind: 'meeting',
  evidence_note: 'Workshop with their operations lead',
}

/** A registration by somebody of the cast, Nordwind unless said otherwise; for tests. */
export const aDeal = (api: Api, changes: Partial<Registration> = {}): Promise<Deal> =>
  api.deals.register({ ...NORDWIND, ...changes })
