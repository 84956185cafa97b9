import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useGo } from '../../../web/kit/go.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { Facts } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { StatusChip, TrackWords } from './partner-chips.tsx'

/** A look at a partner without leaving the list. */
export function PartnerPeek({ id }: { id: string }) {
  const { t } = useTranslation('partners')
  const { go } = useGo()
  const { data: partner, error } = useRead(api.partners.get, { id })
  if (error) return <ErrorState error={error} />
  if (!partner) return <Waiting rows={5} />
  return (
    <div className="stack">
      <h2 className="honour" style={{ fontSize: '1.375rem' }}>
        {partner.name}
      </h2>
      <StatusChip status={partner.status} />
      {partner.description && <p className="soft">{partner.description}</p>}
      <Facts
        facts={[
          { label: t('field.tracks'), value: <TrackWords tracks={partner.tracks} /> },
          { label: t('field.country'), value: countryName(partner.country) },
          { label: t('field.manager'), value: partner.manager_name ?? t('nobody') },
          { label: t('field.domain'), value: partner.domain },
          { label: t('field.parent'), value: partner.parent_name },
          { label: t('field.distributor'), value: partner.distributor_name },
          { label: t('field.since'), value: <When at={partner.created_at} /> },
        ]}
      />
      <div>
        <Button variant="default" onClick={() => go(`partners/${partner.id}`)}>
          {t('open')}
        </Button>
      </div>
    </div>
  )
}
