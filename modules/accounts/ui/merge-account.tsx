import { useTranslation } from 'react-i18next'
import { api, useRead, useRefresh } from '../../../web/api.ts'
import { writeKey } from '../../../web/ask.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useAddress } from '../../../web/kit/go.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { MergeTwo } from '../../../web/kit/merge-two.tsx'
import { type Joined, textLine } from '../../../web/kit/two-cards.tsx'
import type { Params } from '../../../web/pages.ts'
import type { Account } from '../shapes.ts'
import { AccountChips } from './account-chips.tsx'

const countryOf = ({ country }: Account) => country && countryName(country)
const sitesOf = ({ domain, domains }: Account) => [domain, ...domains].filter(Boolean).join(', ')

function useRows(): (ours: Account, theirs: Account) => Joined[] {
  const { t } = useTranslation('accounts')
  const line = (key: string, a: string | null, b: string | null) => textLine(t(`field.${key}`), a, b, t('merge.same'))
  return (ours, theirs) => [
    line('name', ours.name, theirs.name),
    line('domain', sitesOf(ours), sitesOf(theirs)),
    line('country', countryOf(ours), countryOf(theirs)),
    line('company_number', ours.company_number, theirs.company_number),
    { label: t('field.state'), ours: <AccountChips account={ours} />, theirs: <AccountChips account={theirs} /> },
    line('owner', ours.owner_name, theirs.owner_name),
    line('parent', ours.parent_name, theirs.parent_name),
    line('external_id', ours.external_id, theirs.external_id),
    { label: t('field.since'), ours: <When at={ours.created_at} />, theirs: <When at={theirs.created_at} /> },
  ]
}

/** Two accounts side by side; one takes in the other. */
export function MergeAccount({ params }: { params: Params }) {
  const { t } = useTranslation('accounts')
  const { values } = useAddress()
  const { refresh } = useRefresh()
  const ours = useRead(api.accounts.get, { id: params.id ?? '' })
  const theirs = useRead(api.accounts.get, { id: values.with ?? '' }, { enabled: Boolean(values.with) })
  return (
    <MergeTwo
      room="accounts"
      read={[ours, theirs]}
      rows={useRows()}
      choice={(one, at) => t(at === 0 ? 'merge.left' : 'merge.right', { name: one.name })}
      doing={() => t('merge.do')}
      merge={(goes, stays) =>
        refresh(['accounts', 'deals'], () =>
          api.accounts.merge({ id: goes.id, into_id: stays.id }, { version: goes.version, key: writeKey() }),
        )
      }
    />
  )
}
