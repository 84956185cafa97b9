import type { ReactNode } from 'react'

/** Two fields side by side; `widths` as a grid says them. */
export function Pair({ children, widths = 'minmax(0, 1fr) minmax(0, 1fr)' }: { children: ReactNode; widths?: string }) {
  return (
    <div className="pair" style={{ gridTemplateColumns: widths }}>
      {children}
    </div>
  )
}
