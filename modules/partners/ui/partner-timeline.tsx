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
  const read = useRead(api.partners.timeline, { id })
  const nameOf = (field: string) => t(`field.${field}`, { defaultValue: field.replace(/_id$|_/g, ' ').trim() })
  const detailOf = ({ reason }: Record<string, unknown>, changes: object, word: string) => {
    if (typeof reason === 'string') return t(`reason.${reason}`, { defaultValue: reason })
    return word === 'created' ? '' : Object.keys(changes).map(nameOf).join(', ')
  }
  return (
    <Timeline
      title={t('timeline')}
      read={read}
      drawn={DRAWN}
      tell={({ data, changes, actor_name }, word) => ({
        what: t(`event.${word}`, { defaultValue: word }),
        who: actor_name ?? t('event.by_product'),
        detail: detailOf(data, changes, word),
      })}
    />
  )
}
