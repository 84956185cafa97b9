import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { useGo } from '../../../web/kit/go.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { Facts } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { AccountChips } from './account-chips.tsx'

/** A look at an account without leaving the list. */
export function AccountPeek({ id }: { id: string }) {
  const { t } = useTranslation('accounts')
  const { go } = useGo()
  const { data: account, error } = useRead(api.accounts.get, { id })
  const { data: open } = useRead(api.accounts.list_opportunities, { account_id: id, is_open: true, limit: 5 })
  if (error) return <ErrorState error={error} />
  if (!account) return <Waiting rows={5} />
  return (
    <div className="stack">
      <h2 className="honour" style={{ fontSize: '1.375rem' }}>
        {account.name}
      </h2>
      <AccountChips account={account} />
      <Facts
        facts={[
          { label: t('field.country'), value: account.country && countryName(account.country) },
          { label: t('field.domain'), value: [account.domain, ...account.domains].filter(Boolean).join(', ') },
          { label: t('field.owner'), value: account.owner_name },
          { label: t('field.parent'), value: account.parent_name },
          { label: t('opportunities.open'), value: open?.items.map((one) => one.name).join(', ') },
        ]}
      />
      <div>
        <Button variant="default" onClick={() => go(`accounts/${account.id}`)}>
          {t('open')}
        </Button>
      </div>
    </div>
  )
}
