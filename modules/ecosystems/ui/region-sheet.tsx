import { MultiSelect, Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { countryOptions } from '../../../web/kit/countries.ts'
import { CountrySelect } from '../../../web/kit/country-select.tsx'
import { comma, countryName, locale } from '../../../web/kit/locale.ts'
import { Pair } from '../../../web/kit/pair.tsx'
import { RecordSheet } from '../../../web/kit/record-sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useRecordForm } from '../../../web/kit/use-record-form.ts'
import type { Region } from '../contract.ts'
import { weekdayName } from './fiscal-year.tsx'
import { useStates } from './use-states.ts'

const DAYS = [1, 2, 3, 4, 5, 6, 7]
const NEW = { week: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: null }
const ZONES = Intl.supportedValuesOf('timeZone')

/** Where whoever adds a region sits, if that is a zone to choose from. */
function ownZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return ZONES.includes(timeZone) ? timeZone : 'Europe/Berlin'
}

function Week({ value, onChange }: { value: number[]; onChange: (value: number[]) => void }) {
  const { t } = useTranslation('ecosystems')
  return (
    <fieldset className="choices">
      <legend>{t('regions.week')}</legend>
      <div className="bar tight" style={{ gap: 6 }}>
        {DAYS.map((day) => (
          <label key={day} className="choice">
            <input
              type="checkbox"
              className="visually-hidden"
              checked={value.includes(day)}
              onChange={() => onChange(value.includes(day) ? value.filter((one) => one !== day) : [...value, day].sort())}
            />
            <span style={{ minBlockSize: 34, paddingInline: 10 }}>{weekdayName(day, 'short')}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function useRegionForm(region: Region | undefined) {
  const { t } = useTranslation('ecosystems')
  const { extra_days_off = [], ...calendar }: Region['calendar'] = region?.calendar ?? { ...NEW, zone: ownZone() }
  const needed = (value: string) => (value.trim() ? null : t('regions.needed'))
  const values = {
    code: region?.code ?? '',
    name: region?.name ?? '',
    parent_code: region?.parent_code ?? null,
    state: region?.state ?? 'active',
    countries: region?.countries ?? [],
    ...calendar,
    extra: extra_days_off.join('\n'),
  }
  return useRecordForm({ values, version: region?.version }, { code: needed, name: needed })
}
type Form = ReturnType<typeof useRegionForm>['form']

const inputOf = ({ code, name, parent_code, state, countries, extra, ...calendar }: Form['values']) => {
  const extra_days_off = extra.split(/[\s,;]+/).filter(Boolean)
  return {
    code: code.trim(),
    name: name.trim(),
    parent_code,
    state,
    countries,
    calendar: { ...calendar, ...(extra_days_off.length > 0 ? { extra_days_off } : {}) },
  }
}

const CALENDAR: Record<string, string> = { 'calendar.holidays': 'holidays', 'calendar.extra_days_off': 'extra' }

/** Where its partners are at home; what stands in another region is shown, with where, and cannot be taken from there. */
function Countries({ form, others }: { form: Form; others: Region[] }) {
  const { t } = useTranslation('ecosystems')
  const order = new Intl.Collator(locale())
  const elsewhere = new Map(others.flatMap((one) => one.countries.map((country) => [country, one.name] as const)))
  const data = countryOptions().map(({ value, label }) => {
    const region = elsewhere.get(value)
    return region === undefined
      ? { value, label }
      : { value, label: t('regions.elsewhere', { country: label, region }), disabled: true }
  })
  return (
    <MultiSelect
      label={t('regions.countries')}
      description={t('regions.countries_text')}
      data={data}
      searchable
      clearable
      hidePickedOptions
      nothingFoundMessage={t('regions.no_country')}
      styles={{ pillsList: { maxBlockSize: 176, overflowY: 'auto' } }}
      {...form.getInputProps('countries')}
      value={[...form.values.countries].sort((a, b) => order.compare(countryName(a), countryName(b)))}
    />
  )
}

function Hours({ form }: { form: Form }) {
  const { t } = useTranslation('ecosystems')
  return (
    <>
      <Select label={t('regions.zone')} data={ZONES} searchable allowDeselect={false} {...form.getInputProps('zone')} />
      <Week value={form.values.week} onChange={(week) => form.setFieldValue('week', week)} />
      <Pair>
        <TextInput type="time" label={t('regions.from')} {...form.getInputProps('from')} />
        <TextInput type="time" label={t('regions.to')} {...form.getInputProps('to')} />
      </Pair>
      <CountrySelect
        label={t('regions.holidays')}
        description={t('regions.holidays_text')}
        clearable
        error={form.errors.holidays}
        value={form.values.holidays?.slice(0, 2) ?? ''}
        onChange={(country) => form.setFieldValue('holidays', country || null)}
      />
      <Textarea
        label={t('regions.extra')}
        description={t('regions.extra_text')}
        autosize
        minRows={2}
        {...form.getInputProps('extra')}
      />
    </>
  )
}

interface Props {
  region: Region | undefined
  all: Region[]
  onClose: () => void
}

/** A region with its zone, working week, hours and holidays. */
export function RegionSheet({ region, all, onClose }: Props) {
  const { t } = useTranslation('ecosystems')
  const states = useStates()
  const write = useWrite(api.ecosystems.save_region, region ? { version: region.version } : {})
  const record = useRegionForm(region)
  const { form } = record
  const act = useAct((issues) =>
    form.setErrors(Object.fromEntries(Object.entries(issues).map(([path, text]) => [CALENDAR[path] ?? path, text]))),
  )
  const save = async () => {
    const input = inputOf(form.values)
    if (await act.run(() => write.mutateAsync(input), t('regions.saved', { name: input.name }))) onClose()
  }
  return (
    <RecordSheet
      title={region ? region.name : t('regions.add')}
      doing={t('save')}
      record={record}
      act={act}
      onSubmit={() => void save()}
      onClose={onClose}
      labelOf={(field) => t(`field.${field}`, { defaultValue: t(`regions.${field === 'parent_code' ? 'parent' : field}`) })}
      wordsOf={(field, value) => {
        if (!Array.isArray(value)) return undefined
        return value.map((one) => (field === 'week' ? weekdayName(Number(one), 'short') : countryName(String(one)))).join(comma())
      }}
    >
      <Pair widths="110px minmax(0, 1fr)">
        <TextInput label={t('field.code')} disabled={Boolean(region)} {...form.getInputProps('code')} />
        <TextInput label={t('field.name')} {...form.getInputProps('name')} />
      </Pair>
      <Select
        label={t('regions.parent')}
        data={all.filter((one) => one.code !== region?.code).map((one) => ({ value: one.code, label: one.name }))}
        clearable
        searchable
        {...form.getInputProps('parent_code')}
      />
      <Countries form={form} others={all.filter((one) => one.code !== region?.code)} />
      <Hours form={form} />
      {region && <Select label={t('field.state')} data={states} allowDeselect={false} {...form.getInputProps('state')} />}
    </RecordSheet>
  )
}
