import { Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { countryOptions } from '../../../web/kit/countries.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import type { Region } from '../contract.ts'
import { weekdayName } from './fiscal-year.tsx'

const DAYS = [1, 2, 3, 4, 5, 6, 7]
const NEW = { zone: 'Europe/Berlin', week: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: null }
const TWO = { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: 12, alignItems: 'start' }

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

/** A region with its zone, working week, hours and holidays. */
export function RegionSheet({ region, all, onClose }: { region?: Region; all: Region[]; onClose: () => void }) {
  const { t } = useTranslation('ecosystems')
  const act = useAct()
  const write = useWrite(api.ecosystems.save_region, region ? { version: region.version } : {})
  const [code, setCode] = useState(region?.code ?? '')
  const [name, setName] = useState(region?.name ?? '')
  const [parent, setParent] = useState(region?.parent_code ?? null)
  const [state, setState] = useState<Region['state']>(region?.state ?? 'active')
  const [calendar, setCalendar] = useState<Region['calendar']>(region?.calendar ?? NEW)
  const [days, setDays] = useState((region?.calendar.extra_days_off ?? []).join('\n'))
  const put = (change: Partial<Region['calendar']>) => setCalendar({ ...calendar, ...change })
  const submit = async () => {
    if (!code.trim() || !name.trim()) return act.fail(t('regions.needed'))
    const extra = days.split(/[\s,;]+/).filter(Boolean)
    const { extra_days_off: _, ...rest } = calendar
    const input = {
      code: code.trim(),
      name: name.trim(),
      parent_code: parent,
      state,
      calendar: { ...rest, ...(extra.length > 0 ? { extra_days_off: extra } : {}) },
    }
    if (await act.run(() => write.mutateAsync(input), t('regions.saved', { name: name.trim() }))) onClose()
  }
  return (
    <AskSheet
      title={region ? region.name : t('regions.add')}
      doing={t('save')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <div style={{ ...TWO, gridTemplateColumns: '110px minmax(0, 1fr)' }}>
        <TextInput
          label={t('field.code')}
          value={code}
          disabled={Boolean(region)}
          error={act.issues.code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <TextInput
          label={t('field.name')}
          value={name}
          error={act.issues.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </div>
      <Select
        label={t('regions.parent')}
        data={all.filter((one) => one.code !== region?.code).map((one) => ({ value: one.code, label: one.name }))}
        value={parent}
        onChange={setParent}
        clearable
        searchable
        error={act.issues.parent_code}
      />
      <Select
        label={t('regions.zone')}
        data={Intl.supportedValuesOf('timeZone')}
        value={calendar.zone}
        searchable
        allowDeselect={false}
        onChange={(zone) => zone && put({ zone })}
      />
      <Week value={calendar.week} onChange={(week) => put({ week })} />
      <div style={TWO}>
        <TextInput
          type="time"
          label={t('regions.from')}
          value={calendar.from}
          onChange={(event) => put({ from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('regions.to')}
          value={calendar.to}
          onChange={(event) => put({ to: event.currentTarget.value })}
        />
      </div>
      <Select
        label={t('regions.holidays')}
        description={t('regions.holidays_text')}
        data={countryOptions()}
        value={calendar.holidays?.slice(0, 2) ?? null}
        searchable
        clearable
        error={act.issues['calendar.holidays']}
        onChange={(holidays) => put({ holidays })}
      />
      <Textarea
        label={t('regions.extra')}
        description={t('regions.extra_text')}
        autosize
        minRows={2}
        value={days}
        error={act.issues['calendar.extra_days_off']}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
      {region && (
        <Select
          label={t('field.state')}
          data={(['active', 'retired'] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
          value={state}
          allowDeselect={false}
          onChange={(value) => setState(value === 'retired' ? 'retired' : 'active')}
        />
      )}
    </AskSheet>
  )
}
