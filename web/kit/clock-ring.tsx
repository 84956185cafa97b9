import { useTranslation } from 'react-i18next'
import { type Clock, leftOf } from './clock-left.ts'
import { momentText } from './locale.ts'
import { useNow } from './now.ts'

const TURN = 2 * Math.PI * 10

/** A deadline: a small ring that empties, the time left in words and who has the ball. */
export function ClockRing({
  clock,
  holder,
  size = 26,
  bare,
}: {
  clock: Clock
  holder?: string | null
  size?: number
  bare?: boolean
}) {
  const { t } = useTranslation()
  const left = leftOf(clock, useNow())
  const unit = `clock.${left.isWorking ? 'working_' : ''}${left.unit}`
  const words = t(left.isLate ? 'clock.late' : 'clock.left', { time: t(unit, { count: left.count }) })
  const due = clock.due_at ? t('clock.due', { at: momentText(clock.due_at) }) : t('clock.paused')
  const ring = (
    <svg width={size} height={size} viewBox="0 0 26 26" fill="none" aria-hidden="true">
      <circle className="groove" cx="13" cy="13" r="10" strokeWidth="3.5" />
      <circle
        className="left"
        cx="13"
        cy="13"
        r="10"
        strokeWidth="3.5"
        strokeLinecap={left.share > 0.02 ? 'round' : 'butt'}
        strokeDasharray={TURN}
        strokeDashoffset={-TURN * (1 - left.share)}
        transform="rotate(-90 13 13)"
      />
      {left.isLate && <path className="hand" d="M13 8.5v5.2M13 17v.2" strokeWidth="2.4" strokeLinecap="round" />}
      {left.heat === 'paused' && <path className="hand" d="M11 10.5v5M15 10.5v5" strokeWidth="2" strokeLinecap="round" />}
    </svg>
  )
  return (
    <span className="clock" data-heat={left.heat} title={due}>
      {ring}
      <span className={bare ? 'visually-hidden' : 'clock-words'}>
        {holder ? `${holder} · ` : ''}
        <b>{words}</b>
      </span>
      <span className="visually-hidden">{due}</span>
    </span>
  )
}
