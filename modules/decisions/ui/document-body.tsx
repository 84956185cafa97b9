import { useTranslation } from 'react-i18next'
import type { RuleTable as Table } from '../../../kernel/tables.ts'
import { numberText } from '../../../web/kit/locale.ts'
import { Facts } from '../../../web/kit/record-page.tsx'
import { useRoleWords } from '../../access/ui/role-words.ts'
import { PRICE_LIMITS, TERMS } from '../../deals/rules.ts'
import type { EngagementRules, RuleDocument } from '../contract.ts'
import { type Hits, RuleTable } from './rule-table.tsx'
import { useClauseWords } from './usual-words.ts'

type Clauses = ReturnType<(typeof EngagementRules)['parse']>['clauses']
// What a published body holds was checked against its kind when it was drafted.
const bodyOf = <T,>(document: RuleDocument) => document.body as T

/** Up to which discount each role grants a special price, as one line of the terms. */
function usePriceLimits(document: RuleDocument) {
  const { t } = useTranslation('decisions')
  const roleWords = useRoleWords()
  const said = bodyOf<{ price_limits?: typeof PRICE_LIMITS }>(document).price_limits
  const percent = (bps: number) => t('terms_unit.amend_review_percent', { value: numberText(bps / 100) })
  const text = (said ?? PRICE_LIMITS).map(({ role, max_bps }) => `${roleWords(role)} ${percent(max_bps)}`).join(' · ')
  return {
    label: t('terms.price_limits'),
    value: (
      <>
        {text || t('limit.none')}
        {!said && <span className="soft small"> {t('terms_usual')}</span>}
      </>
    ),
    isHonour: said !== undefined,
  }
}

function Terms({ document }: { document: RuleDocument }) {
  const { t } = useTranslation('decisions')
  const limits = usePriceLimits(document)
  const said = bodyOf<Record<string, number | number[]>>(document)
  const text = (value: number | number[]) =>
    Array.isArray(value) ? value.map((one) => numberText(one)).join(', ') : numberText(value)
  return (
    <Facts
      facts={[
        ...Object.entries(TERMS).map(([key, usual]) => ({
          label: t(`terms.${key}`),
          value: (
            <>
              {t(`terms_unit.${key}`, { value: text(said[key] ?? usual), defaultValue: text(said[key] ?? usual) })}
              {said[key] === undefined && <span className="soft small"> {t('terms_usual')}</span>}
            </>
          ),
          isHonour: said[key] !== undefined,
        })),
        limits,
      ]}
    />
  )
}

function ClauseList({ clauses }: { clauses: Clauses }) {
  const wordsOf = useClauseWords()
  return (
    <ol className="clauses">
      {clauses.map(wordsOf).map((clause) => (
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

/** What a document says, in the form of its kind. */
export function DocumentBody({ document, hits }: { document: RuleDocument; hits: Hits | null }) {
  if (document.kind === 'deals.review') return <RuleTable table={bodyOf<Table>(document)} hits={hits} />
  if (document.kind === 'deals.terms') return <Terms document={document} />
  return <ClauseList clauses={bodyOf<{ clauses: Clauses }>(document).clauses} />
}
