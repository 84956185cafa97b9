import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Go } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { countryName, numberText } from '../../../web/kit/locale.ts'
import { EmptyState, ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useCan } from '../../../web/session.ts'

/** Accounts that repeat one another, and how many families there are. */
export function AccountDuplicates() {
  const { t } = useTranslation('accounts')
  const can = useCan()
  const { data, error, refetch } = useRead(api.accounts.duplicates, { limit: 200 })
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  return (
    <>
      <Heading title={t('duplicates.title')} crumb={{ label: t('list.title'), to: 'accounts' }} />
      {!data && <Waiting />}
      {data && (
        <div className="bar" style={{ gap: '8px 40px', marginBlockEnd: 20 }}>
          <p>
            <span className="honour">{numberText(data.duplicates)}</span>{' '}
            <span className="soft">{t('duplicates.count', { count: data.duplicates })}</span>
          </p>
          <p>
            <span className="honour">{numberText(data.families)}</span>{' '}
            <span className="soft">{t('duplicates.families', { count: data.families })}</span>
          </p>
        </div>
      )}
      {data?.groups.length === 0 && <EmptyState title={t('duplicates.none')}>{t('duplicates.none_text')}</EmptyState>}
      {data && data.groups.length > 0 && (
        <p className="soft" style={{ marginBlockEnd: 16, maxInlineSize: '68ch' }}>
          {t('duplicates.text')}
        </p>
      )}
      <ul className="inbox" aria-label={t('duplicates.title')}>
        {data?.groups.map((group) => {
          const [first, second] = group.accounts
          return (
            <li key={`${group.by} ${group.value}`} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
              <div style={{ minInlineSize: 0 }}>
                <div className="what">{t(`duplicates.by_${group.by}`, { value: group.value })}</div>
                <ul className="bar" style={{ gap: '4px 24px' }}>
                  {group.accounts.map((one) => (
                    <li key={one.id}>
                      <Go to={`accounts/${one.id}`}>{one.name}</Go>{' '}
                      <span className="soft small">
                        {[one.country && countryName(one.country), one.domain].filter(Boolean).join(' · ')}
                      </span>
                    </li>
                  ))}
                </ul>
              </div>
              {can('accounts.merge') && first && second && (
                <Go to={`accounts/${first.id}/merge?with=${second.id}`}>{t('twin.do')}</Go>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
