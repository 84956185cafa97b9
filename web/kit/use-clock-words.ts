import { useTranslation } from 'react-i18next'
import { type Clock, leftOf } from './clock-left.ts'
import { useNow } from './now.ts'

/** The words of a clock without its ring: `Carl · 6 working hours left`. */
export function useClockWords(): (clock: Clock, holder?: string | null) => string {
  const { t } = useTranslation()
  const now = useNow()
  return (clock, holder) => {
    const left = leftOf(clock, now)
    const time = t(`web:clock.${left.isWorking ? 'working_' : ''}${left.unit}`, { count: left.count })
    const words = t(left.isLate ? 'web:clock.late' : 'web:clock.left', { time })
    return holder ? `${holder} · ${words}` : words
  }
}
