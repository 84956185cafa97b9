import { IconCircleCheck, IconCircleX, IconPlayerPause, IconProgress } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Chip, type Icon, type Tone } from '../../../web/kit/figures.tsx'
import type { PartnerRow } from '../shapes.ts'

const STATUS: Record<PartnerRow['status'], readonly [Icon, Tone]> = {
  onboarding: [IconProgress, 'waiting'],
  active: [IconCircleCheck, 'good'],
  suspended: [IconPlayerPause, 'urgent'],
  terminated: [IconCircleX, 'plain'],
}

export function StatusChip({ status }: { status: PartnerRow['status'] }) {
  const { t } = useTranslation('partners')
  const [icon, tone] = STATUS[status]
  return (
    <Chip icon={icon} tone={tone}>
      {t(`status.${status}`)}
    </Chip>
  )
}

/** The tracks of a partner in a line, each with its tier. */
export function TrackWords({ tracks }: { tracks: PartnerRow['tracks'] }) {
  const { t } = useTranslation('partners')
  if (tracks.length === 0) return <span className="soft">–</span>
  return (
    <span className="ellipsis" style={{ display: 'block' }}>
      {tracks.map(({ track, tier }, i) => (
        <span key={track}>
          {i > 0 && <span className="soft">, </span>}
          {t(`track.${track}`)}
          {tier && <span className="soft"> {tier}</span>}
        </span>
      ))}
    </span>
  )
}
