import { Button, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Icon, Tone } from './figures.tsx'
import { type Crumb, Heading } from './heading.tsx'

/** What can be done next; with a reason it is shown and explains itself instead of hiding. */
export interface NextAction {
  key: string
  label: string
  icon?: Icon
  /** Why not now. */
  reason?: string | null | undefined
  isMain?: boolean
  isGrave?: boolean
  loading?: boolean
  onDo: () => void
}

export function Actions({ actions }: { actions: NextAction[] }) {
  const { t } = useTranslation()
  return actions.map(({ key, label, icon: Drawn, reason, isMain, isGrave, loading, onDo }) => (
    <Tooltip
      key={key}
      label={t('record.why_not', { reason })}
      disabled={!reason}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        variant={isMain ? 'filled' : 'default'}
        {...(isGrave && !isMain ? { c: 'brick' } : {})}
        aria-disabled={Boolean(reason)}
        data-disabled={Boolean(reason)}
        loading={loading ?? false}
        leftSection={Drawn && <Drawn size={18} stroke={1.6} />}
        onClick={() => !reason && onDo()}
      >
        {label}
      </Button>
    </Tooltip>
  ))
}

export interface Fact {
  label: string
  value: ReactNode
  /** A number of honour, in the serif. */
  isHonour?: boolean
}

/** Facts as a ledger of pairs; those without a value are left out. */
export function Facts({ facts }: { facts: (Fact | '' | 0 | false | null | undefined)[] }) {
  return (
    <dl className="facts">
      {facts.filter(Boolean).map((fact) => {
        const { label, value, isHonour } = fact as Fact
        if (value === null || value === undefined || value === '') return null
        return (
          <div key={label} data-honour={isHonour || undefined}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        )
      })}
    </dl>
  )
}

export function Section({ title, children, beside }: { title: string; children: ReactNode; beside?: ReactNode }) {
  return (
    <section className="section" aria-label={title}>
      <div className="bar" style={{ marginBlockEnd: 8 }}>
        <h2>{title}</h2>
        {beside && <span className="push">{beside}</span>}
      </div>
      {children}
    </section>
  )
}

/** What stands out on a page: a question, a refusal, good news. */
export function Note({ tone = 'primary', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <div className="note" data-tone={tone}>
      {children}
    </div>
  )
}

interface RecordProps {
  title: string
  crumb: Crumb
  /** Chips of state and the clock. */
  states: ReactNode
  actions: NextAction[]
  children: ReactNode
  /** The Why panel, always on the right; without it the page is one column. */
  why: ReactNode
  /** On a phone it stands before the facts: it is what somebody came for. */
  isWhyFirst?: boolean
}

/** Every record has the same anatomy: title, state, next actions, facts and what follows, Why on the right. */
export function RecordPage({ title, crumb, states, actions, children, why, isWhyFirst = false }: RecordProps) {
  return (
    <article>
      <Heading title={title} crumb={crumb} actions={<Actions actions={actions} />} />
      <div className="bar" style={{ marginBlockStart: -8, marginBlockEnd: 28, gap: '8px 20px' }}>
        {states}
      </div>
      {why ? (
        <div className="record" data-why-first={isWhyFirst || undefined}>
          <div>{children}</div>
          <div>{why}</div>
        </div>
      ) : (
        children
      )}
    </article>
  )
}
