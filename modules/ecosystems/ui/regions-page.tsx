import { IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList } from '../../../web/api.ts'
import { EditedList } from '../../../web/kit/edited-list.tsx'
import { Chip } from '../../../web/kit/figures.tsx'
import { useListInput } from '../../../web/kit/list-page.tsx'
import type { Column } from '../../../web/kit/list-shape.ts'
import { comma, countryName, locale } from '../../../web/kit/locale.ts'
import { useNow } from '../../../web/kit/now.ts'
import { useCan } from '../../../web/session.ts'
import type { Region } from '../contract.ts'
import { weekdayName } from './fiscal-year.tsx'
import { RegionSheet } from './region-sheet.tsx'

/** What a wall clock shows there, and whether people work by the plain week; holidays are the server's to judge. */
function Clock({ region }: { region: Region }) {
  const { t } = useTranslation('ecosystems')
  const now = new Date(useNow())
  const { zone, week, from, to } = region.calendar
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    now,
  )
  const shown = new Intl.DateTimeFormat(locale(), {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
  }).format(now)
  const day = new Date(now.toLocaleString('en-US', { timeZone: zone })).getDay() || 7
  const works = week.includes(day) && time >= from && time < to
  return (
    <Chip icon={works ? IconSun : IconMoon} tone={works ? 'good' : 'plain'}>
      {shown} · {t(works ? 'regions.open' : 'regions.closed')}
    </Chip>
  )
}

const weekWords = (week: number[]) => {
  const days = [...week].sort((a, b) => (a % 7) - (b % 7))
  const isRun = days.every((day, i) => i === 0 || (day % 7) - ((days[i - 1] ?? 0) % 7) === 1)
  const names = days.map((day) => weekdayName(day, 'short'))
  return isRun && names.length > 2 ? `${names[0]}–${names.at(-1)}` : names.join(', ')
}

const FEW = 2

/** Its countries by name, or whose territory it lies in. */
function useTerritory(all: Region[]): (region: Region) => string | null {
  const { t } = useTranslation('ecosystems')
  const byCode = new Map(all.map((one) => [one.code, one]))
  const home = (one: Region | undefined): Region | undefined =>
    one === undefined || one.countries.length > 0 ? one : home(byCode.get(one.parent_code ?? ''))
  return (region) => {
    const { countries, territory } = region
    const above = countries.length > 0 ? undefined : home(region)
    if (territory.length === 0) return null
    if (above && above.territory.join() === territory.join()) return t('regions.as', { region: above.code })
    const order = new Intl.Collator(locale())
    const names = territory.map(countryName).sort(order.compare)
    if (names.length <= FEW + 1) return names.join(comma())
    return t('regions.more', { names: names.slice(0, FEW).join(comma()), count: names.length - FEW })
  }
}

function useColumns(all: Region[]): Column<Region>[] {
  const { t } = useTranslation('ecosystems')
  const territoryOf = useTerritory(all)
  return [
    { key: 'name', title: t('field.name'), cell: (one) => one.name, sort: 'name', narrow: 'lead' },
    { key: 'code', title: t('field.code'), cell: (one) => one.code, sort: 'code' },
    { key: 'parent', title: t('regions.parent'), cell: (one) => one.parent_code, narrow: 'titled' },
    { key: 'territory', title: t('regions.territory'), cell: territoryOf, narrow: 'titled' },
    {
      key: 'hours',
      title: t('regions.hours'),
      cell: (one) => (
        <span style={{ whiteSpace: 'nowrap' }}>{`${weekWords(one.calendar.week)}, ${one.calendar.from}–${one.calendar.to}`}</span>
      ),
    },
    {
      key: 'holidays',
      title: t('regions.holidays'),
      cell: (one) => one.calendar.holidays && countryName(one.calendar.holidays.slice(0, 2)),
      narrow: 'hide',
    },
    { key: 'now', title: t('regions.now'), cell: (one) => <Clock region={one} /> },
    { key: 'state', title: t('field.state'), cell: (one) => t(`state.${one.state}`), narrow: 'hide' },
  ]
}

/** Regions with the hours in which their clocks run. */
export function RegionsPage() {
  const { t } = useTranslation('ecosystems')
  const can = useCan()
  const input = { sort: 'code', ...useListInput() }
  const listed = useList(api.ecosystems.list_regions, { ...input, limit: 200 } as never)
  const columns = useColumns(listed.rows)
  return (
    <EditedList
      shape={{
        title: t('regions.title'),
        columns,
        csv: csvAddress(api.ecosystems.list_regions, input),
        id: (one) => one.id,
        label: (one) => one.name,
      }}
      listed={listed}
      words={{ add: t('regions.add'), text: t('regions.text'), empty: t('regions.empty') }}
      mayEdit={can('ecosystems.update')}
      renderSheet={(region, close) => <RegionSheet region={region} all={listed.rows} onClose={close} />}
    />
  )
}
