import { Button, CloseButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulkBar } from './bulk-bar.tsx'
import { useAddress, useGo } from './go.tsx'
import { Heading } from './heading.tsx'
import { type CardsProps, ListCards } from './list-cards.tsx'
import { type ListKeys, useListKeys } from './list-keys.ts'
import type { ListShape } from './list-shape.ts'
import { ListTable } from './list-table.tsx'
import { ListTools, NarrowTools, Views } from './list-tools.tsx'
import { Sheet } from './sheet.tsx'
import { EmptyState, ErrorState, Waiting } from './states.tsx'
import { type Picked, usePicked } from './use-picked.ts'

/** What `useList` gives. */
export interface Listed<R> {
  rows: R[]
  error: unknown
  isLoading: boolean
  isMore: boolean
  isFetching: boolean
  more: () => void
  again: () => void
}

const NONE: string[] = []

/** The words of the address that a list verb takes: its filters, `q` and `sort`. */
export function useListInput(filters = NONE): Record<string, string> {
  const { values } = useAddress()
  return useMemo(() => {
    const known = [...filters, 'q', 'sort']
    return Object.fromEntries(known.flatMap((key) => (values[key] ? [[key, values[key]]] : []))) as Record<string, string>
  }, [filters, values])
}

function Peek({ children, keys }: { children: ReactNode; keys: ListKeys }) {
  const { t } = useTranslation()
  return (
    <aside className="peek" aria-live="polite">
      <div className="bar tight" style={{ marginBlockEnd: 8 }}>
        <span className="soft small">{t('list.peek_keys')}</span>
        <CloseButton className="push" size="sm" aria-label={t('list.close_peek')} onClick={() => keys.setPeeking(false)} />
      </div>
      {children}
    </aside>
  )
}

function Foot({ listed, canSelect }: { listed: Listed<unknown>; canSelect: boolean }) {
  const { t } = useTranslation()
  const count = listed.rows.length
  return (
    <div className="ledger-foot">
      <span role="status">{t(listed.isMore ? 'list.shown_more' : 'list.all_shown', { count })}</span>
      {listed.isMore && (
        <Button size="xs" variant="default" loading={listed.isFetching} onClick={listed.more}>
          {t('list.more')}
        </Button>
      )}
      {canSelect && <span className="push wide-only">{t('list.keys')}</span>}
    </div>
  )
}

/** What a list's own views are kept under: its path below /e/<slug>/. */
const pageOfAddress = () => location.pathname.split('/').slice(3).join('/')

interface RowsProps<R> {
  shape: ListShape<R>
  rows: R[]
  keys: ListKeys
  picked: Picked
  foot: ReactNode
}

/** The rows as a table, with a look at one of them beside it. */
function WideRows<R>({ shape, rows, keys, picked, open, foot }: RowsProps<R> & { open: (at: number) => void }) {
  const peeked = keys.isPeeking && shape.renderPeek ? rows[keys.at] : undefined
  const onRow = (at: number) => {
    keys.setAt(at)
    if (shape.renderPeek) keys.setPeeking(true)
    else open(at)
  }
  return (
    <div className="ledger-wrap" data-peek={peeked ? true : undefined}>
      <div>
        <ListTable
          shape={peeked ? { ...shape, columns: shape.columns.filter((column) => column.narrow !== 'hide') } : shape}
          rows={rows}
          at={keys.at}
          picked={shape.bulk ? picked : null}
          onRow={onRow}
        />
        {foot}
      </div>
      {peeked && <Peek keys={keys}>{shape.renderPeek?.(peeked)}</Peek>}
    </div>
  )
}

/** On a phone a row that has no page of its own shows in a sheet what a desk shows beside the list. */
function Cards<R>(props: CardsProps<R>) {
  const { shape, rows } = props
  const [looked, setLooked] = useState<string | null>(null)
  const row = rows.find((one) => shape.id(one) === looked)
  const looks = shape.renderPeek && !shape.to && !shape.onOpen
  return (
    <>
      <ListCards {...props} shape={looks ? { ...shape, onOpen: (one) => setLooked(shape.id(one)) } : shape} />
      {row && (
        <Sheet title={shape.label(row)} onClose={() => setLooked(null)}>
          {shape.renderPeek?.(row)}
        </Sheet>
      )}
    </>
  )
}

