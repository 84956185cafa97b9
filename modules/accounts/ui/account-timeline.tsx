import { IconArrowsJoin, IconBookmark, IconBookmarkOff, IconEye, IconFlag, IconPencil, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import type { Icon, Tone } from '../../../web/kit/figures.tsx'
import { dayText } from '../../../web/kit/locale.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { Timeline } from '../../../web/kit/timeline.tsx'

const DRAWN: Record<string, [Icon, Tone]> = {
  created: [IconPlus, 'primary'],
  updated: [IconPencil, 'plain'],
  named: [IconBookmark, 'primary'],
  unnamed: [IconBookmarkOff, 'plain'],
  merged: [IconArrowsJoin, 'plain'],
  absorbed: [IconArrowsJoin, 'primary'],
  opportunity_seen: [IconEye, 'primary'],
  opportunity_closed: [IconFlag, 'plain'],
}

export function AccountTimeline({ id }: { id: string }) {
  const { t } = useTranslation('accounts')
  const { data, error } = useRead(api.accounts.timeline, { id })
  if (error) return <ErrorState error={error} />
  const verb = (type: string) => type.replace(/^accounts\./, '')
  return (
    <Section title={t('timeline')}>
      {data ? (
        <Timeline
          moments={data.items.map((item) => {
            const [icon, tone] = DRAWN[verb(item.type)] ?? []
            const { from_on, until_on, outcome } = item.data
            const fields = Object.keys(item.changes)
              .map((field) => t(`field.${field}`, { defaultValue: field.replace(/_id$|_on$|_/g, ' ').trim() }))
              .join(', ')
            const detail =
              (typeof from_on === 'string' && t('named.since', { from: dayText(from_on) })) ||
              (typeof until_on === 'string' && t('named.to', { until: dayText(until_on) })) ||
              (typeof outcome === 'string' && t(`outcome.${outcome}`)) ||
              fields
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
