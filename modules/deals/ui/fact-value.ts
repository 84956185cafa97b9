import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { comma, countryName, dayText, moneyText, numberText, percentText } from '../../../web/kit/locale.ts'
import { useProductName } from '../../ecosystems/ui/product-name.ts'
import { choiceKey } from './choice-key.ts'

const isDay = (value: string) => /^\d{4}-\d\d-\d\d/.test(value)

/** A fact's value as a person reads it; amounts that are not at plan rate are in `currency`. */
export function useFactValue(currency?: string): (field: string, value: unknown) => string {
  const { t } = useTranslation(['deals', 'partners'])
  const nameOf = useProductName()
  const reporting = useRead(api.ecosystems.get, {}).data?.reporting_currency
  const textOf = (field: string, text: string) => {
    if (field === 'product' || field === 'products') return nameOf(text)
    if (field === 'country') return countryName(text)
    if (field === 'tracks') return t(`partners:track.${text}`, { defaultValue: text })
    if (isDay(text)) return dayText(text.slice(0, 10))
    return t(choiceKey(field, text), { defaultValue: text })
  }
  const numberOf = (field: string, value: number) => {
    if (field.endsWith('_bps')) return percentText(value)
    if (!field.endsWith('_minor')) return numberText(value)
    // A value at plan rate is told in no other currency than its own, even for the moment until that is known.
    const told = field.includes('plan') ? reporting : (currency ?? reporting)
    return told ? moneyText(value, told) : ''
  }
  return (field, value) => {
    if (value === null || value === undefined || value === '') return t('why.nothing')
    if (typeof value === 'boolean') return t(value ? 'why.yes' : 'why.no')
    if (typeof value === 'number') return numberOf(field, value)
    if (Array.isArray(value)) return value.map((one) => textOf(field, String(one))).join(comma()) || t('why.nothing')
    return textOf(field, String(value))
  }
}
