import type { RuleTable } from '../../kernel/tables.ts'
import { FACTS } from './facts.ts'

type Rows = RuleTable['rows']
type Rule = { field: string; operator: string; value?: unknown }

/** A row that the party reads when it holds. */
const row = (id: string, label: string, outcome: Rows[number]['outcome'], rules: Rule[]): Rows[number] =>
  ({ id, label, outcome, audience: 'outer', when: { combinator: 'and', rules } }) as Rows[number]
/** A row that only the host reads. */
const own = (...parts: Parameters<typeof row>): Rows[number] => ({ ...row(...parts), audience: 'inner' })

/** A table of registrations to begin with: the first row that holds decides; without one the scope is protected. */
export const USUAL_TABLE = {
  title: 'Decision on registrations',
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
    own('moved', 'Whoever registered knew the account at another firm', { decision: 'review' }, [
      { field: 'known_from_former_firm', operator: '=', value: true },
    ]),
    own('probing', 'Many refusals of late', { decision: 'review' }, [{ field: 'refused_30_days', operator: '>=', value: 10 }]),
    row('value', 'The value is above 250,000 at plan rate', { decision: 'review' }, [
      { field: 'value_plan_minor', operator: '>', value: 25_000_000 },
    ]),
    row('no-rate', 'The currency has no plan rate, so the value cannot be compared', { decision: 'review' }, [
      { field: 'value_plan_minor', operator: 'null' },
    ]),
    row('evidence', 'A dated two-way contact with the customer is still missing', { decision: 'hold', clause: 2 }, [
      { field: 'evidence', operator: '=', value: false },
    ]),
  ],
} satisfies RuleTable & { title: string }
