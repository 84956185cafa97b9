import { useTranslation } from 'react-i18next'
import { api, useRead, useRefresh } from '../../../web/api.ts'
import { writeKey } from '../../../web/ask.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useAddress, useGo } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { MergeTwo } from '../../../web/kit/merge-two.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import type { Joined } from '../../../web/kit/two-cards.tsx'
import type { Params } from '../../../web/pages.ts'
import type { Account } from '../shapes.ts'
import { AccountChips } from './account-chips.tsx'

function useRows(): (ours: Account, theirs: Account) => Joined[] {
  const { t } = useTranslation('accounts')
  return (ours, theirs) => {
    const plain = (text: string | null) => (text ?? '').trim().toLocaleLowerCase()
    const line = (key: string, a: string | null, b: string | null) => ({
      label: t(`field.${key}`),
      ours: a || '–',
      theirs: b || '–',
      agrees: plain(a) && plain(a) === plain(b) ? t('merge.same') : undefined,
    })
    const country = (code: string | null) => (code ? countryName(code) : null)
    const sites = (one: Account) => [one.domain, ...one.domains].filter(Boolean).join(', ')
    const rows: Joined[] = [
      line('name', ours.name, theirs.name),
      line('domain', sites(ours), sites(theirs)),
      line('country', country(ours.country), country(theirs.country)),
      line('company_number', ours.company_number, theirs.company_number),
      { label: t('field.state'), ours: <AccountChips account={ours} />, theirs: <AccountChips account={theirs} /> },
      line('owner', ours.owner_name, theirs.owner_name),
      line('parent', ours.parent_name, theirs.parent_name),
      line('external_id', ours.external_id, theirs.external_id),
      { label: t('field.since'), ours: <When at={ours.created_at} />, theirs: <When at={theirs.created_at} /> },
    ]
    return rows.filter((row) => row.ours !== '–' || row.theirs !== '–')
  }
}

function Merge({ both }: { both: [Account, Account] }) {
  const { t } = useTranslation('accounts')
  const { go } = useGo()
  const rows = useRows()
  const { refresh } = useRefresh()
  return (
    <MergeTwo
      both={both}
      rows={rows(both[0], both[1])}
      words={{
        title: t('merge.title'),
        text: t('merge.text'),
        which: t('merge.which'),
        choice: (one, at) => t(at === 0 ? 'merge.left' : 'merge.right', { name: one.name }),
        doing: () => t('merge.do'),
        done: (goes, stays) => t('merge.done', { goes: goes.name, stays: stays.name }),
      }}
      merge={async (goes, stays) => {
        await refresh(['accounts', 'deals'], () =>
          api.accounts.merge({ id: goes.id, into_id: stays.id }, { version: goes.version, key: writeKey() }),
        )
        go(`accounts/${stays.id}`, true)
      }}
    />
  )
}

/** Two accounts side by side; one takes in the other. */
export function MergeAccount({ params }: { params: Params }) {
  const { t } = useTranslation('accounts')
  const { values } = useAddress()
  const ours = useRead(api.accounts.get, { id: params.id ?? '' })
  const theirs = useRead(api.accounts.get, { id: values.with ?? '' }, { enabled: Boolean(values.with) })
  const error = ours.error ?? theirs.error
  if (error) return <ErrorState error={error} />
  return (
    <>
      <Heading title={t('merge.title')} crumb={{ label: t('list.title'), to: 'accounts' }} />
      {ours.data && theirs.data ? <Merge both={[ours.data, theirs.data]} /> : <Waiting />}
    </>
  )
}
