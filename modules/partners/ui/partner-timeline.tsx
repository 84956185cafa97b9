import {
  IconAffiliate,
  IconArrowsJoin,
  IconCircleCheck,
  IconCircleX,
  IconPencil,
  IconPlayerPause,
  IconPlus,
  IconUser,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import type { Icon, Tone } from '../../../web/kit/figures.tsx'
import { Section } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { Timeline } from '../../../web/kit/timeline.tsx'

const DRAWN: Record<string, [Icon, Tone]> = {
  created: [IconPlus, 'primary'],
  updated: [IconPencil, 'plain'],
  noted: [IconPencil, 'plain'],
  tracks_set: [IconAffiliate, 'plain'],
  manager_assigned: [IconUser, 'plain'],
  activated: [IconCircleCheck, 'good'],
  reinstated: [IconCircleCheck, 'good'],
  suspended: [IconPlayerPause, 'urgent'],
  terminated: [IconCircleX, 'urgent'],
  merged: [IconArrowsJoin, 'plain'],
  absorbed: [IconArrowsJoin, 'primary'],
}

export function PartnerTimeline({ id }: { id: string }) {
  const { t } = useTranslation('partners')
  const { data, error } = useRead(api.partners.timeline, { id })
  if (error) return <ErrorState error={error} />
  const verb = (type: string) => type.replace(/^partners\./, '')
  const fieldsOf = (changes: Record<string, unknown>) =>
    Object.keys(changes)
      .map((field) => t(`field.${field}`, { defaultValue: field.replace(/_id$|_/g, ' ').trim() }))
      .join(', ')
  return (
    <Section title={t('timeline')}>
      {data ? (
        <Timeline
          moments={data.items.map((item) => {
            const [icon, tone] = DRAWN[verb(item.type)] ?? []
            const { reason } = item.data
            const detail =
              typeof reason === 'string'
                ? t(`reason.${reason}`, { defaultValue: reason })
                : verb(item.type) === 'created'
                  ? ''
                  : fieldsOf(item.changes)
            return {
              id: item.id,
              at: item.at,
              what: t(`event.${verb(item.type)}`, { defaultValue: verb(item.type) }),
              who: item.actor_name ?? t('event.by_product'),
              ...(detail ? { detail } : {}),
              ...(icon ? { icon } : {}),
              ...(tone ? { tone } : {}),
            }
          })}
        />
      ) : (
        <Waiting rows={3} />
      )}
    </Section>
  )
}
