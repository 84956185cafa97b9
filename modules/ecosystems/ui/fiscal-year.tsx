import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { dayText, locale } from '../../../web/kit/locale.ts'
import { useNow } from '../../../web/kit/now.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { type FiscalCalendar, fiscalPeriod, fiscalYear } from '../rules.ts'
import type { GeneralForm } from './general-page.tsx'

const monthName = (month: number) =>
  new Intl.DateTimeFormat(locale(), { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 1))
/** ISO weekday in words; 5 January 2026 was a Monday. */
export const weekdayName = (day: number, style: 'long' | 'short' = 'long') =>
  new Intl.DateTimeFormat(locale(), { weekday: style, timeZone: 'UTC' }).format(Date.UTC(2026, 0, 4 + day))

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1)
const DAYS = [1, 2, 3, 4, 5, 6, 7]
const PATTERNS = ['calendar', '4-4-5', '4-5-4', '5-4-4'] as const

/** How the year is cut; week patterns ask a little more. */
export function FiscalFields({ form, isLocked }: { form: GeneralForm; isLocked: boolean }) {
  const { t } = useTranslation('ecosystems')
  const { fiscal } = form.values
  const put = (change: Partial<FiscalCalendar>) => form.setFieldValue('fiscal', { ...fiscal, ...change })
  const common = { allowDeselect: false, readOnly: isLocked } as const
  const two = { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', gap: 16, alignItems: 'start' }
  return (
    <div style={two}>
      <Select
        {...common}
        label={t('fiscal.starts')}
        data={MONTHS.map((month) => ({ value: String(month), label: monthName(month) }))}
        value={String(fiscal.starts_on_month)}
        onChange={(value) => put({ starts_on_month: Number(value) })}
      />
      <Select
        {...common}
        label={t('fiscal.named')}
        data={(['start', 'end'] as const).map((value) => ({ value, label: t(`fiscal.named_${value}`) }))}
        value={fiscal.named_after}
        onChange={(value) => put({ named_after: value === 'start' ? 'start' : 'end' })}
      />
      <Select
        {...common}
        label={t('fiscal.pattern')}
        data={PATTERNS.map((value) => ({ value, label: value === 'calendar' ? t('fiscal.months') : value }))}
        value={fiscal.pattern}
        onChange={(value) => put({ pattern: PATTERNS.find((one) => one === value) ?? 'calendar' })}
      />
      {fiscal.pattern !== 'calendar' && (
        <>
          <Select
            {...common}
            label={t('fiscal.weekday')}
            data={DAYS.map((day) => ({ value: String(day), label: weekdayName(day) }))}
            value={String(fiscal.ends_on_weekday)}
            onChange={(value) => put({ ends_on_weekday: Number(value) })}
          />
          <Select
            {...common}
            label={t('fiscal.ends')}
            data={(['last', 'nearest'] as const).map((value) => ({ value, label: t(`fiscal.ends_${value}`) }))}
            value={fiscal.ends}
            onChange={(value) => put({ ends: value === 'nearest' ? 'nearest' : 'last' })}
          />
          <Select
            {...common}
            label={t('fiscal.extra')}
            data={MONTHS.map((value) => ({ value: String(value), label: t('fiscal.period', { number: value }) }))}
            value={String(fiscal.extra_week_in)}
            onChange={(value) => put({ extra_week_in: Number(value) })}
          />
        </>
      )}
    </div>
  )
}

/** The year that these choices make, so that nobody has to imagine it. */
export function FiscalPreview({ calendar }: { calendar: FiscalCalendar }) {
  const { t } = useTranslation('ecosystems')
  const today = new Date(useNow()).toISOString().slice(0, 10)
  const here = fiscalPeriod(calendar, today)
  const year = fiscalYear(calendar, today)
  return (
    <Section title={t('fiscal.preview', { year: year.year })}>
      <p className="soft small">
        {dayText(year.starts_on)} – {dayText(year.ends_on)}
        {year.weeks && `, ${t('fiscal.weeks', { count: year.weeks })}`}
      </p>
      <ul className="tally">
        {year.quarters.map((quarter) => (
          <li key={quarter.quarter} style={{ gridTemplateColumns: 'auto minmax(0, 1fr)' }}>
            <span className={quarter.quarter === here.quarter ? 'strong' : undefined}>
              {t('fiscal.quarter', { number: quarter.quarter })}
              {quarter.quarter === here.quarter && <span className="soft small"> {t('fiscal.now')}</span>}
            </span>
            <span className="figure small" style={{ textAlign: 'end', whiteSpace: 'normal' }}>
              {dayText(quarter.starts_on)} – {dayText(quarter.ends_on)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
