import type { ReactNode } from 'react'

/** A titled part of Home; the record page's own brings more than the first route may weigh. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="section" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