function Selecting({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  const { t } = useTranslation()
  return (
    <Button variant={isOn ? 'light' : 'default'} size="sm" px={12} fw={480} aria-pressed={isOn} onClick={() => onChange(!isOn)}>
      {t('list.pick')}
    </Button>
  )
}

function useRowKeys<R>(shape: ListShape<R>, listed: Listed<R>, picked: Picked) {
  const { go } = useGo()
  const { rows } = listed
  const open = (at: number) => {
    const row = rows[at]
    if (row && shape.to) go(shape.to(row))
    else if (row) shape.onOpen?.(row)
  }
  const select = (at: number) => {
    const row = rows[at]
    if (row && shape.bulk) picked.toggle([shape.id(row)], !picked.ids.has(shape.id(row)))
  }
  const more = () => {
    if (listed.isMore && !listed.isFetching) listed.more()
  }
  return { open, keys: useListKeys(rows.length, { open, select, more, canPeek: Boolean(shape.renderPeek) }) }
}

/** A list of records: search, filters and order in the address, keys, peek, bulk, CSV; cards on a phone. */
export function ListPage<R>({ shape, listed, children }: { shape: ListShape<R>; listed: Listed<R>; children?: ReactNode }) {
  const { t } = useTranslation()
  const { values } = useAddress()
  const isNarrow = useMediaQuery('(max-width: 820px)', undefined, { getInitialValueInEffect: false }) ?? false
  const picked = usePicked()
  const [isPicking, setPicking] = useState(false)
  const { rows } = listed
  const { open, keys } = useRowKeys(shape, listed, picked)
  const filters = shape.filters ?? []
  const isFiltered = [...filters.map((filter) => filter.key), 'q'].some((key) => values[key])
  const chosen = rows.filter((row) => picked.ids.has(shape.id(row)))
  const isEmpty = !listed.isLoading && !listed.error && rows.length === 0
  const hasTools = !isEmpty || isFiltered
  // Where nothing is yet, the empty state says what will be and has the first step; said twice it would be noise.
  const isNew = isEmpty && !isFiltered
  const keep = (ids: string[]) => {
    picked.keep(ids)
    setPicking(ids.length > 0)
  }
  const pick = (id: string) => {
    picked.toggle([id], true)
    setPicking(true)
  }
  const select = shape.bulk && rows.length > 0 && (
    <Selecting isOn={isPicking} onChange={(on) => (on ? setPicking(true) : keep([]))} />
  )
  const foot = <Foot listed={listed} canSelect={!isNarrow && Boolean(shape.to)} />
  return (
    <>
      <Heading title={shape.title} {...(shape.crumb ? { crumb: shape.crumb } : {})} actions={!isNew && shape.actions} />
      {!isNew && children}
      {hasTools && (shape.views || filters.length > 0) && (
        <Views views={shape.views ?? []} keys={filters.map((filter) => filter.key)} page={pageOfAddress()} />
      )}
      {hasTools && isNarrow && <NarrowTools shape={shape} select={select} />}
      {hasTools && !isNarrow && <ListTools filters={filters} hasSearch={shape.hasSearch ?? true} csv={shape.csv} />}
      {listed.isLoading && <Waiting rows={8} />}
      {Boolean(listed.error) && <ErrorState error={listed.error} again={listed.again} />}
      {isEmpty && (isFiltered ? <EmptyState title={t('list.nothing')}>{t('list.nothing_text')}</EmptyState> : shape.empty)}
      {rows.length > 0 && isNarrow && (
        <>
          <Cards shape={shape} rows={rows} picked={picked} isPicking={isPicking} onPick={shape.bulk && pick} />
          {foot}
        </>
      )}
      {rows.length > 0 && !isNarrow && <WideRows shape={shape} rows={rows} keys={keys} picked={picked} open={open} foot={foot} />}
      {shape.bulk && (chosen.length > 0 || (isNarrow && isPicking)) && (
        <BulkBar
          rows={chosen}
          actions={shape.bulk}
          onDone={keep}
          {...(isNarrow ? { onAll: () => picked.keep(rows.map(shape.id)) } : {})}
        />
      )}
    </>
  )
}
