import { Button } from '@mantine/core'
import { IconCopyCheck, IconPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useAddress, useGo } from '../../../web/kit/go.tsx'
import { ImportButton } from '../../../web/kit/import-button.tsx'
import { ListPage, useListInput } from '../../../web/kit/list-page.tsx'
import type { Column, ListShape } from '../../../web/kit/list-shape.ts'
import { countryName } from '../../../web/kit/locale.ts'
import { EmptyState } from '../../../web/kit/states.tsx'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { useColleagues } from '../../partners/ui/choices.ts'
import type { AccountRow } from '../shapes.ts'
import { AccountChips } from './account-chips.tsx'
import { AccountPeek } from './account-peek.tsx'
import { AccountSheet } from './account-sheet.tsx'

const KEYS = ['is_customer', 'is_named', 'owner_id']

function useColumns(): Column<AccountRow>[] {
  const { t } = useTranslation('accounts')
  return [
    { key: 'name', title: t('field.name'), cell: (one) => one.name, sort: 'name', narrow: 'lead' },
    { key: 'state', title: t('field.state'), cell: (one) => <AccountChips account={one} /> },
    {
      key: 'country',
      title: t('field.country'),
      cell: (one) => one.country && countryName(one.country),
      sort: 'country',
    },
    {
      key: 'domain',
      title: t('field.domain'),
      cell: (one) => one.domain && <span className="soft">{one.domain}</span>,
      narrow: 'hide',
    },
    { key: 'segment', title: t('field.segment'), cell: (one) => one.segment, narrow: 'hide' },
    { key: 'owner', title: t('field.owner'), cell: (one) => one.owner_name, narrow: 'hide' },
    {
      key: 'updated',
      title: t('field.updated'),
      cell: (one) => <When at={one.updated_at} />,
      sort: 'updated',
      end: true,
      narrow: 'hide',
    },
  ]
}

function Buttons({ isEmpty }: { isEmpty?: boolean }) {
  const { t } = useTranslation('accounts')
  const { go } = useGo()
  const { set } = useAddress()
  const can = useCan()
  return (
    <>
      {!isEmpty && (
        <Button
          variant="default"
          leftSection={<IconCopyCheck size={18} stroke={1.6} />}
          onClick={() => go('accounts/duplicates')}
        >
          {t('duplicates.title')}
        </Button>
      )}
      {can('accounts.create') && <ImportButton kind="accounts" />}
      {can('accounts.create') && (
        <Button leftSection={<IconPlus size={18} />} onClick={() => set({ new: '1' })}>
          {t('create.do')}
        </Button>
      )}
    </>
  )
}

/** Customers and prospects of the host; partners never read them. */
export function AccountList() {
  const { t } = useTranslation('accounts')
  const { values, set } = useAddress()
  const can = useCan()
  const here = useEcosystem()
  const owners = useColleagues()
  const columns = useColumns()
  const input = useListInput(KEYS)
  const listed = useList(api.accounts.list, { ...input, limit: 50 } as never)
  const csv = useMemo(() => csvAddress(api.accounts.list, input), [input])
  const yes = (key: string, yesWords: string, noWords: string) => ({
    key,
    title: yesWords,
    options: [
      { value: 'true', label: yesWords },
      { value: 'false', label: noWords },
    ],
    single: true,
  })
  const shape: ListShape<AccountRow> = {
    title: t('list.title'),
    actions: <Buttons />,
    columns,
    csv,
    filters: [
      yes('is_customer', t('customer'), t('prospect')),
      yes('is_named', t('named.is'), t('named.is_not')),
      ...(owners.length > 0 ? [{ key: 'owner_id', title: t('field.owner'), options: owners, single: true }] : []),
    ],
    views: [
      ...(here?.roles.includes('direct_seller') ? [{ label: t('view.mine'), query: { owner_id: here.member_id } }] : []),
      { label: t('view.customers'), query: { is_customer: 'true' } },
      { label: t('view.named'), query: { is_named: 'true' } },
    ],
    id: (one) => one.id,
    label: (one) => one.name,
    to: (one) => `accounts/${one.id}`,
    renderPeek: (one) => <AccountPeek id={one.id} />,
    empty: (
      <EmptyState title={t('list.empty')} action={<Buttons isEmpty />}>
        {t('list.empty_text')}
      </EmptyState>
    ),
  }
  return (
    <>
      <ListPage shape={shape} listed={listed} />
      {values.new && can('accounts.create') && <AccountSheet onClose={() => set({ new: null })} />}
    </>
  )
}
