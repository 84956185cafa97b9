import { IconPoint } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Icon, Tone } from './figures.tsx'
import { When } from './figures.tsx'

export interface Moment {
  id: string
  at: string
  what: ReactNode
  who?: string | null
  detail?: ReactNode
  icon?: Icon
  tone?: Tone
}

/** What happened, newest first. */
export function Timeline({ moments }: { moments: Moment[] }) {
  return (
    <ol className="timeline">
      {moments.map(({ id, at, what, who, detail, icon: Drawn = IconPoint, tone }) => (
        <li key={id}>
          <span className="dot" data-tone={tone} aria-hidden="true">
            <Drawn size={15} stroke={1.8} />
          </span>
          <div style={{ minInlineSize: 0 }}>
            <div>
              {what}
              {who && <span className="soft"> · {who}</span>}
            </div>
            {detail && <div className="soft small">{detail}</div>}
          </div>
          <span className="soft small">
            <When at={at} as="ago" />
          </span>
        </li>
      ))}
    </ol>
  )
}
