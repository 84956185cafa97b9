import { useTranslation } from 'react-i18next'
import type { RuleTable as Table } from '../../../kernel/tables.ts'
import { useRowLabel } from '../../deals/ui/usual-words.ts'
import { RuleOutcome } from './rule-outcome.tsx'
import { type Row, useRuleWords } from './rule-words.ts'
import './rules.css'

/** A row as a sentence: its name, then when it holds. */
export function RowWords({ row }: { row: Row }) {
  const { t } = useTranslation('decisions')
  const { sentence } = useRuleWords()
  const labelOf = useRowLabel()
  return (
    <span className="rule-words">
      <span className="strong">{labelOf(row.id, row.label) || t('row.unnamed')}</span>
      <span className="soft">{t('row.if', { when: sentence(row.when) })}</span>
      {(row.audience === 'inner' || row.is_off) && (
        <span className="soft small">
          {[row.is_off && t('row.is_off'), row.audience === 'inner' && t('row.inner')].filter(Boolean).join(' · ')}
        </span>
      )}
    </span>
  )
}

/** How many recorded cases each row decides, and decided when they were judged. */
export type Hits = ReadonlyMap<string, { hits: number; before: number }>

function HitWords({ of }: { of: { hits: number; before: number } | undefined }) {
  const { t } = useTranslation('decisions')
  const { hits = 0, before = 0 } = of ?? {}
  return (
    <span className="rule-hits small">
      {hits + before > 0 && t('row.hits', { count: hits })}
      {hits !== before && <b>{t('row.was', { count: before })}</b>}
    </span>
  )
}

/** A decision table as one reads it: from the top, the first row that holds decides. */
export function RuleTable({ table, hits }: { table: Table; hits: Hits | null }) {
  const { t } = useTranslation('decisions')
  return (
    <ol className="rule-rows" aria-label={t('table.title')}>
      {table.rows.map((row, index) => (
        <li key={row.id} data-off={row.is_off || undefined}>
          <span className="rule-number figure">{index + 1}</span>
          <RowWords row={row} />
          <RuleOutcome outcome={row.outcome} />
          {hits && <HitWords of={hits.get(row.id)} />}
        </li>
      ))}
      <li>
        <span className="rule-number">–</span>
        <span className="rule-words">
          <span className="strong">{t('table.otherwise')}</span>
        </span>
        <RuleOutcome outcome={table.otherwise} />
        {hits && <HitWords of={hits.get('')} />}
      </li>
    </ol>
  )
}
