import { Button, Menu, TextInput } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconCheck, IconChevronDown, IconDownload, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAddress } from './go.tsx'
import { FiltersSheet } from './list-filters.tsx'
import type { Filter, ListShape, View } from './list-shape.ts'
import { comma } from './locale.ts'
import { ForgetView, KeepView, useSavedViews } from './saved-views.tsx'
import { useFilter } from './use-filter.ts'

function FilterMenu({ filter }: { filter: Filter }) {
  const { chosen, toggle } = useFilter(filter)
  const labels = filter.options.filter((one) => chosen.includes(one.value)).map((one) => one.label)
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant={labels.length > 0 ? 'light' : 'default'}
          size="xs"
          fw={480}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          {labels.length > 0
            ? `${filter.title}: ${labels.slice(0, 2).join(comma())}${labels.length > 2 ? ` +${labels.length - 2}` : ''}`
            : filter.title}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {filter.options.map((one) => (
          <Menu.CheckboxItem
            key={one.value}
            checked={chosen.includes(one.value)}
            checkIcon={<IconCheck size={16} />}
            closeMenuOnClick={filter.single ?? false}
            onChange={() => toggle(one.value)}
          >
            {one.label}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function SearchField({ isWide }: { isWide?: boolean }) {
  const { t } = useTranslation()
  const { values, set } = useAddress()
  const [text, setText] = useState(values.q ?? '')
  useEffect(() => {
    if (text === (values.q ?? '')) return undefined
    const timer = setTimeout(() => set({ q: text }), 250)
    return () => clearTimeout(timer)
  }, [text, values.q, set])
  return (
    <TextInput
      size={isWide ? 'sm' : 'xs'}
      {...(isWide ? { flex: 1, miw: 0 } : { w: 220 })}
      type="search"
      aria-label={t('list.search')}
      placeholder={t('list.search')}
      leftSection={<IconSearch size={16} stroke={1.6} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  )
}

/** Views of everybody, then the reader's own; a view is no more than a query in the address. */
export function Views({ views, keys, page }: { views: View[]; keys: string[]; page: string }) {
  const { t } = useTranslation()
  const { values, set } = useAddress()
  const own = useSavedViews(page)
  const all: (View & { id?: string })[] = [{ label: t('list.all'), query: {} }, ...views, ...own]
  return (
    <fieldset className="views" aria-label={t('list.views')}>
      {all.map((view) => {
        // A view of one's own holds its order too; one of everybody leaves the order as it is.
        const held = view.id ? [...keys, 'q', 'sort'] : [...keys, 'q']
        const isNow = held.every((key) => (values[key] ?? '') === (view.query[key] ?? ''))
        const change = Object.fromEntries(held.map((key) => [key, view.query[key] ?? null]))
        return (
          <span key={view.id ?? view.label}>
            <button type="button" aria-pressed={isNow} onClick={() => set(change, true)}>
              {view.label}
            </button>
            {view.id && isNow && <ForgetView page={page} view={{ ...view, id: view.id }} />}
          </span>
        )
      })}
      <KeepView page={page} keys={keys} />
    </fieldset>
  )
}

/** Search, filters and the way out as CSV; everything chosen stands in the address. */
export function ListTools({ filters, hasSearch, csv }: { filters: Filter[]; hasSearch: boolean; csv?: string | undefined }) {
  const { t } = useTranslation()
  const { values, set } = useAddress()
  const keys = [...filters.map((filter) => filter.key), 'q']
  const isFiltered = keys.some((key) => values[key])
  if (!hasSearch && filters.length === 0 && !csv) return null
  return (
    <div className="tools">
      {hasSearch && <SearchField />}
      {filters.map((filter) => (
        <FilterMenu key={filter.key} filter={filter} />
      ))}
      {isFiltered && (
        <Button variant="subtle" size="xs" fw={480} onClick={() => set(Object.fromEntries(keys.map((key) => [key, null])))}>
          {t('list.clear')}
        </Button>
      )}
      {csv && (
        <Button
          className="push wide-only"
          component="a"
          href={csv}
          download
          variant="subtle"
          color="gray"
          size="xs"
          fw={480}
          leftSection={<IconDownload size={16} stroke={1.6} />}
        >
          {t('list.export')}
        </Button>
      )}
    </div>
  )
}

/** On a phone: the search, and one button each for what a row of them would not leave room for. */
export function NarrowTools<R>({ shape, select }: { shape: ListShape<R>; select: ReactNode }) {
  const { t } = useTranslation()
  const { values } = useAddress()
  const [isOpen, setOpen] = useState(false)
  const count = (shape.filters ?? []).filter(({ key }) => values[key]).length
  const hasSheet = (shape.filters ?? []).length > 0 || shape.csv || shape.columns.some(({ sort }) => sort)
  return (
    <div className="tools">
      {(shape.hasSearch ?? true) && <SearchField isWide />}
      {hasSheet && (
        <Button
          variant={count > 0 ? 'light' : 'default'}
          size="sm"
          px={12}
          fw={480}
          leftSection={<IconAdjustmentsHorizontal size={18} stroke={1.6} aria-hidden="true" />}
          onClick={() => setOpen(true)}
        >
          {count > 0 ? `${t('list.filter')} · ${count}` : t('list.filter')}
        </Button>
      )}
      {select}
      {isOpen && <FiltersSheet shape={shape} onClose={() => setOpen(false)} />}
    </div>
  )
}
