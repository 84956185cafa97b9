import { IconCircleCheck, IconCircleX, IconHourglass, IconUser } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Chip, type Icon, type Tone } from '../../../web/kit/figures.tsx'
import { outcomeOf } from './rule-words.ts'

const DRAWN: Record<string, readonly [Icon, Tone]> = {
  approve: [IconCircleCheck, 'good'],
  hold: [IconHourglass, 'waiting'],
  review: [IconUser, 'waiting'],
  reject: [IconCircleX, 'urgent'],
}

export function OutcomeChip({ decision }: { decision: string }) {
  const { t } = useTranslation('decisions')
  const [icon, tone] = DRAWN[decision] ?? []
  return (
    <Chip {...(icon ? { icon } : {})} tone={tone ?? 'plain'}>
      {t(`outcome.${decision}`, { defaultValue: decision })}
    </Chip>
  )
}

/** What a row leads to, with the clause it cites and the reason it gives. */
export function RuleOutcome({ outcome }: { outcome: unknown }) {
  const { t } = useTranslation(['decisions', 'deals'])
  const { decision, clause, reason_code } = outcomeOf(outcome)
  const more = [
    clause && t('deals:why.clause', { number: clause }),
    reason_code && t(`deals:reason.${reason_code}`, { defaultValue: reason_code }),
  ].filter(Boolean)
  return (
    <span className="rule-outcome">
      <OutcomeChip decision={decision} />
      {more.length > 0 && <span className="soft small">{more.join(' · ')}</span>}
    </span>
  )
}
