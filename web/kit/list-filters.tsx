import { Button, NativeSelect } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAddress } from './go.tsx'
import type { Filter, ListShape } from './list-shape.ts'
import { Sheet } from './sheet.tsx'
import { useFilter } from './use-filter.ts'

function Choices({ filter }: { filter: Filter }) {
  const { chosen, toggle } = useFilter(filter)
  return (
    <fieldset className="choices">
      <legend>{filter.title}</legend>
      <div className="bar tight">
        {filter.options.map((one) => (
          <label key={one.value} className="choice">
            <input
              type="checkbox"
              className="visually-hidden"
              checked={chosen.includes(one.value)}
              onChange={() => toggle(one.value)}
            />
            <span>{one.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The order of the rows, by the columns that have one. */
function Order<R>({ columns }: Pick<ListShape<R>, 'columns'>) {
  const { t } = useTranslation()
  const { values, set } = useAddress()
  const data = columns.flatMap(({ sort, title }) =>
    sort
      ? [
          { value: sort, label: t('list.rising', { column: title }) },
          { value: `-${sort}`, label: t('list.falling', { column: title }) },
        ]
      : [],
  )
  if (data.length === 0) return null
  return (
    <NativeSelect
      label={t('list.order')}
      data={[{ value: '', label: t('list.order_own') }, ...data]}
      value={values.sort ?? ''}
      onChange={(event) => set({ sort: event.currentTarget.value })}
    />
  )
}

/** On a phone: every filter, the order and the way out as CSV, in one sheet. What is tapped holds at once. */
export function FiltersSheet<R>({ shape, onClose }: { shape: ListShape<R>; onClose: () => void }) {
  const { t } = useTranslation()
  const { set } = useAddress()
  const filters = shape.filters ?? []
  return (
    <Sheet title={t('list.filter')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          onClose()
        }}
      >
        {filters.map((filter) => (
          <Choices key={filter.key} filter={filter} />
        ))}
        <Order columns={shape.columns} />
        {shape.csv && (
          <div>
            <Button
              component="a"
              href={shape.csv}
              download
              variant="default"
              leftSection={<IconDownload size={18} stroke={1.6} />}
            >
              {t('list.export')}
            </Button>
          </div>
        )}
        <div className="bar tight" style={{ justifyContent: 'flex-end' }}>
          <Button
            variant="default"
            onClick={() => set(Object.fromEntries([...filters.map(({ key }) => key), 'sort'].map((key) => [key, null])))}
          >
            {t('list.clear')}
          </Button>
          <Button type="submit">{t('list.show')}</Button>
        </div>
      </form>
    </Sheet>
  )
}
