import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList, useRead } from '../../../web/api.ts'
import { ClockRing } from '../../../web/kit/clock-ring.tsx'
import { Money, When } from '../../../web/kit/figures.tsx'
import { useGo } from '../../../web/kit/go.tsx'
import { ImportButton } from '../../../web/kit/import-button.tsx'
import { ListPage, useListInput } from '../../../web/kit/list-page.tsx'
import type { Column, Filter, ListShape, View } from '../../../web/kit/list-shape.ts'
import { monthText } from '../../../web/kit/locale.ts'
import { EmptyState } from '../../../web/kit/states.tsx'
import { useCan, useEcosystem } from '../../../web/session.ts'
import type { DealRow } from '../shapes.ts'
import { useDealBulk } from './deal-bulk.tsx'
import { DealPeek } from './deal-peek.tsx'
import { DealState } from './deal-states.tsx'
import type { Decidable } from './decide.ts'
import { useProductsText } from './products-text.ts'
import { countryOf, useCustomerName, worthOf } from './said.ts'

const KEYS = ['review', 'protection', 'stage', 'product', 'mine', 'out_of_territory']
const REVIEWS = ['submitted', 'under_review', 'info_requested', 'approved', 'rejected', 'draft', 'lapsed', 'withdrawn']
const PROTECTIONS = ['held', 'protected', 'expired', 'released']
const STAGES = ['open', 'qualified', 'proposed', 'committed', 'won', 'lost']

function useColumns(isInner: boolean): Column<DealRow>[] {
  const { t } = useTranslation('deals')
  const productsText = useProductsText()
  const customerName = useCustomerName()
  const under = (first: ReactNode, second: ReactNode) => (
    <span className="two-lines">
      <span className="ellipsis">{first}</span>
      <span className="soft small ellipsis">{second}</span>
    </span>
  )
  const sold = (deal: DealRow) =>
    isInner ? under(deal.partner_name, productsText(deal)) : under(productsText(deal), t(`route.${deal.route}`))
  return [
    {
      key: 'account',
      title: t('field.customer'),
      cell: (deal) => under(customerName(deal), <span className="wide-only">{countryOf(deal)}</span>),
      sort: 'account_name',
      narrow: 'lead',
    },
    { key: 'partner', title: t(isInner ? 'field.partner' : 'field.product'), cell: sold },
    { key: 'state', title: t('field.state'), cell: (deal) => <DealState deal={deal} /> },
    { key: 'stage', title: t('field.stage'), cell: (deal) => t(`stage.${deal.stage}`), narrow: 'hide' },
    {
      key: 'clock',
      title: t('field.clock'),
      cell: (deal) =>
        deal.clock ? (
          <ClockRing clock={deal.clock} holder={deal.clock.holder} size={22} />
        ) : (
          deal.protection === 'expired' && deal.protected_until && <When at={deal.protected_until} />
        ),
    },
    {
      key: 'closes',
      title: t('field.closes'),
      cell: (deal) => deal.closes_on && monthText(deal.closes_on, 'short'),
      sort: 'closes_on',
      narrow: 'hide',
    },
    {
      key: 'amount',
      title: t('field.amount'),
      cell: (deal) => worthOf(deal) && <Money minor={worthOf(deal)} currency={deal.currency} />,
      sort: 'amount',
      end: true,
    },
  ]
}

function useFilters(isInner: boolean): Filter[] {
  const { t } = useTranslation('deals')
  const { data } = useRead(api.ecosystems.list_products, { limit: 100 })
  const options = (kind: string, values: string[]) => values.map((value) => ({ value, label: t(`${kind}.${value}`) }))
  const products = (data?.items ?? []).map((one) => ({ value: one.code, label: one.name }))
  return [
    { key: 'review', title: t('field.review'), options: options('review', REVIEWS) },
    { key: 'protection', title: t('field.protection'), options: options('protection', PROTECTIONS) },
    { key: 'stage', title: t('field.stage'), options: options('stage', STAGES) },
    ...(products.length > 1 ? [{ key: 'product', title: t('field.product'), options: products, single: true }] : []),
    ...(isInner
      ? [
          {
            key: 'out_of_territory',
            title: t('field.territory'),
            options: [{ value: 'true', label: t('list.outside') }],
            single: true,
          },
        ]
      : []),
  ]
}

function useViews(isInner: boolean): View[] {
  const { t } = useTranslation('deals')
  const views = [
    { label: t('views.protected'), query: { protection: 'protected' } },
    { label: t('views.won'), query: { stage: 'won' } },
  ]
  const first = isInner
    ? { label: t('views.to_decide'), query: { review: 'submitted,under_review' } }
    : { label: t('views.answer'), query: { review: 'info_requested,draft' } }
  return [first, ...views]
}

const decidable = ({ id, account_name, partner_name, review, version, clock }: DealRow): Decidable => ({
  id,
  label: `${account_name} · ${partner_name}`,
  review,
  version,
  due_at: clock?.due_at ?? null,
})

/** Every deal the reader may see. */
export function DealList() {
  const { t } = useTranslation(['deals', 'access'])
  const { go } = useGo()
  const can = useCan()
  const isInner = useEcosystem()?.side === 'inner'
  const input = useListInput(KEYS)
  const listed = useList(api.deals.list, { ...input, limit: 50 } as never)
  const columns = useColumns(isInner)
  const filters = useFilters(isInner)
  const views = useViews(isInner)
  const register = can('deals.register') && !isInner && (
    <Button leftSection={<IconPlus size={18} />} onClick={() => go('deals/new')}>
      {t('register')}
    </Button>
  )
  const invite = isInner && can('access.invite') && <Button onClick={() => go('people?new=1')}>{t('access:invite.title')}</Button>
  const bringIn = isInner && can('deals.approve') && <ImportButton kind="deals" />
  const bulk = useDealBulk(decidable)
  const customerName = useCustomerName()
  const csv = useMemo(() => csvAddress(api.deals.list, input), [input])
  const shape: ListShape<DealRow> = {
    title: t('list.title'),
    actions: register || bringIn,
    columns,
    filters,
    views,
    csv,
    id: (deal) => deal.id,
    label: customerName,
    to: (deal) => `deals/${deal.id}`,
    ...(isInner && bulk.actions.length > 0 ? { bulk: bulk.actions } : {}),
    renderPeek: (deal) => <DealPeek id={deal.id} />,
    empty: (
      <EmptyState
        title={t('list.empty')}
        action={
          register || (
            <>
              {bringIn}
              {invite}
            </>
          )
        }
      >
        {t(isInner ? 'list.empty_inner' : 'list.empty_outer')}
      </EmptyState>
    ),
  }
  return (
    <>
      <ListPage shape={shape} listed={listed} />
      {bulk.sheet}
    </>
  )
}
