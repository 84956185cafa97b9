import { useTranslation } from 'react-i18next'
import { dayText } from '../../../web/kit/locale.ts'
import { useNow } from '../../../web/kit/now.ts'
import type { Deal } from '../shapes.ts'

const MARGIN = 0.06

/** The deal's life as a line, its protection shaded, today marked. */
export function ProtectionLine({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals')
  const now = useNow()
  const time = (at: string) => new Date(at.length === 10 ? `${at}T12:00:00Z` : at).getTime()
  const from = time(deal.completed_at ?? deal.created_at)
  const until = time(deal.protected_until ?? deal.created_at)
  const closes = time(deal.closes_on)
  const [low, high] = [Math.min(from, now), Math.max(until, closes, now)]
  const x = (at: number) => `${(MARGIN + ((at - low) / Math.max(1, high - low)) * (1 - 2 * MARGIN)) * 100}%`
  const marks = [
    { key: 'registered', at: from, label: t('line.registered') },
    { key: 'until', at: until, label: t('line.until') },
    { key: 'closes', at: closes, label: t('line.closes') },
  ]
  const sentence = t('line.sentence', {
    from: dayText(new Date(from).toISOString()),
    until: dayText(new Date(until).toISOString()),
  })
  return (
    <div className="life">
      <div className="life-line" role="img" aria-label={sentence}>
        <span
          className="life-kept"
          style={{ insetInlineStart: x(from), inlineSize: `calc(${x(until)} - ${x(from)})` }}
          data-over={until < now || undefined}
        />
        <span className="life-today" style={{ insetInlineStart: x(now) }} />
        {marks.map((mark) => (
          <span key={mark.key} className="life-mark" style={{ insetInlineStart: x(mark.at) }} />
        ))}
      </div>
      <p className="small soft">{sentence}</p>
    </div>
  )
}
