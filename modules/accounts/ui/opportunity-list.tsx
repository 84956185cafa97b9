import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList, useRead } from '../../../web/api.ts'
import { Money, When } from '../../../web/kit/figures.tsx'
import { ImportButton } from '../../../web/kit/import-button.tsx'
import { ListPage, useListInput } from '../../../web/kit/list-page.tsx'
import type { Column, ListShape } from '../../../web/kit/list-shape.ts'
import { EmptyState } from '../../../web/kit/states.tsx'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { useProductName } from '../../ecosystems/ui/product-name.ts'
import { useColleagues } from '../../partners/ui/choices.ts'
import type { Opportunity } from '../shapes.ts'

const KEYS = ['is_open', 'owner_id', 'product', 'account_id']

function useColumns(): Column<Opportunity>[] {
  const { t } = useTranslation('accounts')
  const productName = useProductName()
  return [
    { key: 'name', title: t('field.name'), cell: (one) => one.name, sort: 'name', narrow: 'lead' },
    { key: 'account', title: t('field.account'), cell: (one) => one.account_name },
    { key: 'product', title: t('field.product'), cell: (one) => one.product && productName(one.product) },
    {
      key: 'stage',
      title: t('field.stage'),
      cell: (one) => (one.outcome ? t(`outcome.${one.outcome}`) : one.stage),
      narrow: 'hide',
    },
    {
      key: 'seen',
      title: t('field.first_seen'),
      cell: (one) => <When at={one.first_seen_at} as="moment" />,
      sort: 'first_seen',
      narrow: 'titled',
    },
    { key: 'owner', title: t('field.owner'), cell: (one) => one.owner_name, narrow: 'hide' },
    {
      key: 'closes',
      title: t('field.expected_close'),
      cell: (one) => one.expected_close_on && <When at={one.expected_close_on} />,
      narrow: 'hide',
    },
    {
      key: 'amount',
      title: t('field.amount'),
      cell: (one) => one.amount_minor !== null && <Money minor={one.amount_minor} currency={one.currency} />,
      end: true,
    },
  ]
}

/** The host's own opportunities with the moment each was first seen. */
export function OpportunityList() {
  const { t } = useTranslation('accounts')
  const here = useEcosystem()
  const can = useCan()
  const owners = useColleagues()
  const products = useRead(api.ecosystems.list_products, { limit: 100 }).data?.items ?? []
  const columns = useColumns()
  const input = useListInput(KEYS)
  const listed = useList(api.accounts.list_opportunities, { ...input, limit: 50 } as never)
  const csv = useMemo(() => csvAddress(api.accounts.list_opportunities, input), [input])
  const open = [
    { value: 'true', label: t('outcome.open') },
    { value: 'false', label: t('outcome.closed') },
  ]
  const shape: ListShape<Opportunity> = {
    title: t('opportunities.title'),
    actions: can('accounts.save_opportunities') && <ImportButton kind="opportunities" />,
    columns,
    csv,
    filters: [
      { key: 'is_open', title: t('outcome.open'), options: open, single: true },
      {
        key: 'product',
        title: t('field.product'),
        options: products.map((one) => ({ value: one.code, label: one.name })),
        single: true,
      },
      ...(owners.length > 0 ? [{ key: 'owner_id', title: t('field.owner'), options: owners, single: true }] : []),
    ],
    views: [
      { label: t('outcome.open'), query: { is_open: 'true' } },
      ...(here?.roles.includes('direct_seller') ? [{ label: t('view.mine'), query: { owner_id: here.member_id } }] : []),
    ],
    id: (one) => one.id,
    label: (one) => one.name,
    to: (one) => `accounts/${one.account_id}`,
    empty: (
      <EmptyState
        title={t('opportunities.empty')}
        action={can('accounts.save_opportunities') && <ImportButton kind="opportunities" isMain />}
      >
        {t('opportunities.empty_text')}
      </EmptyState>
    ),
  }
  return (
    <ListPage shape={shape} listed={listed}>
      <p className="lede">{t('opportunities.rule')}</p>
    </ListPage>
  )
}
