import { IconBookmark, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { Go } from '../../../web/kit/go.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { Facts, type NextAction, Note, RecordPage, Section } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import type { Params } from '../../../web/pages.ts'
import { useCan } from '../../../web/session.ts'
import { AccessWhy } from '../../access/ui/access-why.tsx'
import type { Account } from '../shapes.ts'
import { AccountChips } from './account-chips.tsx'
import { AccountDeals } from './account-deals.tsx'
import { AccountDomains } from './account-domains.tsx'
import { AccountSheet } from './account-sheet.tsx'
import { AccountTimeline } from './account-timeline.tsx'
import { NamedEntries } from './named-entries.tsx'
import { NamedSheet } from './named-sheet.tsx'
import { Opportunities } from './opportunities.tsx'

function Twin({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  const can = useCan()
  const { name, domain, country, company_number } = account
  const about = {
    name,
    ...(domain ? { domain } : {}),
    ...(country ? { country } : {}),
    ...(company_number ? { company_number } : {}),
  }
  const { data } = useRead(api.accounts.candidates, about, { enabled: can('accounts.merge') && !account.merged_into_id })
  const family = new Set(account.family.map((one) => one.id))
  const twin = data?.items.find((one) => one.id !== account.id && !family.has(one.id))
  if (!twin) return null
  return (
    <Note tone="waiting">
      <span className="strong">{t('twin.title', { name: twin.name })}</span>
      <span>{t('twin.text', { how: twin.agrees.map((how) => t(`agrees.${how}`)).join(', ') })}</span>
      <div>
        <Go to={`accounts/${account.id}/merge?with=${twin.id}`}>{t('twin.do')}</Go>
      </div>
    </Note>
  )
}

function Family({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  if (account.family.length === 0) return null
  return (
    <Section title={t('family.title')}>
      <ul className="tally">
        {account.family.map((one) => (
          <li key={one.id} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
            <span className="ellipsis">
              <Go to={`accounts/${one.id}`}>{one.name}</Go>
            </span>
            <span className="soft small">
              {[t(`family.${one.relation}`), one.country && countryName(one.country)].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function useActions(account: Account, open: (sheet: 'edit' | 'name') => void): NextAction[] {
  const { t } = useTranslation('accounts')
  const can = useCan()
  if (account.merged_into_id) return []
  return [
    ...(can('accounts.update')
      ? [{ key: 'edit', label: t('edit.change'), icon: IconPencil, onDo: () => open('edit') } satisfies NextAction]
      : []),
    ...(can('accounts.name')
      ? [
          {
            key: 'name',
            label: t('named.add'),
            icon: IconBookmark,
            reason: account.is_named ? t('named.already') : null,
            onDo: () => open('name'),
          } satisfies NextAction,
        ]
      : []),
  ]
}

function AccountFacts({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  return (
    <Facts
      facts={[
        { label: t('field.country'), value: account.country && countryName(account.country), isHonour: true },
        { label: t('field.owner'), value: account.owner_name, isHonour: true },
        { label: t('field.segment'), value: account.segment },
        {
          label: t('field.company_number'),
          value: account.company_number && <span className="figure">{account.company_number}</span>,
        },
        account.customer_since_on && { label: t('field.customer_since'), value: <When at={account.customer_since_on} /> },
        { label: t('field.external_id'), value: account.external_id },
        { label: t('field.since'), value: <When at={account.created_at} /> },
        ...Object.entries(account.custom).map(([label, value]) => ({ label, value: value === null ? null : String(value) })),
      ]}
    />
  )
}

function Record({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  const can = useCan()
  const [sheet, setSheet] = useState<'edit' | 'name' | null>(null)
  const actions = useActions(account, setSheet)
  const close = () => setSheet(null)
  return (
    <>
      <RecordPage
        title={account.name}
        crumb={{ label: t('list.title'), to: 'accounts' }}
        actions={actions}
        states={<AccountChips account={account} />}
        why={
          <>
            <AccountDomains account={account} />
            <Family account={account} />
            <NamedEntries account={account} />
            <AccessWhy subject_type="accounts" subject_id={account.id} permission="accounts.update" />
          </>
        }
      >
        {account.merged_into_id && (
          <Note>
            <span className="strong">{t('merged')}</span>
            <Go to={`accounts/${account.merged_into_id}`}>{t('merged_to')}</Go>
          </Note>
        )}
        <Twin account={account} />
        <Section title={t('facts')}>
          <AccountFacts account={account} />
          {account.note && <p style={{ whiteSpace: 'pre-line', marginBlockStart: 12, maxInlineSize: '68ch' }}>{account.note}</p>}
        </Section>
        <Opportunities account={account} />
        {can('deals.read') && <AccountDeals account={account} />}
        <AccountTimeline id={account.id} />
      </RecordPage>
      {sheet === 'edit' && <AccountSheet account={account} onClose={close} />}
      {sheet === 'name' && <NamedSheet account={account} onClose={close} />}
    </>
  )
}

/** An account of the host with everything that weighs when a partner registers it. */
export function AccountPage({ params }: { params: Params }) {
  const { data: account, error, refetch } = useRead(api.accounts.get, { id: params.id ?? '' })
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  if (!account || account.id !== params.id) return <Waiting />
  return <Record account={account} />
}
