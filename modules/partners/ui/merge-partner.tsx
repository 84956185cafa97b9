import { useTranslation } from 'react-i18next'
import { api, useRead, useRefresh } from '../../../web/api.ts'
import { writeKey } from '../../../web/ask.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useAddress } from '../../../web/kit/go.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { MergeTwo } from '../../../web/kit/merge-two.tsx'
import { type Joined, textLine } from '../../../web/kit/two-cards.tsx'
import type { Params } from '../../../web/pages.ts'
import type { Partner } from '../shapes.ts'
import { StatusChip, TrackWords } from './partner-chips.tsx'

function useRows(): (ours: Partner, theirs: Partner) => Joined[] {
  const { t } = useTranslation('partners')
  const line = (key: string, a: string | null | undefined, b: string | null | undefined) =>
    textLine(t(`field.${key}`), a, b, t('merge.same'))
  return (ours, theirs) => [
    line('name', ours.name, theirs.name),
    line('legal_name', ours.legal_name, theirs.legal_name),
    line('domain', ours.domain, theirs.domain),
    line('country', countryName(ours.country), countryName(theirs.country)),
    line('phone', ours.phone, theirs.phone),
    { label: t('field.tracks'), ours: <TrackWords tracks={ours.tracks} />, theirs: <TrackWords tracks={theirs.tracks} /> },
    { label: t('field.status'), ours: <StatusChip status={ours.status} />, theirs: <StatusChip status={theirs.status} /> },
    line('manager', ours.manager_name, theirs.manager_name),
    line('parent', ours.parent_name, theirs.parent_name),
    { label: t('field.since'), ours: <When at={ours.created_at} />, theirs: <When at={theirs.created_at} /> },
  ]
}

/** Two records of one firm side by side; one of them takes in the other. */
export function MergePartner({ params }: { params: Params }) {
  const { t } = useTranslation('partners')
  const { values } = useAddress()
  const { refresh } = useRefresh()
  const ours = useRead(api.partners.get, { id: params.id ?? '' })
  const theirs = useRead(api.partners.get, { id: values.with ?? '' }, { enabled: Boolean(values.with) })
  return (
    <MergeTwo
      room="partners"
      read={[ours, theirs]}
      rows={useRows()}
      choice={(one) => t('merge.keep', { name: one.name, number: one.number })}
      doing={(goes, stays) => t('merge.do', { goes: `#${goes.number}`, stays: `#${stays.number}` })}
      merge={(goes, stays) =>
        refresh(['partners', 'deals', 'access'], () =>
          api.partners.merge({ id: goes.id, into_id: stays.id }, { version: goes.version, key: writeKey() }),
        )
      }
    />
  )
}
