import { useTranslation } from 'react-i18next'
import { type CustomRow, customOf, customRows } from '../../../web/kit/custom-fields.tsx'
import { useRecordForm } from '../../../web/kit/use-record-form.ts'
import type { Partner, PartnerTrack } from '../shapes.ts'

interface Values extends Record<string, unknown> {
  legal_name: string
  trading_name: string
  domain: string
  domains: string
  country: string
  region: string | null
  more_regions: string[]
  tracks: PartnerTrack['track'][]
  phone: string
  description: string
  parent_id: string | null
  distributor_id: string | null
  executive_sponsor_id: string | null
  external_id: string
  note: string
  custom: CustomRow[]
}

const siteOf = (partner: Partner | undefined): string => partner?.website ?? partner?.domain ?? ''

/** From the one line that says where a firm is found: its address as written, and the domain by which it is known. */
const site = (typed: string) => ({ domain: typed || null, website: typed && !typed.includes('@') ? typed : null })

const start = (partner: Partner | undefined): Values => ({
  legal_name: partner?.legal_name ?? '',
  trading_name: partner?.trading_name ?? '',
  domain: siteOf(partner),
  domains: partner?.domains.join(', ') ?? '',
  country: partner?.country ?? '',
  region: partner?.region ?? null,
  more_regions: partner?.more_regions ?? [],
  tracks: partner?.tracks.map((one) => one.track) ?? [],
  phone: partner?.phone ?? '',
  description: partner?.description ?? '',
  parent_id: partner?.parent_id ?? null,
  distributor_id: partner?.distributor_id ?? null,
  executive_sponsor_id: partner?.executive_sponsor_id ?? null,
  external_id: partner?.external_id ?? '',
  note: partner?.note ?? '',
  custom: customRows(partner?.custom),
})

/** A new partner needs few fields; the rest comes with the record. */
export const newPartner = ({ legal_name, domain, country, tracks, parent_id, distributor_id }: Values) => ({
  legal_name,
  ...site(domain.trim()),
  country,
  parent_id,
  distributor_id,
  tracks: tracks.map((track) => ({ track, tier: '' })),
})

/** From the screen to the verb: an empty line is no value. */
export const changedPartner = ({ tracks: _, domain, domains, custom, ...values }: Values, partner: Partner) => ({
  ...values,
  trading_name: values.trading_name.trim() || null,
  ...(domain.trim() === siteOf(partner) ? {} : site(domain.trim())),
  domains: domains.split(/[\s,;]+/).filter(Boolean),
  phone: values.phone.trim() || null,
  external_id: values.external_id.trim() || null,
  custom: customOf(custom, partner.custom),
})

export function usePartnerForm(partner: Partner | undefined) {
  const { t } = useTranslation('partners')
  return useRecordForm<Values>(
    { values: start(partner), version: partner?.version },
    {
      legal_name: (value) => (value.trim() ? null : t('form.name_needed')),
      country: (value) => (value ? null : t('form.country_needed')),
    },
  )
}
export type PartnerForm = ReturnType<typeof usePartnerForm>['form']
