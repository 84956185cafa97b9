import type { RawInput } from '../../kernel/contract.ts'
import type { RuleTable } from '../../kernel/tables.ts'
import type { Api, CastTools } from '../cast.ts'
import { publishNow } from '../decisions/demo.ts'
import type { register } from './contract.ts'
import { FACTS } from './facts.ts'
import type { Deal } from './shapes.ts'

type Rows = RuleTable['rows']
type Rule = { field: string; operator: string; value?: unknown }

/** A row that the party reads when it holds. */
const row = (id: string, label: string, outcome: Rows[number]['outcome'], rules: Rule[]): Rows[number] =>
  ({ id, label, outcome, audience: 'outer', when: { combinator: 'and', rules } }) as Rows[number]
/** A row that only the host reads. */
const own = (...parts: Parameters<typeof row>): Rows[number] => ({ ...row(...parts), audience: 'inner' })

/** Meridian's table of registrations: the first row that holds decides; without one the scope is protected. */
export const REVIEW_TABLE = {
  title: 'Registrations',
  fields: [...FACTS],
  hit: 'first',
  otherwise: { decision: 'approve', clause: 2 },
  rows: [
    row('inactive', 'The partner is not active', { decision: 'reject', reason_code: 'out_of_programme' }, [
      { field: 'partner_active', operator: '=', value: false },
    ]),
    row('duplicate', 'You registered this scope already', { decision: 'reject', clause: 5, reason_code: 'already_protected' }, [
      { field: 'own_duplicate', operator: '=', value: true },
    ]),
    row(
      'protected',
      'Another registration for this scope was complete first',
      { decision: 'reject', clause: 1, reason_code: 'already_protected' },
      [{ field: 'conflict', operator: '=', value: 'protected' }],
    ),
    row('queue', 'Another registration for this scope stands before this one', { decision: 'review', clause: 1 }, [
      { field: 'conflict', operator: 'in', value: ['held', 'queued'] },
    ]),
    row('tender', 'Tenders are decided by a person, on equal terms', { decision: 'review', clause: 8 }, [
      { field: 'deal_type', operator: '=', value: 'tender' },
    ]),
    own('named', 'The customer is on the named-account list', { decision: 'review', clause: 3 }, [
      { field: 'named_account', operator: '=', value: true },
    ]),
    own('own-work', 'We saw an own opportunity there before', { decision: 'review', clause: 4 }, [
      { field: 'host_opportunity_days', operator: 'between', value: [0, 60] },
    ]),
    own('similar', 'A registration with a similar customer is there', { decision: 'review' }, [
      { field: 'conflict', operator: '=', value: 'similar' },
    ]),
    own('family', 'Another firm of the group is registered', { decision: 'review' }, [
      { field: 'family', operator: '=', value: true },
    ]),
    own('probing', 'Many refusals of late', { decision: 'review' }, [{ field: 'refused_30_days', operator: '>=', value: 10 }]),
    row('value', 'The value is above 250,000 at plan rate', { decision: 'review' }, [
      { field: 'value_plan_minor', operator: '>', value: 25_000_000 },
    ]),
    row('evidence', 'A dated two-way contact with the customer is still missing', { decision: 'hold', clause: 2 }, [
      { field: 'evidence', operator: '=', value: false },
    ]),
  ],
} satisfies RuleTable & { title: string }

type Body = Parameters<Api['decisions']['draft']>[0]['body']

/** The rules by which both hosts judge registrations. */
export async function cast(tools: CastTools): Promise<void> {
  await publishNow(tools.as('vera'), { kind: 'deals.review', title: 'Registrations', body: REVIEW_TABLE as Body })
  await publishNow(tools.as('vera'), { kind: 'deals.terms', title: 'Terms of registrations', body: {} })
  await publishNow(tools.as('otto', 'kestrel'), {
    kind: 'deals.review',
    title: 'Registrations',
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
