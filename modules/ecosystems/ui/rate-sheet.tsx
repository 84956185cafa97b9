import { NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { decimalText } from '../../../web/kit/locale.ts'
import { useNow } from '../../../web/kit/now.ts'
import { MeanwhileNote } from '../../../web/kit/record-sheet.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'

type Kind = 'plan' | 'manual' | 'peg'
interface Typed {
  kind: Kind
  base: string
  currency: string | null
  rate: string
  on_date: string
  plan_year: number
}

/** What stands at the place that is about to be written, as it was first seen, and what stands there now. */
function useStanding({ kind, base, currency, on_date, plan_year }: Typed) {
  const when = kind === 'plan' ? { plan_year } : {}
  const { data, isPlaceholderData } = useRead(
    api.ecosystems.list_rates,
    { kind, ...(currency ? { currency } : {}), ...when, sort: '-on_date', limit: 100 },
    { enabled: Boolean(currency) },
  )
  const place = [kind, base, currency, kind === 'plan' ? plan_year : on_date].join(' ')
  const isKnown = Boolean(currency && data && !isPlaceholderData)
  const now = isKnown
    ? (data?.items.find((one) => one.base === base && (kind === 'plan' || one.on_date === on_date))?.rate ?? null)
    : undefined
  const [seen, setSeen] = useState<{ place: string; rate: string | null }>({ place: '', rate: null })
  // While rendering, as React wants what follows from a changed place.
  if (now !== undefined && seen.place !== place) setSeen({ place, rate: now })
  return { now, isChanged: seen.place === place && now !== undefined && now !== seen.rate }
}

function Pair({ typed, put, issues }: { typed: Typed; put: (change: Partial<Typed>) => void; issues: Record<string, string> }) {
  const { t } = useTranslation('ecosystems')
  const currencies = useRead(api.ecosystems.get, {}).data?.currencies ?? []
  const { base, currency, rate } = typed
  return (
    <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1.2fr', gap: 12, alignItems: 'start' }}>
      <Select
        label={t('rates.base')}
        data={currencies}
        value={base}
        allowDeselect={false}
        onChange={(value) => put({ base: value ?? 'EUR' })}
      />
      <Select
        label={t('rates.currency')}
        data={currencies.filter((one) => one !== base)}
        value={currency}
        onChange={(value) => put({ currency: value })}
        error={issues.currency}
      />
      <TextInput
        label={t('rates.rate')}
        placeholder={decimalText('1.0842')}
        inputMode="decimal"
        value={rate}
        error={issues.rate}
        onChange={(event) => put({ rate: event.currentTarget.value })}
      />
    </div>
  )
}

/** A rate entered by a person: the plan rate of a year, a dated one, or a peg. */
export function RateSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('ecosystems')
  const now = new Date(useNow())
  const act = useAct()
  const write = useWrite(api.ecosystems.save_rate)
  const [typed, setTyped] = useState<Typed>({
    kind: 'plan',
    base: 'EUR',
    currency: null,
    rate: '',
    on_date: now.toISOString().slice(0, 10),
    plan_year: now.getUTCFullYear(),
  })
  const put = (change: Partial<Typed>) => setTyped((was) => ({ ...was, ...change }))
  const { kind, base, currency, on_date, plan_year } = typed
  const standing = useStanding(typed)
  const submit = async () => {
    if (!currency) return act.fail(t('rates.currency_needed'))
    const when = kind === 'plan' ? { plan_year } : { on_date }
    const was = standing.now === undefined ? {} : { was: standing.now }
    const input = { kind, base, currency, rate: typed.rate.trim().replace(',', '.'), ...when, ...was }
    if (await act.run(() => write.mutateAsync(input), t('rates.saved', { base, currency }))) onClose()
  }
  return (
    <AskSheet
      title={t('rates.add')}
      doing={t('save')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.isStale && standing.isChanged ? '' : act.failure}
      onSubmit={() => void submit()}
    >
      <SegmentedControl
        aria-label={t('rates.kind')}
        value={kind}
        data={(['plan', 'manual', 'peg'] as const).map((value) => ({ value, label: t(`rates.kind_${value}`) }))}
        onChange={(value) => put({ kind: value as Kind })}
      />
      <p className="soft small">{t(`rates.text_${kind}`)}</p>
      <Pair typed={typed} put={put} issues={act.issues} />
      {kind === 'plan' ? (
        <NumberInput
          label={t('rates.plan_year')}
          min={2000}
          max={2100}
          value={plan_year}
          onChange={(value) => put({ plan_year: Number(value) })}
        />
      ) : (
        <TextInput
          type="date"
          label={t('rates.from')}
          value={on_date}
          error={act.issues.on_date}
          onChange={(event) => put({ on_date: event.currentTarget.value })}
        />
      )}
      {standing.now && !standing.isChanged && <p className="small">{t('rates.stands', { rate: decimalText(standing.now) })}</p>}
      <MeanwhileNote<{ rate: string }>
        meanwhile={
          standing.isChanged
            ? { taken: [], clashes: [{ field: 'rate', theirs: standing.now ? decimalText(standing.now) : '' }] }
            : null
        }
        take={() => put({ rate: standing.now ?? '' })}
        labelOf={() => t('rates.rate')}
      />
    </AskSheet>
  )
}
