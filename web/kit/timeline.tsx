import { IconPoint } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Icon, Tone } from './figures.tsx'
import { When } from './figures.tsx'
import { Section } from './record-page.tsx'
import { ErrorState, Waiting } from './states.tsx'

interface Happened {
  id: string
  at: string
  /** As `deals.approved`. */
  type: string
}

interface Told {
  what: ReactNode
  who: string | null
  detail?: ReactNode
}

interface Props<E extends Happened> {
  title: string
  read: { data?: { items: E[] } | undefined; error: Error | null }
  /** By the word of an event, as `approved`. */
  drawn: Readonly<Record<string, [Icon, Tone]>>
  tell: (event: E, word: string) => Told
}

/** What happened to a record, newest first. */
export function Timeline<E extends Happened>({ title, read, drawn, tell }: Props<E>) {
  if (read.error) return <ErrorState error={read.error} />
  return (
    <Section title={title}>
      {read.data ? (
        <ol className="timeline">
          {read.data.items.map((event) => {
            const word = event.type.slice(event.type.indexOf('.') + 1)
            const [Drawn, tone] = drawn[word] ?? [IconPoint]
            const { what, who, detail } = tell(event, word)
            return (
              <li key={event.id}>
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
                  <When at={event.at} as="ago" />
                </span>
              </li>
            )
          })}
        </ol>
      ) : (
        <Waiting rows={3} />
      )}
    </Section>
  )
}
