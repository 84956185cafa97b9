import { useTranslation } from 'react-i18next'
import type { RuleTable as Table } from '../../../kernel/tables.ts'
import { numberText } from '../../../web/kit/locale.ts'
import { Facts } from '../../../web/kit/record-page.tsx'
import type { EngagementRules, RuleDocument } from '../contract.ts'
import { RuleTable } from './rule-table.tsx'

type Clauses = ReturnType<(typeof EngagementRules)['parse']>['clauses']
// What a published body holds was checked against its kind when it was drafted.
const bodyOf = <T,>(document: RuleDocument) => document.body as T

const TERMS: Record<string, number | number[]> = {
  protection_days: 90,
  hold_working_days: 5,
  review_working_hours: 16,
  warn_days: [30, 14, 3],
  extension_days: 30,
  max_extensions: 2,
  amend_review_percent: 20,
  host_opportunity_days: 60,
}

function Terms({ document }: { document: RuleDocument }) {
  const { t } = useTranslation('decisions')
  const said = bodyOf<Record<string, number | number[]>>(document)
  const text = (value: number | number[]) =>
    Array.isArray(value) ? value.map((one) => numberText(one)).join(', ') : numberText(value)
  return (
    <Facts
      facts={Object.entries(TERMS).map(([key, usual]) => ({
        label: t(`terms.${key}`),
        value: (
          <>
            {t(`terms_unit.${key}`, { value: text(said[key] ?? usual), defaultValue: text(said[key] ?? usual) })}
            {said[key] === undefined && <span className="soft small"> {t('terms_usual')}</span>}
          </>
        ),
        isHonour: said[key] !== undefined,
      }))}
    />
  )
}

/** What a document says, in the form of its kind. */
export function DocumentBody({ document }: { document: RuleDocument }) {
  if (document.kind === 'deals.review') return <RuleTable table={bodyOf<Table>(document)} />
  if (document.kind === 'deals.terms') return <Terms document={document} />
  return (
    <ol className="clauses">
      {bodyOf<{ clauses: Clauses }>(document).clauses.map((clause) => (
        <li key={clause.number} value={clause.number}>
          <span className="honour" aria-hidden="true">
            {clause.number}
          </span>
          <div>
            <h3>{clause.title}</h3>
            <p>{clause.text}</p>
          </div>
        </li>
      ))}
    </ol>
  )
}
