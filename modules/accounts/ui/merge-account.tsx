import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useAddress, useGo } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { type Joined, TwoCards } from '../../../web/kit/two-cards.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
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
  const act = useAct()
  const rows = useRows()
  const [a, b] = both
  const older = a.created_at <= b.created_at ? a : b
  const [stays, setStays] = useState(older.id)
  const [kept, goes] = a.id === stays ? [a, b] : [b, a]
  const write = useWrite(api.accounts.merge, { version: goes.version, also: ['deals'] })
  const submit = async () => {
    const done = t('merge.done', { goes: goes.name, stays: kept.name })
    if (await act.run(() => write.mutateAsync({ id: goes.id, into_id: kept.id }), done)) go(`accounts/${kept.id}`, true)
  }
  return (
    <div className="stack" style={{ gap: 28, maxInlineSize: 920 }}>
      <p className="soft" style={{ maxInlineSize: '68ch' }}>
        {t('merge.text')}
      </p>
      <TwoCards label={t('merge.title')} rows={rows(a, b)} />
      <fieldset className="choices">
        <legend>{t('merge.which')}</legend>
        <div className="bar tight">
          {both.map((one, i) => (
            <label key={one.id} className="choice">
              <input
                type="radio"
                name="stays"
                className="visually-hidden"
                checked={stays === one.id}
                onChange={() => setStays(one.id)}
              />
              <span>{t(i === 0 ? 'merge.left' : 'merge.right', { name: one.name })}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="bar">
        <Button loading={act.isBusy} onClick={() => void submit()}>
          {t('merge.do')}
        </Button>
        <span role="alert" style={{ color: 'var(--brick)' }}>
          {act.failure}
        </span>
      </div>
    </div>
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
