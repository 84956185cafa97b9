import { MultiSelect, Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { CountrySelect } from '../../../web/kit/country-select.tsx'
import { CustomFields } from '../../../web/kit/custom-fields.tsx'
import { useGo } from '../../../web/kit/go.tsx'
import { comma, countryName } from '../../../web/kit/locale.ts'
import { Pair } from '../../../web/kit/pair.tsx'
import { RecordSheet } from '../../../web/kit/record-sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { TRACKS } from '../rules.ts'
import type { Partner, PartnerTrack } from '../shapes.ts'
import { useColleagues, useRegions } from './choices.ts'
import { Candidates, useCandidates } from './partner-candidates.tsx'
import { changedPartner, newPartner, type PartnerForm, usePartnerForm } from './partner-form.ts'
import { PartnerSelect } from './partner-select.tsx'

function Tracks({ form }: { form: PartnerForm }) {
  const { t } = useTranslation('partners')
  const { tracks } = form.values
  const toggle = (track: PartnerTrack['track']) =>
    form.setFieldValue('tracks', tracks.includes(track) ? tracks.filter((one) => one !== track) : [...tracks, track])
  return (
    <fieldset className="choices">
      <legend>{t('field.tracks')}</legend>
      <div className="bar tight">
        {TRACKS.map((track) => (
          <label key={track} className="choice">
            <input type="checkbox" className="visually-hidden" checked={tracks.includes(track)} onChange={() => toggle(track)} />
            <span style={{ minBlockSize: 34, paddingInline: 12 }}>{t(`track.${track}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Chain({ form, partner }: { form: PartnerForm; partner: Partner | undefined }) {
  const { t } = useTranslation('partners')
  const known = (id: string | null | undefined, name: string | null | undefined) =>
    id && name ? { value: id, label: name } : null
  return (
    <>
      <PartnerSelect
        label={t('field.parent')}
        description={t('form.parent_text')}
        value={form.values.parent_id}
        known={known(partner?.parent_id, partner?.parent_name)}
        error={form.errors.parent_id}
        onChange={(value) => form.setFieldValue('parent_id', value)}
      />
      <PartnerSelect
        label={t('field.distributor')}
        description={t('form.distributor_text')}
        value={form.values.distributor_id}
        known={known(partner?.distributor_id, partner?.distributor_name)}
        onlyDistributors
        error={form.errors.distributor_id}
        onChange={(value) => form.setFieldValue('distributor_id', value)}
      />
    </>
  )
}

/** What only a known partner has: how one reaches it, and what the host keeps about it. */
function Known({ form, partner }: { form: PartnerForm; partner: Partner }) {
  const { t } = useTranslation('partners')
  const regions = useRegions()
  const colleagues = useColleagues()
  return (
    <>
      <Pair>
        <TextInput label={t('field.trading_name')} {...form.getInputProps('trading_name')} />
        <TextInput label={t('field.phone')} {...form.getInputProps('phone')} />
      </Pair>
      <Select
        label={t('field.region')}
        description={t('form.region_text')}
        data={regions}
        clearable
        searchable
        {...form.getInputProps('region')}
      />
      <MultiSelect
        label={t('field.more_regions')}
        description={t('form.more_regions_text')}
        data={regions.filter(({ value }) => value !== form.values.region)}
        clearable
        searchable
        hidePickedOptions
        {...form.getInputProps('more_regions')}
        value={form.values.more_regions.filter((code) => code !== form.values.region)}
      />
      <Textarea label={t('field.description')} autosize minRows={2} {...form.getInputProps('description')} />
      <Select
        label={t('field.sponsor')}
        description={t('form.sponsor_text')}
        placeholder={t('nobody')}
        data={colleagues}
        clearable
        searchable
        {...form.getInputProps('executive_sponsor_id')}
      />
      <Chain form={form} partner={partner} />
      <Pair>
        <TextInput label={t('field.domains')} placeholder="firm.example" {...form.getInputProps('domains')} />
        <TextInput label={t('field.external_id')} {...form.getInputProps('external_id')} />
      </Pair>
      <CustomFields rows={form.values.custom} onChange={(rows) => form.setFieldValue('custom', rows)} />
      <Textarea label={t('field.note')} description={t('note.only_us')} autosize minRows={2} {...form.getInputProps('note')} />
    </>
  )
}

function Fields({ form, partner }: { form: PartnerForm; partner: Partner | undefined }) {
  const { t } = useTranslation('partners')
  return (
    <>
      <TextInput label={t('field.legal_name')} data-autofocus autoComplete="off" {...form.getInputProps('legal_name')} />
      <Pair>
        <TextInput label={t('field.domain')} placeholder="firm.example" autoComplete="off" {...form.getInputProps('domain')} />
        <CountrySelect label={t('field.country')} {...form.getInputProps('country')} />
      </Pair>
      {partner ? (
        <Known form={form} partner={partner} />
      ) : (
        <>
          <Tracks form={form} />
          <Candidates values={form.values} />
          <Chain form={form} partner={partner} />
        </>
      )}
    </>
  )
}

function useValueWords(partner: Partner | undefined): (field: string, value: unknown) => string | undefined {
  const { t } = useTranslation('partners')
  const regions = useRegions()
  const regionName = (code: unknown) => regions.find((one) => one.value === code)?.label ?? String(code)
  return (field, value) => {
    if (field === 'country') return countryName(String(value))
    if (Array.isArray(value) && field === 'more_regions') return value.map(regionName).join(comma())
    if (value === null) return undefined
    if (field === 'region') return regionName(value)
    if (field === 'executive_sponsor_id') return partner?.executive_sponsor_name ?? t('nobody')
    if (field === 'parent_id') return partner?.parent_name ?? undefined
    return field === 'distributor_id' ? (partner?.distributor_name ?? undefined) : undefined
  }
}

/** Adds a partner, or changes one. */
export function PartnerSheet({ partner, onClose }: { partner?: Partner; onClose: () => void }) {
  const { t } = useTranslation('partners')
  const { go } = useGo()
  const create = useWrite(api.partners.create)
  const update = useWrite(api.partners.update, partner ? { version: partner.version } : {})
  const record = usePartnerForm(partner)
  const { values, setErrors } = record.form
  const act = useAct(({ website, ...issues }) => setErrors({ ...(website ? { domain: website } : {}), ...issues }))
  const isKnown = useCandidates(values, !partner).length > 0
  const wordsOf = useValueWords(partner)
  const send = async () => {
    const save = async () => {
      if (partner) return update.mutateAsync({ id: partner.id, ...changedPartner(values, partner) })
      go(`partners/${(await create.mutateAsync({ ...newPartner(values), is_new: isKnown })).id}`)
    }
    const name = values.trading_name || values.legal_name
    if (await act.run(save, t(partner ? 'edit.done' : 'create.done', { name }))) onClose()
  }
  return (
    <RecordSheet
      title={partner ? t('edit.title', { name: partner.name }) : t('create.do')}
      doing={partner ? t('edit.do') : isKnown ? t('create.anyway') : t('create.do')}
      record={record}
      act={act}
      onSubmit={() => void send()}
      onClose={onClose}
      labelOf={(field) => t(`field.${field}`, { defaultValue: field })}
      wordsOf={wordsOf}
    >
      <Fields form={record.form} partner={partner} />
    </RecordSheet>
  )
}
