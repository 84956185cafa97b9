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
import { Section } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
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
  const { data, error } = useRead(api.deals.timeline, { id })
  const verb = (type: string) => type.replace(/^deals\./, '')
  const byWhom = ({ actor_name: name, via }: { actor_name: string | null; via: string }) =>
    name === null ? t('event.by_clock') : via === 'mail' ? t('event.by_mail', { name }) : name
  if (error) return <ErrorState error={error} />
  // A draft has no history yet.
  if (data?.items.length === 0) return null
  return (
    <Section title={t('record.timeline')}>
      {data ? (
        <Timeline
          moments={data.items.map((item) => {
            const [icon, tone] = DRAWN[verb(item.type)] ?? []
            const stage = item.data.stage ? t(`stage.${item.data.stage}`) : ''
            return {
              id: item.id,
              at: item.at,
              what: t(`event.${verb(item.type)}`, { defaultValue: verb(item.type), stage }),
              // A partner approves nothing: what follows a registration at once is the rule's doing.
              who:
                verb(item.type) === 'decided'
                  ? null
                  : BY_RULE.has(verb(item.type)) && item.actor_side !== 'inner'
                    ? t('event.by_clock')
                    : byWhom(item),
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
