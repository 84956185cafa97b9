import { Button } from '@mantine/core'
import { IconPlus, IconUpload } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList, useRead } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { ListPage, useListInput } from '../../../web/kit/list-page.tsx'
import type { Column, ListShape } from '../../../web/kit/list-shape.ts'
import { decimalText } from '../../../web/kit/locale.ts'
import { useNow } from '../../../web/kit/now.ts'
import { EmptyState } from '../../../web/kit/states.tsx'
import { useCan } from '../../../web/session.ts'
import type { RateRow } from '../contract.ts'
import { EcbSheet } from './ecb-sheet.tsx'
import { PlanGaps } from './plan-gaps.tsx'
import { RateSheet } from './rate-sheet.tsx'

const KEYS = ['kind', 'currency', 'plan_year']
const KINDS = ['plan', 'ecb', 'manual', 'peg'] as const

function useColumns(): Column<RateRow>[] {
  const { t } = useTranslation('ecosystems')
  return [
    { key: 'pair', title: t('rates.pair'), cell: (one) => `1 ${one.base} = ${one.currency}`, sort: 'currency', narrow: 'lead' },
    {
      key: 'rate',
      title: t('rates.rate'),
      cell: (one) => <span className="figure strong">{decimalText(one.rate)}</span>,
      end: true,
    },
    { key: 'kind', title: t('rates.kind'), cell: (one) => t(`rates.kind_${one.kind}`) },
    {
      key: 'on',
      title: t('rates.on'),
      cell: (one) => (one.plan_year ? t('rates.year', { year: one.plan_year }) : <When at={one.on_date} />),
      sort: 'on_date',
    },
  ]
}

function Buttons({ onOpen }: { onOpen: (sheet: 'rate' | 'ecb') => void }) {
  const { t } = useTranslation('ecosystems')
  return (
    <>
      <Button variant="default" leftSection={<IconUpload size={18} stroke={1.6} />} onClick={() => onOpen('ecb')}>
        {t('ecb.do')}
      </Button>
      <Button leftSection={<IconPlus size={18} />} onClick={() => onOpen('rate')}>
        {t('rates.add')}
      </Button>
    </>
  )
}

/** Dated rates: those of the European Central Bank, by hand, pegged, and the plan rate of a year. */
export function RatesPage() {
  const { t } = useTranslation('ecosystems')
  const can = useCan()
  const [sheet, setSheet] = useState<'rate' | 'ecb' | null>(null)
  const input = useListInput(KEYS)
  const listed = useList(api.ecosystems.list_rates, { ...input, limit: 100 } as never)
  const columns = useColumns()
  const year = new Date(useNow()).getUTCFullYear()
  const currencies = useRead(api.ecosystems.get, {}).data?.currencies ?? []
  const csv = useMemo(() => csvAddress(api.ecosystems.list_rates, input), [input])
  const buttons = can('ecosystems.update_rates') && <Buttons onOpen={setSheet} />
  const shape: ListShape<RateRow> = {
    title: t('rates.title'),
    actions: buttons,
    columns,
    csv,
    hasSearch: false,
    filters: [
      {
        key: 'kind',
        title: t('rates.kind'),
        options: KINDS.map((value) => ({ value, label: t(`rates.kind_${value}`) })),
        single: true,
      },
      {
        key: 'currency',
        title: t('rates.currency'),
        options: currencies.map((value) => ({ value, label: value })),
        single: true,
      },
      {
        key: 'plan_year',
        title: t('rates.plan_year'),
        options: [-1, 0, 1].map((step) => String(year + step)).map((value) => ({ value, label: value })),
        single: true,
      },
    ],
    views: KINDS.slice(0, 2).map((value) => ({ label: t(`rates.kind_${value}`), query: { kind: value } })),
    id: (one) => one.id,
    label: (one) => `${one.base} ${one.currency}`,
    empty: (
      <EmptyState title={t('rates.empty')} action={buttons}>
        {t('rates.text')}
      </EmptyState>
    ),
  }
  return (
    <>
      <ListPage shape={shape} listed={listed}>
        <p className="lede">{t('rates.text')}</p>
        <PlanGaps />
      </ListPage>
      {sheet === 'rate' && <RateSheet onClose={() => setSheet(null)} />}
      {sheet === 'ecb' && <EcbSheet onClose={() => setSheet(null)} />}
    </>
  )
}
