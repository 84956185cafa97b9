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
import type { Partner } from '../shapes.ts'
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

function Merge({ both }: { both: [Partner, Partner] }) {
  const { t } = useTranslation('partners')
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
        choice: (one) => t('merge.keep', { name: one.name, number: one.number }),
        doing: (goes, stays) => t('merge.do', { goes: `#${goes.number}`, stays: `#${stays.number}` }),
        done: (goes, stays) => t('merge.done', { goes: goes.name, stays: stays.name }),
      }}
      merge={async (goes, stays) => {
        await refresh(['partners', 'deals', 'access'], () =>
          api.partners.merge({ id: goes.id, into_id: stays.id }, { version: goes.version, key: writeKey() }),
        )
        go(`partners/${stays.id}`, true)
      }}
    />
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
