import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { countryOptions } from '../../../web/kit/countries.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { DAY_ORDERS, DECIMALS } from '../rules.ts'
import { type Import, useKinds } from './import-words.ts'

const CURRENCIES = [
  'EUR',
  'USD',
  'GBP',
  'CHF',
  'JPY',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'CZK',
  'AUD',
  'CAD',
  'INR',
  'SGD',
  'AED',
  'SAR',
  'BRL',
  'ZAR',
]
const DAYS = { ymd: '2026-11-22', dmy: '22.11.2026', mdy: '11/22/2026' }
const AMOUNTS = { '.': '1,234.50', ',': '1.234,50' }

/** How days and amounts of the file are meant; only what its kind has is asked. */
export function FileSettings({ one }: { one: Import }) {
  const { t } = useTranslation('imports')
  const { kindOf } = useKinds()
  const map = useWrite(api.imports.map)
  const own = useRead(api.ecosystems.get, {}).data?.currencies ?? []
  const { settings } = one
  const columns = kindOf(one.kind)?.columns ?? []
  const has = (kind: string) => columns.some((column) => column.kind === kind)
  if (!settings || !['day', 'amount', 'country'].some(has)) return null
  const set = (change: Partial<typeof settings>) => map.mutate({ id: one.id, settings: change })
  return (
    <Section title={t('settings.title')}>
      <div className="bar" style={{ alignItems: 'flex-end', gap: 16 }}>
        {has('day') && (
          <NativeSelect
            label={t('settings.day_order')}
            value={settings.day_order}
            onChange={(event) => set({ day_order: DAY_ORDERS.find((order) => order === event.currentTarget.value) ?? 'ymd' })}
            data={DAY_ORDERS.map((value) => ({ value, label: DAYS[value] }))}
          />
        )}
        {has('amount') && (
          <NativeSelect
            label={t('settings.decimal')}
            value={settings.decimal}
            onChange={(event) => set({ decimal: DECIMALS.find((mark) => mark === event.currentTarget.value) ?? '.' })}
            data={DECIMALS.map((value) => ({ value, label: AMOUNTS[value] }))}
          />
        )}
        {has('amount') && (
          <NativeSelect
            label={t('settings.currency')}
            value={settings.currency ?? ''}
            onChange={(event) => set({ currency: event.currentTarget.value || null })}
            data={[{ value: '', label: t('settings.none') }, ...new Set([...own, ...CURRENCIES])]}
          />
        )}
        {has('country') && (
          <NativeSelect
            label={t('settings.country')}
            value={settings.country ?? ''}
            onChange={(event) => set({ country: event.currentTarget.value || null })}
            data={[{ value: '', label: t('settings.none') }, ...countryOptions()]}
          />
        )}
      </div>
    </Section>
  )
}
