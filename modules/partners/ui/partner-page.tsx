import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { Go, useAddress } from '../../../web/kit/go.tsx'
import { comma, countryName } from '../../../web/kit/locale.ts'
import { Facts, Note, RecordPage, Section } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import type { Params } from '../../../web/pages.ts'
import { useCan } from '../../../web/session.ts'
import { AccessWhy } from '../../access/ui/access-why.tsx'
import type { Partner } from '../shapes.ts'
import { ManagerSheet } from './manager-sheet.tsx'
import { usePartnerActions } from './partner-actions.tsx'
import { useCandidates } from './partner-candidates.tsx'
import { StatusChip } from './partner-chips.tsx'
import { PartnerDeals } from './partner-deals.tsx'
import { PartnerFamily } from './partner-family.tsx'
import { PartnerPeople } from './partner-people.tsx'
import { PartnerTimeline } from './partner-timeline.tsx'
import { PartnerTracks } from './partner-tracks.tsx'

/** Says that another record may be the same firm, and leads to the comparison. */
function Twin({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners')
  const can = useCan()
  const about = { legal_name: partner.legal_name, domain: partner.domain ?? '', country: partner.country }
  const found = useCandidates(about, can('partners.merge') && !partner.merged_into_id)
  const twin = found.find((one) => one.id !== partner.id && !one.is_family && one.status !== 'terminated')
  if (!twin) return null
  return (
    <Note tone="waiting">
      <span className="strong">{t('twin.title', { name: twin.name })}</span>
      <span>{t('twin.text', { how: twin.agrees.map((field) => t(`agrees.${field}`)).join(', ') })}</span>
      <div>
        <Go to={`partners/${partner.id}/merge?with=${twin.id}`}>{t('twin.do')}</Go>
      </div>
    </Note>
  )
}

function StatusNote({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners')
  if (partner.merged_into_id)
    return (
      <Note>
        <span className="strong">{t('merged')}</span>
        <Go to={`partners/${partner.merged_into_id}`}>{t('merged_to')}</Go>
      </Note>
    )
  if (partner.status === 'onboarding') return <Note tone="waiting">{t('onboarding_note')}</Note>
  if (partner.status !== 'suspended' && partner.status !== 'terminated') return null
  return (
    <Note tone={partner.status === 'suspended' ? 'urgent' : 'plain'}>
      <span className="strong">
        {t(`status_since.${partner.status}`)} <When at={partner.status_at} />
        {partner.status_reason && `: ${t(`reason.${partner.status_reason}`, { defaultValue: partner.status_reason })}`}
      </span>
      {partner.status_text && <span style={{ whiteSpace: 'pre-line' }}>{partner.status_text}</span>}
    </Note>
  )
}

function PartnerFacts({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners')
  const known = useRead(api.ecosystems.list_regions, { limit: 200 }).data?.items
  const regions = [...(partner.region ? [partner.region] : []), ...partner.more_regions].map(
    (code) => known?.find((one) => one.code === code)?.name ?? code,
  )
  const site = partner.website ?? (partner.domain ? `https://${partner.domain}` : null)
  return (
    <Facts
      facts={[
        { label: t('field.manager'), value: partner.manager_name ?? <span className="soft">{t('nobody')}</span>, isHonour: true },
        { label: t('field.country'), value: countryName(partner.country), isHonour: true },
        regions.join() !== countryName(partner.country) && {
          label: t(regions.length > 1 ? 'field.regions' : 'field.region'),
          value: regions.join(comma()),
        },
        partner.legal_name !== partner.name && { label: t('field.legal_name'), value: partner.legal_name },
        {
          label: t('field.domain'),
          value: site && (
            <a href={site} rel="noreferrer" target="_blank">
              {partner.domain ?? partner.website}
            </a>
          ),
        },
        { label: t('field.domains'), value: partner.domains.join(', ') },
        { label: t('field.phone'), value: partner.phone },
        { label: t('field.sponsor'), value: partner.executive_sponsor_name },
        { label: t('field.since'), value: <When at={partner.created_at} /> },
        { label: t('field.external_id'), value: partner.external_id },
        ...Object.entries(partner.custom ?? {}).map(([label, value]) => ({
          label,
          value: value === null ? null : String(value),
        })),
      ]}
    />
  )
}

function HostNote({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners')
  if (!partner.note) return null
  return (
    <Section title={t('field.note')}>
      <Note>
        <span style={{ whiteSpace: 'pre-line' }}>{partner.note}</span>
        <span className="soft small">{t('note.only_us')}</span>
      </Note>
    </Section>
  )
}

function Record({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners')
  const can = useCan()
  const { actions, sheet } = usePartnerActions(partner)
  const { values, set } = useAddress()
  // Home leads here with what it asks for.
  const [isAssigning, setAssigning] = useState(values.do === 'no_manager' && can('partners.assign_manager'))
  const endAssigning = () => {
    setAssigning(false)
    if (values.do) set({ do: null })
  }
  return (
    <>
      <RecordPage
        title={partner.name}
        crumb={{ label: t('list.title'), to: 'partners' }}
        actions={actions}
        states={
          <>
            <StatusChip status={partner.status} />
            {partner.tracks.map(({ track, tier }) => (
              <span key={track} className="small">
                {t(`track.${track}`)} {tier && <span className="soft">{tier}</span>}
              </span>
            ))}
            <span className="soft small figure">{t('number', { number: partner.number })}</span>
          </>
        }
        why={
          <>
            <PartnerFamily partner={partner} />
            <PartnerPeople partner={partner} />
            <HostNote partner={partner} />
            <AccessWhy subject_type="partners" subject_id={partner.id} permission="partners.update" />
          </>
        }
      >
        <StatusNote partner={partner} />
        <Twin partner={partner} />
        <Section
          title={t('facts')}
          beside={
            can('partners.assign_manager') && (
              <Button size="compact-sm" variant="subtle" onClick={() => setAssigning(true)}>
                {t('manager.change')}
              </Button>
            )
          }
        >
          {partner.description && <p style={{ marginBlockEnd: 8, maxInlineSize: '68ch' }}>{partner.description}</p>}
          <PartnerFacts partner={partner} />
        </Section>
        <PartnerTracks partner={partner} />
        {can('deals.read') && <PartnerDeals partner={partner} />}
        <PartnerTimeline id={partner.id} />
      </RecordPage>
      {sheet}
      {isAssigning && <ManagerSheet partner={partner} onClose={endAssigning} />}
    </>
  )
}

/** A partner, as the host sees it. */
export function PartnerPage({ params }: { params: Params }) {
  const { data: partner, error, refetch } = useRead(api.partners.get, { id: params.id ?? '' })
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  if (!partner || partner.id !== params.id) return <Waiting />
  return <Record partner={partner} />
}
