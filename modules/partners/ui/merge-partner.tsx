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
import type { Partner } from '../contract.ts'
import { StatusChip, TrackWords } from './partner-chips.tsx'

function useRows(): (ours: Partner, theirs: Partner) => Joined[] {
  const { t } = useTranslation('partners')
  const plain = (text: string | null | undefined) => (text ?? '').trim().toLocaleLowerCase()
  const same = (a: string | null | undefined, b: string | null | undefined) =>
    plain(a) && plain(a) === plain(b) ? t('merge.same') : undefined
  return (ours, theirs) => {
    const text = (key: 'name' | 'legal_name' | 'domain' | 'phone' | 'parent_name' | 'manager_name') => ({
      label: t(`field.${key.replace('_name', key === 'legal_name' ? '_name' : '')}`),
      ours: ours[key] ?? '–',
      theirs: theirs[key] ?? '–',
      agrees: same(ours[key], theirs[key]),
    })
    const rows: Joined[] = [
      text('name'),
      text('legal_name'),
      text('domain'),
      {
        label: t('field.country'),
        ours: countryName(ours.country),
        theirs: countryName(theirs.country),
        agrees: same(ours.country, theirs.country),
      },
      text('phone'),
      { label: t('field.tracks'), ours: <TrackWords tracks={ours.tracks} />, theirs: <TrackWords tracks={theirs.tracks} /> },
      { label: t('field.status'), ours: <StatusChip status={ours.status} />, theirs: <StatusChip status={theirs.status} /> },
      text('manager_name'),
      text('parent_name'),
      { label: t('field.since'), ours: <When at={ours.created_at} />, theirs: <When at={theirs.created_at} /> },
    ]
    return rows.filter((row) => row.ours !== '–' || row.theirs !== '–')
  }
}

function Choose({ both, onStay, stays }: { both: [Partner, Partner]; stays: string; onStay: (id: string) => void }) {
  const { t } = useTranslation('partners')
  return (
    <fieldset className="choices">
      <legend>{t('merge.which')}</legend>
      <div className="bar tight">
        {both.map((one) => (
          <label key={one.id} className="choice">
            <input
              type="radio"
              name="stays"
              className="visually-hidden"
              checked={stays === one.id}
              onChange={() => onStay(one.id)}
            />
            <span>{t('merge.keep', { name: one.name, number: one.number })}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Merge({ both }: { both: [Partner, Partner] }) {
  const { t } = useTranslation('partners')
  const { go } = useGo()
  const act = useAct()
  const rows = useRows()
  const older = both[0].created_at <= both[1].created_at ? both[0] : both[1]
  const [stays, setStays] = useState(older.id)
  const goes = both[0].id === stays ? both[1] : both[0]
  const kept = both[0].id === stays ? both[0] : both[1]
  const write = useWrite(api.partners.merge, { version: goes.version, also: ['deals', 'access'] })
  const submit = async () => {
    const done = t('merge.done', { goes: goes.name, stays: kept.name })
    if (await act.run(() => write.mutateAsync({ id: goes.id, into_id: stays }), done)) go(`partners/${stays}`, true)
  }
  return (
    <div className="stack" style={{ gap: 28, maxInlineSize: 920 }}>
      <p className="soft" style={{ maxInlineSize: '68ch' }}>
        {t('merge.text')}
      </p>
      <TwoCards label={t('merge.title')} rows={rows(both[0], both[1])} />
      <Choose both={both} stays={stays} onStay={setStays} />
      <div className="bar">
        <Button loading={act.isBusy} onClick={() => void submit()}>
          {t('merge.do', { goes: `#${goes.number}`, stays: `#${kept.number}` })}
        </Button>
        <span role="alert" style={{ color: 'var(--brick)' }}>
          {act.failure}
        </span>
      </div>
    </div>
  )
}

/** Two records of one firm side by side; one of them takes in the other. */
export function MergePartner({ params }: { params: Params }) {
  const { t } = useTranslation('partners')
  const { values } = useAddress()
  const ours = useRead(api.partners.get, { id: params.id ?? '' })
  const theirs = useRead(api.partners.get, { id: values.with ?? '' }, { enabled: Boolean(values.with) })
  const error = ours.error ?? theirs.error
  if (error) return <ErrorState error={error} />
  return (
    <>
      <Heading title={t('merge.title')} crumb={{ label: t('list.title'), to: 'partners' }} />
      {ours.data && theirs.data ? <Merge both={[ours.data, theirs.data]} /> : <Waiting />}
    </>
  )
}
