import {
  IconAlarm,
  IconCheck,
  IconFileText,
  IconHelpCircle,
  IconMessage,
  IconScale,
  IconSend,
  IconShieldOff,
  IconShieldPlus,
  IconTag,
  IconTrendingUp,
  IconX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import type { Icon, Tone } from '../../../web/kit/figures.tsx'
import { Timeline } from '../../../web/kit/timeline.tsx'

const DRAWN: Record<string, [Icon, Tone]> = {
  registered: [IconSend, 'primary'],
  decided: [IconScale, 'primary'],
  approved: [IconCheck, 'good'],
  rejected: [IconX, 'urgent'],
  asked: [IconHelpCircle, 'plain'],
  answered: [IconMessage, 'plain'],
  evidence_added: [IconFileText, 'plain'],
  extended: [IconShieldPlus, 'good'],
  protection_warned: [IconAlarm, 'waiting'],
  expired: [IconShieldOff, 'plain'],
  clock_missed: [IconAlarm, 'urgent'],
  stage_moved: [IconTrendingUp, 'primary'],
  price_decided: [IconTag, 'plain'],
}

const BY_RULE = new Set(['decided', 'approved', 'rejected', 'collided'])

export function DealTimeline({ id }: { id: string }) {
  const { t } = useTranslation('deals')
  const read = useRead(api.deals.timeline, { id })
  const byWhom = ({ actor_name: name, via }: { actor_name: string | null; via: string }) =>
    name === null ? t('event.by_clock') : via === 'mail' ? t('event.by_mail', { name }) : name
  // A draft has no history yet.
  if (read.data?.items.length === 0) return null
  return (
    <Timeline
      title={t('record.timeline')}
      read={read}
      drawn={DRAWN}
      tell={(event, word) => {
        const { stage } = event.data
        // A partner approves nothing: what follows a registration at once is the rule's doing.
        const isRule = BY_RULE.has(word) && event.actor_side !== 'inner'
        return {
          what: t(`event.${word}`, { defaultValue: word, stage: stage ? t(`stage.${stage}`) : '' }),
          who: word === 'decided' ? null : isRule ? t('event.by_clock') : byWhom(event),
        }
      }}
    />
  )
}
