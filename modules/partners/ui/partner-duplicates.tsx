import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Go } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { EmptyState, ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useCan } from '../../../web/session.ts'
import { StatusChip } from './partner-chips.tsx'

/** Groups of partners that may be one firm. */
export function PartnerDuplicates() {
  const { t } = useTranslation('partners')
  const can = useCan()
  const { data, error, refetch } = useRead(api.partners.duplicates, {})
  const heading = <Heading title={t('duplicates.title')} crumb={{ label: t('list.title'), to: 'partners' }} />
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  return (
    <>
      {heading}
      {!data && <Waiting />}
      {data?.items.length === 0 && <EmptyState title={t('duplicates.none')}>{t('duplicates.none_text')}</EmptyState>}
      {data && data.items.length > 0 && <p className="lede">{t('duplicates.text')}</p>}
      <ul className="inbox" aria-label={t('duplicates.title')}>
        {data?.items.map((group) => {
          const [first, second] = group.partners
          return (
            <li key={`${group.by} ${group.value}`} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
              <div style={{ minInlineSize: 0 }}>
                <div className="what">{t(`duplicates.by_${group.by}`, { value: group.value })}</div>
                <ul className="bar" style={{ gap: '4px 24px' }}>
                  {group.partners.map((one) => (
                    <li key={one.id} className="bar tight">
                      <Go to={`partners/${one.id}`}>{one.name}</Go>
                      <span className="soft small figure">
                        {t('number', { number: one.number })} · {countryName(one.country)}
                      </span>
                      <StatusChip status={one.status} />
                    </li>
                  ))}
                </ul>
              </div>
              {can('partners.merge') && first && second && (
                <Go to={`partners/${first.id}/merge?with=${second.id}`}>{t('twin.do')}</Go>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
