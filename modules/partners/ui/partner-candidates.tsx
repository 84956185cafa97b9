import { useDebouncedValue } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Go } from '../../../web/kit/go.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { Note } from '../../../web/kit/record-page.tsx'
import type { Candidate } from '../shapes.ts'
import { StatusChip } from './partner-chips.tsx'

interface About {
  legal_name: string
  domain: string
  country: string
}

/** Partners that may be this very firm, found while it is typed. */
export function useCandidates(values: About, enabled = true): Candidate[] {
  const [about] = useDebouncedValue(`${values.legal_name}\n${values.domain}\n${values.country}`, 300)
  const [name = '', domain = '', country = ''] = about.split('\n').map((part) => part.trim())
  const isEnough = name.length >= 3 || domain.includes('.')
  const { data } = useRead(
    api.partners.candidates,
    { ...(name ? { name } : {}), ...(domain.includes('.') ? { domain } : {}), ...(country ? { country } : {}) },
    { enabled: enabled && isEnough },
  )
  return isEnough && enabled ? (data?.items ?? []).slice(0, 4) : []
}

export function Candidates({ values }: { values: About }) {
  const { t } = useTranslation('partners')
  const found = useCandidates(values)
  if (found.length === 0) return null
  return (
    <Note tone="waiting">
      <span className="strong">{t('candidates.title', { count: found.length })}</span>
      <ul className="stack" style={{ gap: 6 }} aria-live="polite">
        {found.map((one) => (
          <li key={one.id} className="bar tight">
            <Go to={`partners/${one.id}`}>{one.name}</Go>
            <span className="soft small">
              {[countryName(one.country), one.agrees.map((field) => t(`agrees.${field}`)).join(', ')].filter(Boolean).join(' · ')}
            </span>
            <span className="push">
              <StatusChip status={one.status} />
            </span>
          </li>
        ))}
      </ul>
    </Note>
  )
}
