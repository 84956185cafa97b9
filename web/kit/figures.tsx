import type { ComponentType, ReactNode } from 'react'
import { agoText, dayText, momentText, moneyText } from './locale.ts'
import { useNow } from './now.ts'

/** Money in the reader's locale, figures of equal width. */
export function Money({ minor, currency }: { minor: number | null | undefined; currency: string | null | undefined }) {
  if (minor === null || minor === undefined || !currency) return <span className="soft">–</span>
  return <span className="figure">{moneyText(minor, currency)}</span>
}

const WEEK_MS = 7 * 86_400_000

/** A day, a moment, or how long ago while that says more than the day; the exact moment is in the title. */
export function When({ at, as = 'day' }: { at: string | null | undefined; as?: 'day' | 'moment' | 'ago' }) {
  const now = useNow()
  if (!at) return <span className="soft">–</span>
  const isRecent = now - new Date(at).getTime() < WEEK_MS
  const text = as === 'ago' && isRecent ? agoText(at, now) : as === 'moment' ? momentText(at) : dayText(at)
  return (
    <time className="figure" dateTime={at} title={at.length === 10 ? dayText(at, 'long') : momentText(at)}>
      {text}
    </time>
  )
}

export type Icon = ComponentType<{ size?: number | string; stroke?: number | string }>
export type Tone = 'plain' | 'good' | 'waiting' | 'urgent' | 'primary'

/** A state: always an icon and a word, colour only beside them. */
export function Chip({
  icon: Drawn,
  tone = 'plain',
  filled,
  children,
}: {
  icon?: Icon
  tone?: Tone
  filled?: boolean
  children: ReactNode
}) {
  return (
    <span className="chip" data-tone={tone} data-filled={filled || undefined}>
      {Drawn && <Drawn size={16} stroke={1.8} />}
      <span className="ellipsis">{children}</span>
    </span>
  )
}
