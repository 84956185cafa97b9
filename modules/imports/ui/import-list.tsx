import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useGo } from '../../../web/kit/go.tsx'
import { ListPage, useListInput } from '../../../web/kit/list-page.tsx'
import type { Column } from '../../../web/kit/list-shape.ts'
import { EmptyState } from '../../../web/kit/states.tsx'
import { useCan } from '../../../web/session.ts'
import type { ImportRow as Contract } from '../contract.ts'
import { STATE } from '../rules.ts'
import { useCounts, useKinds } from './import-words.ts'
import { StateChip } from './state-chip.tsx'

type ImportRow = ReturnType<(typeof Contract)['parse']>
const FILTERS = ['kind', 'state']

interface Words {
  t: TFunction<'imports'>
  kindLabel: (kind: string) => string
  counts: ReturnType<typeof useCounts>
}

const columnsOf = ({ t, kindLabel, counts }: Words): Column<ImportRow>[] => [
  { key: 'name', title: t('list.file'), cell: (one) => one.name, sort: 'name', narrow: 'lead' },
  { key: 'kind', title: t('list.kind'), cell: (one) => kindLabel(one.kind) },
  { key: 'state', title: t('list.state'), cell: (one) => <StateChip state={one.state} />, sort: 'state' },
  {
    key: 'rows',
    title: t('list.rows'),
    cell: (one) => <span className="figure">{numberText(one.total)}</span>,
    end: true,
    narrow: 'hide',
  },
  { key: 'outcome', title: t('list.outcome'), cell: (one) => counts(one) && <span className="soft">{counts(one)}</span> },
  { key: 'by', title: t('list.by'), cell: (one) => one.created_by_name, narrow: 'hide' },
  { key: 'created_at', title: t('list.when'), cell: (one) => <When at={one.created_at} as="moment" />, sort: 'created_at' },
]

/** Every import of the ecosystem, the newest first. */
import { numberText } from '../../../web/kit/locale.ts'
export function ImportList() {
  const { t } = useTranslation('imports')
  const { go } = useGo()
  const can = useCan()
  const counts = useCounts()
  const { kinds, kindLabel } = useKinds()
  const input = useListInput(FILTERS)
  const listed = useList(api.imports.list, input)
  const columns = useMemo(() => columnsOf({ t, kindLabel, counts }), [t, kindLabel, counts])
  const begin = can('imports.run') && (
    <Button leftSection={<IconFileImport size={18} />} onClick={() => go('imports/new')}>
      {t('new.do')}
    </Button>
  )
  return (
    <ListPage
      listed={listed}
      shape={{
        title: t('list.title'),
        actions: begin,
        columns,
        id: (one) => one.id,
        label: (one) => one.name,
        to: (one) => `imports/${one.id}`,
        filters: [
          {
            key: 'kind',
            title: t('list.kind'),
            single: true,
            options: kinds.map(({ kind }) => ({ value: kind, label: kindLabel(kind) })),
          },
          {
            key: 'state',
            title: t('list.state'),
            options: STATE.all.map((state) => ({ value: state, label: t(`state.${state}`) })),
          },
        ],
        csv: csvAddress(api.imports.list, input),
        empty: (
          <EmptyState title={t('list.empty')} action={begin}>
            {t('list.empty_text')}
          </EmptyState>
        ),
      }}
    />
  )
}
