import type { ReactNode } from 'react'
import type { Clock } from './clock-left.ts'
import { ClockRing } from './clock-ring.tsx'
import { Go } from './go.tsx'

/** What needs someone: what, why now, by when, and the thing to do in place. */
export interface InboxItem {
  key: string
  what: string
  why: ReactNode
  to: string
  clock: (Clock & { holder?: string | null }) | null
  action?: ReactNode
}

export function Inbox({ items, label }: { items: InboxItem[]; label: string }) {
  return (
    <ul className="inbox" aria-label={label}>
      {items.map((item) => (
        <li key={item.key}>
          <span>{item.clock ? <ClockRing clock={item.clock} size={32} bare /> : null}</span>
          <div style={{ minInlineSize: 0 }}>
            <div className="what">
              <Go to={item.to}>{item.what}</Go>
            </div>
            <div className="soft">{item.why}</div>
          </div>
          <div className="do bar tight">{item.action}</div>
        </li>
      ))}
    </ul>
  )
}
