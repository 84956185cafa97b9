import { Button } from '@mantine/core'
import { IconCopyCheck, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useAddress, useGo } from '../../../web/kit/go.tsx'
import { ImportButton } from '../../../web/kit/import-button.tsx'
import { ListPage, useListInput } from '../../../web/kit/list-page.tsx'
import type { Column, Filter, ListShape, View } from '../../../web/kit/list-shape.ts'
import { countryName } from '../../../web/kit/locale.ts'
import { EmptyState } from '../../../web/kit/states.tsx'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { STATUS, TRACKS } from '../rules.ts'
import type { PartnerRow } from '../shapes.ts'
import { useManagers, useRegions } from './choices.ts'
import { ManagersSheet } from './manager-sheet.tsx'
import { StatusChip, TrackWords } from './partner-chips.tsx'
import { PartnerPeek } from './partner-peek.tsx'
import { PartnerSheet } from './partner-sheet.tsx'

const KEYS = ['status', 'track', 'region', 'manager_id']

function useColumns(): Column<PartnerRow>[] {
  const { t } = useTranslation('partners')
  return [
    { key: 'name', title: t('field.name'), cell: (one) => one.name, sort: 'name', narrow: 'lead' },
    { key: 'status', title: t('field.status'), cell: (one) => <StatusChip status={one.status} />, sort: 'status' },
    { key: 'tracks', title: t('field.tracks'), cell: (one) => one.tracks.length > 0 && <TrackWords tracks={one.tracks} /> },
    { key: 'country', title: t('field.country'), cell: (one) => countryName(one.country), sort: 'country' },
    {
      key: 'manager',
      title: t('field.manager'),
      cell: (one) => one.manager_name ?? <span className="soft">{t('nobody')}</span>,
      narrow: 'hide',
    },
    {
      key: 'since',
      title: t('field.since'),
      cell: (one) => <When at={one.created_at} />,
      sort: 'created',
      end: true,
      narrow: 'hide',
    },
  ]
}

function useFilters(): Filter[] {
  const { t } = useTranslation('partners')
  const managers = useManagers()
  const regions = useRegions()
  const worded = (kind: string, values: readonly string[]) => values.map((value) => ({ value, label: t(`${kind}.${value}`) }))
  return [
    { key: 'status', title: t('field.status'), options: worded('status', STATUS.schema.options) },
    { key: 'track', title: t('field.tracks'), options: worded('track', TRACKS) },
    ...(regions.length > 0 ? [{ key: 'region', title: t('field.region'), options: regions }] : []),
    {
      key: 'manager_id',
      title: t('field.manager'),
      options: [{ value: 'none', label: t('nobody') }, ...managers],
      single: true,
    },
  ]
}

function useViews(): View[] {
  const { t } = useTranslation('partners')
  const here = useEcosystem()
  return [
    ...(here?.roles.includes('channel_manager') ? [{ label: t('view.mine'), query: { manager_id: here.member_id } }] : []),
    { label: t('view.onboarding'), query: { status: 'onboarding' } },
    { label: t('view.suspended'), query: { status: 'suspended' } },
    { label: t('unmanaged'), query: { manager_id: 'none' } },
  ]
}

interface Assigning {
  rows: PartnerRow[]
  end: (left: string[]) => void
}

function Buttons({ isEmpty }: { isEmpty?: boolean }) {
  const { t } = useTranslation('partners')
  const { go } = useGo()
  const { set } = useAddress()
  const can = useCan()
  return (
    <>
      {!isEmpty && can('partners.candidates') && (
        <Button
          variant="default"
          leftSection={<IconCopyCheck size={18} stroke={1.6} />}
          onClick={() => go('partners/duplicates')}
        >
          {t('duplicates.title')}
        </Button>
      )}
      {can('partners.create') && <ImportButton kind="partners" />}
      {can('partners.create') && (
        <Button leftSection={<IconPlus size={18} />} onClick={() => set({ new: '1' })}>
          {t('create.do')}
        </Button>
      )}
    </>
  )
}

/** Every partner in the reader's reach. */
export function PartnerList() {
  const { t } = useTranslation('partners')
  const { values, set } = useAddress()
  const can = useCan()
  const input = useListInput(KEYS)
  const listed = useList(api.partners.list, { ...input, limit: 50 } as never)
  const columns = useColumns()
  const filters = useFilters()
  const views = useViews()
  const [assigning, setAssigning] = useState<Assigning | null>(null)
  const csv = useMemo(() => csvAddress(api.partners.list, input), [input])
  const shape: ListShape<PartnerRow> = {
    title: t('list.title'),
    actions: <Buttons />,
    columns,
    filters,
    views,
    csv,
    id: (one) => one.id,
    label: (one) => one.name,
    to: (one) => `partners/${one.id}`,
    renderPeek: (one) => <PartnerPeek id={one.id} />,
    ...(can('partners.assign_manager')
      ? {
          bulk: [
            {
              label: t('manager.bulk'),
              permission: 'partners.assign_manager',
              refuses: (rows: PartnerRow[]) =>
                rows.every((one) => one.status === 'terminated') ? t('manager.ended') : undefined,
              run: (rows: PartnerRow[]) => new Promise<string[]>((end) => setAssigning({ rows, end })),
            },
          ],
        }
      : {}),
    empty: (
      <EmptyState title={t('list.empty')} action={<Buttons isEmpty />}>
        {t('list.empty_text')}
      </EmptyState>
    ),
  }
  const close = (left: string[]) => {
    assigning?.end(left)
    setAssigning(null)
  }
  return (
    <>
      <ListPage shape={shape} listed={listed} />
      {values.new && can('partners.create') && <PartnerSheet onClose={() => set({ new: null })} />}
      {assigning && <ManagersSheet partners={assigning.rows} onClose={close} />}
    </>
  )
}
