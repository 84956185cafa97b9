import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconColumns,
  IconLoader2,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Chip, type Icon, type Tone } from '../../../web/kit/figures.tsx'
import type { State } from '../rules.ts'

const LOOKS: Record<State, readonly [Icon, Tone]> = {
  reading: [IconLoader2, 'waiting'],
  unreadable: [IconCircleX, 'urgent'],
  mapping: [IconColumns, 'primary'],
  checking: [IconLoader2, 'waiting'],
  checked: [IconClock, 'primary'],
  running: [IconLoader2, 'waiting'],
  cancelled: [IconAlertTriangle, 'waiting'],
  failed: [IconAlertTriangle, 'urgent'],
  done: [IconCircleCheck, 'good'],
  undoing: [IconLoader2, 'waiting'],
  undone: [IconArrowBackUp, 'plain'],
}

export function StateChip({ state }: { state: State }) {
  const { t } = useTranslation('imports')
  const [icon, tone] = LOOKS[state]
  return (
    <Chip icon={icon} tone={tone}>
      {t(`state.${state}`)}
    </Chip>
  )
}
