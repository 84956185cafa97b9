import { Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { countryOptions } from '../../../web/kit/countries.ts'
import { useGo } from '../../../web/kit/go.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import type { Partner, PartnerTrack } from '../contract.ts'
import { TRACKS } from '../rules.ts'
import { useRegions } from './choices.ts'
import { Candidates, useCandidates } from './partner-candidates.tsx'
import { PartnerSelect } from './partner-select.tsx'

interface Values extends Record<string, unknown> {
  legal_name: string
  trading_name: string
  domain: string
  country: string
  region: string | null
  tracks: PartnerTrack['track'][]
  website: string
  phone: string
  description: string
  parent_id: string | null
  distributor_id: string | null
  note: string
}

const start = (partner: Partner | undefined): Values => ({
  legal_name: partner?.legal_name ?? '',
  trading_name: partner?.trading_name ?? '',
  domain: partner?.domain ?? '',
  country: partner?.country ?? '',
  region: partner?.region ?? null,
  tracks: partner?.tracks.map((one) => one.track) ?? [],
  website: partner?.website ?? '',
  phone: partner?.phone ?? '',
  description: partner?.description ?? '',
  parent_id: partner?.parent_id ?? null,
  distributor_id: partner?.distributor_id ?? null,
  note: partner?.note ?? '',
})

/** From the screen to the verb: an empty line is no value. */
const inputOf = ({ tracks: _, ...values }: Values) => ({
  ...values,
  trading_name: values.trading_name.trim() || null,
  domain: values.domain.trim() || null,
  website: values.website.trim() || null,
  phone: values.phone.trim() || null,
})

function usePartnerForm(partner: Partner | undefined) {
  const { t } = useTranslation('partners')
  return useForm<Values>({
    initialValues: start(partner),
    validate: {
      legal_name: (value) => (value.trim() ? null : t('form.name_needed')),
      country: (value) => (value ? null : t('form.country_needed')),
    },
  })
}
type Form = ReturnType<typeof usePartnerForm>

function Tracks({ form }: { form: Form }) {
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

function Chain({ form, partner }: { form: Form; partner: Partner | undefined }) {
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

function Fields({ form, partner }: { form: Form; partner: Partner | undefined }) {
  const { t, i18n } = useTranslation('partners')
  const regions = useRegions()
  // oxlint-disable-next-line react/exhaustive-deps -- the names change with the language
  const countries = useMemo(countryOptions, [i18n.language])
  const two = { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: 12, alignItems: 'start' }
  return (
    <>
      <TextInput label={t('field.legal_name')} data-autofocus autoComplete="off" {...form.getInputProps('legal_name')} />
      <div style={two}>
        <TextInput label={t('field.domain')} placeholder="firm.example" autoComplete="off" {...form.getInputProps('domain')} />
        <Select
          {...form.getInputProps('country')}
          label={t('field.country')}
          data={countries}
          searchable
          value={form.values.country || null}
          onChange={(value) => form.setFieldValue('country', value ?? '')}
        />
      </div>
      {!partner && <Tracks form={form} />}
      {!partner && <Candidates values={form.values} />}
      {partner && (
        <>
          <div style={two}>
            <TextInput label={t('field.trading_name')} {...form.getInputProps('trading_name')} />
            <Select label={t('field.region')} data={regions} clearable {...form.getInputProps('region')} />
          </div>
          <div style={two}>
            <TextInput label={t('field.website')} placeholder="https://" {...form.getInputProps('website')} />
            <TextInput label={t('field.phone')} {...form.getInputProps('phone')} />
          </div>
          <Textarea label={t('field.description')} autosize minRows={2} {...form.getInputProps('description')} />
        </>
      )}
      <Chain form={form} partner={partner} />
      {partner && (
        <Textarea label={t('field.note')} description={t('note.only_us')} autosize minRows={2} {...form.getInputProps('note')} />
      )}
    </>
  )
}

/** Adds a partner, or changes one. */
export function PartnerSheet({ partner, onClose }: { partner?: Partner; onClose: () => void }) {
  const { t } = useTranslation('partners')
  const { go } = useGo()
  const create = useWrite(api.partners.create)
  const update = useWrite(api.partners.update, partner ? { version: partner.version } : {})
  const form = usePartnerForm(partner)
  const act = useAct(form.setErrors)
  const found = useCandidates(form.values, !partner)
  const isKnown = found.length > 0
  const send = async () => {
    if (form.validate().hasErrors) return
    const input = inputOf(form.values)
    const name = form.values.trading_name || form.values.legal_name
    const save = async () => {
      if (partner) return update.mutateAsync({ id: partner.id, ...input })
      const { note: _n, website: _w, phone: _p, description: _d, trading_name: _t, region: _r, ...few } = input
      const made = await create.mutateAsync({
        ...few,
        tracks: form.values.tracks.map((track) => ({ track, tier: '' })),
        is_new: isKnown,
      })
      go(`partners/${made.id}`)
    }
    if (await act.run(save, t(partner ? 'edit.done' : 'create.done', { name }))) onClose()
  }
  return (
    <AskSheet
      title={partner ? t('edit.title', { name: partner.name }) : t('create.do')}
      doing={partner ? t('edit.do') : isKnown ? t('create.anyway') : t('create.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void send()}
    >
      <Fields form={form} partner={partner} />
    </AskSheet>
  )
}
