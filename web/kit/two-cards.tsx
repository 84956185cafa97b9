import { Fragment, type ReactNode } from 'react'

export interface Joined {
  label: string
  ours: ReactNode
  theirs: ReactNode
  /** How the two agree, as "same domain"; without it the line is not joined. */
  agrees?: string | undefined
}

const plain = (text: string | null | undefined) => (text ?? '').trim().toLocaleLowerCase()

/** A line of two texts; `same` says that they agree. */
export const textLine = (
  label: string,
  ours: string | null | undefined,
  theirs: string | null | undefined,
  same: string,
): Joined => ({
  label,
  ours: ours || '–',
  theirs: theirs || '–',
  agrees: plain(ours) && plain(ours) === plain(theirs) ? same : undefined,
})

/** Two records side by side, the fields that agree joined by a line that says how. */
export function TwoCards({ label, rows }: { label: string; rows: Joined[] }) {
  const edge = (i: number) => `side${i === 0 ? ' top' : ''}${i === rows.length - 1 ? ' bottom' : ''}`
  return (
    <section className="two-cards" aria-label={label}>
      {rows.map((row, i) => (
        <Fragment key={row.label}>
          <div className={edge(i)}>
            <span className="soft small" style={{ display: 'block' }}>
              {row.label}
            </span>
            {row.ours}
          </div>
          <div className="join" data-agrees={row.agrees ? true : undefined}>
            {row.agrees && <span>{row.agrees}</span>}
          </div>
          <div className={edge(i)}>
            <span className="soft small" style={{ display: 'block' }}>
              {row.label}
            </span>
            {row.theirs}
          </div>
        </Fragment>
      ))}
    </section>
  )
}
