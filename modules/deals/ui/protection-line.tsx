import { useTranslation } from 'react-i18next'
import { dayText, monthText } from '../../../web/kit/locale.ts'
import { useNow } from '../../../web/kit/now.ts'
import type { Deal } from '../shapes.ts'
import { rowsOf } from './life-rows.ts'

const MARGIN = 0.07
/** Two lines of words, in pixels. */
const ROW = 42
interface Mark {
  key: string
  at: number
  label: string
  day: string
}

/** The deal's life as a line: when it was registered, how long its scope is kept, when it shall close, and today. */
export function ProtectionLine({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals')
  const now = useNow()
  const time = (at: string) => new Date(at.length === 10 ? `${at}T12:00:00Z` : at).getTime()
  const day = (at: number) => dayText(new Date(at).toISOString())
  const from = time(deal.completed_at ?? deal.created_at)
  const until = time(deal.protected_until ?? deal.created_at)
  const closes = deal.closes_on ? time(deal.closes_on) : null
  const [low, high] = [Math.min(from, now), Math.max(until, closes ?? now, now)]
  const part = (at: number) => MARGIN + ((at - low) / Math.max(1, high - low)) * (1 - 2 * MARGIN)
  const x = (at: number) => `${part(at) * 100}%`
  const isOver = until < now
  const marks: Mark[] = [
    { key: 'registered', at: from, label: t('line.registered'), day: day(from) },
    { key: 'until', at: until, label: t(isOver ? 'line.ended' : 'line.until'), day: day(until) },
    ...(closes && deal.closes_on ? [{ key: 'closes', at: closes, label: t('line.closes'), day: monthText(deal.closes_on) }] : []),
    { key: 'today', at: now, label: t('line.today'), day: day(now) },
  ]
  const rows = rowsOf(marks.map((mark) => part(mark.at)))
  return (
    <figure className="life">
      <div className="life-line" role="img" aria-label={marks.map((mark) => `${mark.label}: ${mark.day}`).join('. ')}>
        <span
          className="life-kept"
          style={{ insetInlineStart: x(from), inlineSize: `calc(${x(until)} - ${x(from)})` }}
          data-over={isOver || undefined}
        />
        <span className="life-today" style={{ insetInlineStart: x(now) }} />
        {marks.slice(0, -1).map((mark) => (
          <span key={mark.key} className="life-mark" style={{ insetInlineStart: x(mark.at) }} />
        ))}
      </div>
      <div className="life-words" aria-hidden="true" style={{ blockSize: 2 + ROW * (1 + Math.max(...rows)) }}>
        {marks.map((mark, i) => (
          <span
            key={mark.key}
            data-today={mark.key === 'today' || undefined}
            style={{ insetInlineStart: x(mark.at), insetBlockStart: ROW * (rows[i] ?? 0) }}
          >
            {mark.label}
            <b className="figure">{mark.day}</b>
          </span>
        ))}
      </div>
      <figcaption className="small soft narrow-only">{t('line.sentence', { from: day(from), until: day(until) })}</figcaption>
    </figure>
  )
}
