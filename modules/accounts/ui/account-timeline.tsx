import { IconArrowsJoin, IconBookmark, IconBookmarkOff, IconEye, IconFlag, IconPencil, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import type { Icon, Tone } from '../../../web/kit/figures.tsx'
import { dayText } from '../../../web/kit/locale.ts'
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
  const read = useRead(api.accounts.timeline, { id })
  const nameOf = (field: string) => t(`field.${field}`, { defaultValue: field.replace(/_id$|_on$|_/g, ' ').trim() })
  return (
    <Timeline
      title={t('timeline')}
      read={read}
      drawn={DRAWN}
      tell={({ data, changes, actor_name }, word) => {
        const { from_on, until_on, outcome } = data
        return {
          what: t(`event.${word}`, { defaultValue: word }),
          who: actor_name ?? t('event.by_product'),
          detail:
            (typeof from_on === 'string' && t('named.since', { from: dayText(from_on) })) ||
            (typeof until_on === 'string' && t('named.to', { until: dayText(until_on) })) ||
            (typeof outcome === 'string' && t(`outcome.${outcome}`)) ||
            Object.keys(changes).map(nameOf).join(', '),
        }
      }}
    />
  )
}
