import { useTranslation } from 'react-i18next'
import { type Field, isGroup, type Rule, type RuleGroup } from '../../../kernel/conditions.ts'
import type { RuleTable } from '../../../kernel/tables.ts'
import { api, useRead } from '../../../web/api.ts'
import { countryOptions } from '../../../web/kit/countries.ts'
import { choiceKey } from '../../deals/ui/choice-key.ts'
import { useFactValue } from '../../deals/ui/fact-value.ts'
import { TRACKS } from '../../partners/rules.ts'

export type Row = RuleTable['rows'][number]
export type Value = Rule['value']
export interface Outcome {
  decision: string
  clause?: number
  reason_code?: string
}

export const OPERATOR_KEYS: Record<string, string> = {
  '=': 'is',
  '!=': 'is_not',
  '<': 'less',
  '<=': 'at_most',
  '>': 'more',
  '>=': 'at_least',
}

/** An outcome as its parts, whichever way the document writes it. */
export const outcomeOf = (outcome: unknown): Outcome =>
  typeof outcome === 'object' && outcome !== null && 'decision' in outcome
    ? (outcome as Outcome) // checked against its kind when it was drafted
    : { decision: String(outcome) }

/** The currency that a rule's amounts are told in. */
export const useRuleCurrency = (): string => useRead(api.ecosystems.get, {}).data?.reporting_currency ?? 'EUR'

/** The values that a fact can have, where they are known. */
export function useChoices(): (field: Field) => { value: string; label: string }[] | null {
  const { t } = useTranslation(['deals', 'partners'])
  const products = useRead(api.ecosystems.list_products, { limit: 100 }).data?.items ?? []
  return ({ name, choices }) => {
    if (choices) return choices.map((value) => ({ value, label: t(`deals:${choiceKey(name, value)}`, { defaultValue: value }) }))
    if (name === 'product' || name === 'products') return products.map((one) => ({ value: one.code, label: one.name }))
    if (name === 'country') return countryOptions()
    if (name === 'tracks') return TRACKS.map((value) => ({ value, label: t(`partners:track.${value}`) }))
    return null
  }
}

/** What a fact is called, alone and within a sentence; a value; and whole conditions as one reads them. */
export function useRuleWords() {
  const { t } = useTranslation(['decisions', 'deals', 'partners'])
  const valueText = useFactValue()
  const factName = (field: string) => t(`deals:fact.${field}`, { defaultValue: field.replaceAll('_', ' ') })
  const phrase = (field: string) => t(`deals:phrase.${field}`, { defaultValue: factName(field) })
  const comparison = ({ field, operator, value, valueSource }: Rule): string => {
    // A flag or a known choice has a sentence of its own.
    const said = (one: unknown) => t(`deals:said.${field}.${String(one)}`, { defaultValue: '' })
    if (operator === '=' && said(value)) return said(value)
    if (operator === 'in' && Array.isArray(value) && value.every(said)) return value.map(said).join(t('when.or'))
    const parts = Array.isArray(value) ? value.map((one) => valueText(field, one)) : []
    const words = Array.isArray(value)
      ? parts.join(operator.toLowerCase().includes('between') ? t('when.to') : t('when.or'))
      : valueSource === 'field'
        ? phrase(String(value))
        : valueText(field, value)
    return t(`operator.${OPERATOR_KEYS[operator] ?? operator}`, {
      fact: phrase(field),
      value: words,
      defaultValue: `${phrase(field)} ${operator} ${words}`,
    })
  }
  const sentence = (rule: Rule | RuleGroup): string => {
    if (!isGroup(rule)) return comparison(rule)
    if (rule.rules.length === 0) return t('when.always')
    const parts = rule.rules.map((inner) => (isGroup(inner) ? `(${sentence(inner)})` : sentence(inner)))
    const text = parts.join(t(rule.combinator === 'and' ? 'when.and' : 'when.or'))
    return rule.not ? t('when.not', { what: text }) : text
  }
  return { factName, sentence }
}
