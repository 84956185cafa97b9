import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useAddress } from '../../../web/kit/go.tsx'
import { ListPage, useListInput } from '../../../web/kit/list-page.tsx'
import type { Column, ListShape } from '../../../web/kit/list-shape.ts'
import { EmptyState } from '../../../web/kit/states.tsx'
import { useCan } from '../../../web/session.ts'
import type { RuleDocument } from '../contract.ts'
import { StandingChip, useScopeText } from './document-chips.tsx'
import { kindKey } from './kind-key.ts'
import { NewDocument } from './new-document.tsx'
import { useTitleWords } from './usual-words.ts'

const KEYS = ['kind', 'state']
const KINDS = ['deals.review', 'deals.terms', 'engagement'] as const
const STATES = ['draft', 'tested', 'published', 'retired'] as const

function useColumns(): Column<RuleDocument>[] {
  const { t } = useTranslation('decisions')
  const scopeText = useScopeText()
  const titleOf = useTitleWords()
  return [
    { key: 'title', title: t('field.title'), cell: (one) => titleOf(one.title), sort: 'title', narrow: 'lead' },
    { key: 'kind', title: t('field.kind'), cell: (one) => t(`kind.${kindKey(one.kind)}`) },
    { key: 'version', title: t('field.version'), cell: (one) => <span className="figure">{one.number}</span>, narrow: 'titled' },
    { key: 'scope', title: t('field.scope'), cell: (one) => scopeText(one) },
    { key: 'state', title: t('field.state'), cell: (one) => <StandingChip document={one} /> },
    {
      key: 'from',
      title: t('field.from'),
      cell: (one) => one.published_from && <When at={one.published_from} />,
      sort: 'published_from',
      end: true,
      narrow: 'titled',
    },
  ]
}

/** Every version of every rule; the one in force decides. */
export function DocumentList() {
  const { t } = useTranslation('decisions')
  const input = useListInput(KEYS)
  const listed = useList(api.decisions.list, { ...input, limit: 50 } as never)
  const columns = useColumns()
  const titleOf = useTitleWords()
  const csv = useMemo(() => csvAddress(api.decisions.list, input), [input])
  const { values, set } = useAddress()
  const can = useCan()
  const begin = can('decisions.draft') && (
    <Button leftSection={<IconPlus size={18} />} onClick={() => set({ new: '1' })}>
      {t('new.title')}
    </Button>
  )
  const shape: ListShape<RuleDocument> = {
    title: t('documents.title'),
    actions: begin,
    columns,
    csv,
    filters: [
      {
        key: 'kind',
        title: t('field.kind'),
        options: KINDS.map((value) => ({ value, label: t(`kind.${kindKey(value)}`) })),
        single: true,
      },
      {
        key: 'state',
        title: t('field.state'),
        options: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
        single: true,
      },
    ],
    views: [
      { label: t('state.published'), query: { state: 'published' } },
      { label: t('state.draft'), query: { state: 'draft' } },
    ],
    id: (one) => one.id,
    label: (one) => `${titleOf(one.title)} ${one.number}`,
    to: (one) => `rule-documents/${one.id}`,
    empty: (
      <EmptyState title={t('documents.empty')} action={begin}>
        {t('documents.empty_text')}
      </EmptyState>
    ),
  }
  return (
    <>
      <ListPage shape={shape} listed={listed} />
      {values.new && can('decisions.draft') && <NewDocument kind={values.new} onClose={() => set({ new: null })} />}
    </>
  )
}
