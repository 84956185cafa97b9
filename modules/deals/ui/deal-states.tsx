import {
  IconArrowBackUp,
  IconCheck,
  IconCircleDashed,
  IconEye,
  IconHelpCircle,
  IconHourglass,
  IconLockOpen,
  IconPencil,
  IconPointFilled,
  IconReplace,
  IconSend,
  IconShieldCheck,
  IconShieldOff,
  IconTrophy,
  IconX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Chip, type Icon, type Tone } from '../../../web/kit/figures.tsx'
import { useHeld } from '../../../web/kit/held.ts'
import type { DealRow } from '../shapes.ts'

type Drawn = readonly [Icon, Tone]

const REVIEW: Record<DealRow['review'], Drawn> = {
  draft: [IconPencil, 'plain'],
  submitted: [IconSend, 'waiting'],
  under_review: [IconEye, 'waiting'],
  info_requested: [IconHelpCircle, 'urgent'],
  approved: [IconCheck, 'good'],
  rejected: [IconX, 'plain'],
  lapsed: [IconCircleDashed, 'plain'],
  withdrawn: [IconArrowBackUp, 'plain'],
  superseded: [IconReplace, 'plain'],
}
const PROTECTION: Record<DealRow['protection'], Drawn> = {
  none: [IconCircleDashed, 'plain'],
  held: [IconHourglass, 'waiting'],
  protected: [IconShieldCheck, 'good'],
  expired: [IconShieldOff, 'plain'],
  released: [IconLockOpen, 'plain'],
}
const STAGE_ICONS: Partial<Record<DealRow['stage'], Drawn>> = { won: [IconTrophy, 'good'], lost: [IconX, 'plain'] }

/** The state of the review; a decision on its way says so until it is sent. */
export function ReviewChip({ review, id }: { review: DealRow['review']; id?: string }) {
  const { t } = useTranslation('deals')
  const held = useHeld().get(id ?? '')
  if (held)
    return (
      <Chip icon={IconSend} tone="waiting">
        {held}
      </Chip>
    )
  const [icon, tone]: Drawn = REVIEW[review]
  return (
    <Chip icon={icon} tone={tone}>
      {t(`review.${review}`)}
    </Chip>
  )
}

export function ProtectionChip({ protection }: { protection: DealRow['protection'] }) {
  const { t } = useTranslation('deals')
  const [icon, tone] = PROTECTION[protection]
  return (
    <Chip icon={icon} tone={tone}>
      {t(`protection.${protection}`)}
    </Chip>
  )
}

export function StageChip({ stage }: { stage: DealRow['stage'] }) {
  const { t } = useTranslation('deals')
  const [icon, tone] = STAGE_ICONS[stage] ?? [IconPointFilled, 'primary']
  return (
    <Chip icon={icon} tone={tone}>
      {t(`stage.${stage}`)}
    </Chip>
  )
}

/** The one state that tells most: the protection where there is one, else the review. */
export function DealState({ deal }: { deal: Pick<DealRow, 'id' | 'review' | 'protection' | 'stage'> }) {
  const isHeld = useHeld().has(deal.id)
  if (isHeld) return <ReviewChip review={deal.review} id={deal.id} />
  if (deal.stage === 'won' || deal.stage === 'lost') return <StageChip stage={deal.stage} />
  if (deal.protection === 'held' || (deal.review === 'approved' && deal.protection !== 'none'))
    return <ProtectionChip protection={deal.protection} />
  return <ReviewChip review={deal.review} />
}
