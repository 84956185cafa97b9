import { useTranslation } from 'react-i18next'
import { isGroup, type Rule, type RuleGroup } from '../../../kernel/conditions.ts'
import type { RuleTable as Table } from '../../../kernel/tables.ts'
import { Chip } from '../../../web/kit/figures.tsx'
import { countryName, moneyText, numberText } from '../../../web/kit/locale.ts'

type Row = Table['rows'][number]

/** A comparison in words, as `Value at plan rate is more than €250,000`. */
function useWords(): (rule: Rule | RuleGroup) => string {
  const { t } = useTranslation(['decisions', 'deals'])
  const fact = (field: string) => t(`deals:fact.${field}`, { defaultValue: field.replaceAll('_', ' ') })
  const one = (field: string, value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'deals:why.yes' : 'deals:why.no')
    if (typeof value === 'number' && field.endsWith('_minor')) return moneyText(value, 'EUR')
    if (typeof value === 'number' && field.endsWith('_bps')) return `${numberText(value / 100)} %`
    if (typeof value === 'number') return numberText(value)
    if (field === 'country') return countryName(String(value))
    return t(`deals:value.${field}.${String(value)}`, { defaultValue: String(value) })
  }
  const words = (rule: Rule | RuleGroup): string => {
    if (isGroup(rule)) {
      const parts = rule.rules.map((inner) => (isGroup(inner) ? `(${words(inner)})` : words(inner)))
      const text = parts.join(t(rule.combinator === 'and' ? 'when.and' : 'when.or'))
      return rule.not ? t('when.not', { what: text }) : text
    }
    const { field, operator, value } = rule
    if (typeof value === 'boolean') return t('when.flag', { fact: fact(field), value: one(field, value) })
    const said = Array.isArray(value)
      ? value.map((each) => one(field, each)).join(operator.toLowerCase().includes('between') ? t('when.to') : t('when.or'))
      : rule.valueSource === 'field'
        ? fact(String(value))
        : one(field, value)
    return t(`operator.${OPERATOR_KEYS[operator] ?? operator}`, {
      fact: fact(field),
      value: said,
      defaultValue: `${fact(field)} ${operator} ${said}`,
    })
  }
  return words
}

const OPERATOR_KEYS: Record<string, string> = {
  '=': 'is',
  '!=': 'is_not',
  '<': 'less',
  '<=': 'at_most',
  '>': 'more',
  '>=': 'at_least',
}

function Outcome({ outcome }: { outcome: Table['otherwise'] }) {
  const { t } = useTranslation(['decisions', 'deals'])
  const parts = typeof outcome === 'object' && outcome !== null && !Array.isArray(outcome) ? outcome : { decision: outcome }
  const { decision, clause, reason_code } = parts as Record<string, unknown>
  const tone = { approve: 'good', reject: 'urgent', review: 'waiting', hold: 'waiting' }[String(decision)] ?? 'plain'
  return (
    <span>
      <Chip tone={tone as 'good'}>
        <b>{t(`outcome.${String(decision)}`, { defaultValue: String(decision) })}</b>
      </Chip>
      <span className="soft small" style={{ display: 'block' }}>
        {[
          typeof clause === 'number' && t('deals:why.clause', { number: clause }),
          typeof reason_code === 'string' && t(`deals:reason.${reason_code}`, { defaultValue: reason_code }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  )
}

function Line({ row, index, words }: { row: Row; index: number; words: (rule: RuleGroup) => string }) {
  const { t } = useTranslation('decisions')
  return (
    <tr style={{ cursor: 'default' }}>
      <td className="soft figure">{index + 1}</td>
      <td style={{ maxInlineSize: 'none' }}>
        <span className="strong">{row.label}</span>
        <span className="soft small" style={{ display: 'block' }}>
          {row.when.rules.length === 0 ? t('when.always') : words(row.when)}
        </span>
      </td>
      <td>
        <Outcome outcome={row.outcome} />
      </td>
      <td className="soft small">{row.audience === 'inner' ? t('table.inner') : t('table.outer')}</td>
    </tr>
  )
}

/** A decision table as one reads it: from the top, the first row that holds decides. */
export function RuleTable({ table }: { table: Table }) {
  const { t } = useTranslation('decisions')
  const words = useWords()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways
    <div className="ledger-scroll" role="region" aria-label={t('table.title')} tabIndex={0}>
      <table className="ledger">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('table.row')}</span>
            </th>
            <th scope="col">{t('table.when')}</th>
            <th scope="col">{t('table.then')}</th>
            <th scope="col">{t('table.who')}</th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <Line key={row.id} row={row} index={index} words={words} />
          ))}
          <tr style={{ cursor: 'default' }}>
            <td className="soft">–</td>
            <td className="soft">{t('table.otherwise')}</td>
            <td>
              <Outcome outcome={table.otherwise} />
            </td>
            <td className="soft">–</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}
