import { IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { Go } from './go.tsx'

export interface Crumb {
  label: string
  to: string
}

/** The title of a page with its crumb, what stands beside it, and its actions. */
export function Heading({
  title,
  crumb,
  beside,
  actions,
}: {
  title: string
  crumb?: Crumb
  beside?: ReactNode
  actions?: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Rialto`
  }, [title])
  return (
    <header className="heading">
      {crumb && (
        <nav className="crumb" aria-label={crumb.label}>
          <Go to={crumb.to}>{crumb.label}</Go>
          <IconChevronRight size={14} className="flip" aria-hidden="true" style={{ alignSelf: 'center' }} />
        </nav>
      )}
      <div className="heading-row">
        <h1>{title}</h1>
        {beside}
        {actions && <div className="actions">{actions}</div>}
      </div>
    </header>
  )
}
