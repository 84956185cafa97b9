import { NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { useNow } from '../../../web/kit/now.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'

type Kind = 'plan' | 'manual' | 'peg'

/** A rate entered by a person: the plan rate of a year, a dated one, or a peg. */
export function RateSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('ecosystems')
  const now = new Date(useNow())
  const act = useAct()
  const write = useWrite(api.ecosystems.save_rate)
  const { data } = useRead(api.ecosystems.get, {})
  const currencies = data?.currencies ?? []
  const [kind, setKind] = useState<Kind>('plan')
  const [base, setBase] = useState('EUR')
  const [currency, setCurrency] = useState<string | null>(null)
  const [rate, setRate] = useState('')
  const [on_date, setDate] = useState(now.toISOString().slice(0, 10))
  const [plan_year, setYear] = useState(now.getUTCFullYear())
  const submit = async () => {
    if (!currency) return act.fail(t('rates.currency_needed'))
    const when = kind === 'plan' ? { plan_year } : { on_date }
    const input = { kind, base, currency, rate: rate.trim().replace(',', '.'), ...when }
    if (await act.run(() => write.mutateAsync(input), t('rates.saved', { base, currency }))) onClose()
  }
  return (
    <AskSheet
      title={t('rates.add')}
      doing={t('save')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <SegmentedControl
        aria-label={t('rates.kind')}
        value={kind}
        data={(['plan', 'manual', 'peg'] as const).map((value) => ({ value, label: t(`rates.kind_${value}`) }))}
        onChange={(value) => setKind(value as Kind)}
      />
      <p className="soft small">{t(`rates.text_${kind}`)}</p>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1.2fr', gap: 12, alignItems: 'start' }}>
        <Select
          label={t('rates.base')}
          data={currencies}
          value={base}
          allowDeselect={false}
          onChange={(value) => setBase(value ?? 'EUR')}
        />
        <Select
          label={t('rates.currency')}
          data={currencies.filter((one) => one !== base)}
          value={currency}
          onChange={setCurrency}
          error={act.issues.currency}
        />
        <TextInput
          label={t('rates.rate')}
          placeholder="1.0842"
          inputMode="decimal"
          value={rate}
          error={act.issues.rate}
          onChange={(event) => setRate(event.currentTarget.value)}
        />
      </div>
      {kind === 'plan' ? (
        <NumberInput
          label={t('rates.plan_year')}
          min={2000}
          max={2100}
          value={plan_year}
          onChange={(value) => setYear(Number(value))}
        />
      ) : (
        <TextInput
          type="date"
          label={t('rates.from')}
          value={on_date}
          error={act.issues.on_date}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
      )}
    </AskSheet>
  )
}
