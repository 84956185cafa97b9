import { IconBookmark, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../../web/kit/figures.tsx'
import type { AccountRow } from '../shapes.ts'

/** Customer or prospect, and whether it is on the named list today. */
export function AccountChips({ account }: { account: Pick<AccountRow, 'is_customer' | 'is_named'> }) {
  const { t } = useTranslation('accounts')
  return (
    <span className="bar tight" style={{ columnGap: 14 }}>
      <Chip icon={account.is_customer ? IconCircleCheck : IconCircleDashed} tone={account.is_customer ? 'good' : 'plain'}>
        {t(account.is_customer ? 'customer' : 'prospect')}
      </Chip>
      {account.is_named && (
        <Chip icon={IconBookmark} tone="primary">
          {t('named.is')}
        </Chip>
      )}
    </span>
  )
}
