import { useTranslation } from 'react-i18next'
import type { Deal } from '../shapes.ts'
import { useFactValue } from './fact-value.ts'

type Comparison = NonNullable<Deal['decision']>['reasons'][number]['comparisons'][number]

// Of an amount, a number or a day the limit is told: what held as it is written, what did not as its opposite.
const SIGNS: Record<string, readonly [held: string, not: string]> = {
  '<': ['<', '≥'],
  '<=': ['≤', '>'],
  '>': ['>', '≤'],
  '>=': ['≥', '<'],
}

/** What a comparison saw, and what it wanted where that is not the same. */
export function useComparisonWords(currency: string): (one: Comparison) => string {
  const { t } = useTranslation(['deals', 'decisions'])
  const valueOf = useFactValue(currency)
  const told = ({ field, operator, value, seen, hit }: Comparison) => {
    const saw = valueOf(field, seen)
    if (seen === null || value === null || value === undefined || typeof value === 'boolean') return saw
    const sign = SIGNS[operator]
    if (sign) return `${saw} ${sign[hit ? 0 : 1]} ${valueOf(field, value)}`
    const wanted = Array.isArray(value) ? value.map((one) => valueOf(field, one)) : [valueOf(field, value)]
    if (operator === 'between' || operator === 'notBetween') return `${saw} (${wanted.join(' – ')})`
    const isOther = !hit && (operator === '=' || operator === 'in')
    return isOther ? t('why.holds_for', { seen: saw, wanted: wanted.join(t('why.or')) }) : saw
  }
  return (one) => `${t(`fact.${one.field}`, { defaultValue: one.field })}: ${told(one)}`
}
