import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Clock } from './clock-left.ts'
import { ClockRing } from './clock-ring.tsx'
import { Go } from './go.tsx'
import type { Picked } from './use-picked.ts'

/** What needs someone: what, why now, by when, and the thing to do in place. */
export interface InboxItem {
  key: string
  what: string
  why: ReactNode
  to: string
  clock: (Clock & { holder?: string | null }) | null
  action?: ReactNode
  /** It can be done together with others like it. */
  canPick?: boolean
}

function Tick({ item, picked }: { item: InboxItem; picked: Picked }) {
  const { t } = useTranslation()
  if (!item.canPick) return null
  return (
    // The browser's own box: the kit's brings more than the first route may weigh.
    <input
      type="checkbox"
      className="tick"
      aria-label={t('list.select', { name: item.what })}
      checked={picked.ids.has(item.key)}
      onChange={(event) => picked.toggle([item.key], event.currentTarget.checked)}
    />
  )
}

export function Inbox({ items, label, picked }: { items: InboxItem[]; label: string; picked?: Picked }) {
  return (
    <ul className="inbox" aria-label={label} data-picks={picked ? true : undefined}>
      {items.map((item) => (
        <li key={item.key}>
          <span className="bar tight" style={{ flexWrap: 'nowrap' }}>
            {picked && <Tick item={item} picked={picked} />}
            {item.clock ? <ClockRing clock={item.clock} size={32} bare /> : null}
          </span>
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
