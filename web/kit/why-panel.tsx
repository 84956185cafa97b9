import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { When } from './figures.tsx'

/** A row of the rule and whether it matched, in words. */
interface WhyRow {
  key: string
  label: string
  hit: boolean
  /** It held, and decided nothing: it stands beside. */
  isWarning?: boolean
  /** The comparisons behind it, as `amount €184,000 ≤ €250,000`. */
  detail?: string | undefined
}

export interface Why {
  outcome: string
  rule: string | null
  version: number | null
  rows: WhyRow[]
  facts: { label: string; value: string }[]
  /** Said in place of the rows that held, where none did. */
  none?: string | null
  at: string
  by: string
  note?: string | null
}

function Rows({ rows }: { rows: WhyRow[] }) {
  return (
    <ul>
      {rows.map((row) => (
        <li className="reason" key={row.key}>
          {row.isWarning ? (
            <IconAlertTriangle size={18} color="var(--ochre)" aria-hidden="true" />
          ) : row.hit ? (
            <IconCheck size={18} color="var(--laurel)" aria-hidden="true" />
          ) : (
            <IconMinus size={18} color="var(--ink-soft)" aria-hidden="true" />
          )}
          <span>
            <span className={row.hit ? '' : 'soft'}>{row.label}</span>
            {row.detail && (
              <span className="soft small" style={{ display: 'block' }}>
                {row.detail}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Always on the right, always the same: outcome, rule and version, matched rows, facts, when, by whom, how to dispute. */
export function WhyPanel({
  why,
  dispute,
  ruleLink,
  empty,
}: {
  why: Why | null
  dispute?: ReactNode
  ruleLink?: ReactNode
  empty?: ReactNode
}) {
  const { t } = useTranslation()
  if (!why)
    return (
      <aside className="why" aria-label={t('why.title')}>
        <h2>{t('why.title')}</h2>
        <p>{empty ?? t('why.none')}</p>
      </aside>
    )
  const hits = why.rows.filter((row) => row.hit && !row.isWarning)
  const warnings = why.rows.filter((row) => row.hit && row.isWarning)
  const misses = why.rows.filter((row) => !row.hit)
  return (
    <aside className="why" aria-label={t('why.title')}>
      <h2>{t('why.title')}</h2>
      <p className="honour">{why.outcome}</p>
      {why.note && <p style={{ marginBlockEnd: 12, whiteSpace: 'pre-line' }}>{why.note}</p>}
      <dl>
        {why.rule && (
          <>
            <dt>{t('why.rule')}</dt>
            <dd>{why.version ? t('why.version', { rule: why.rule, version: why.version }) : why.rule}</dd>
          </>
        )}
        <dt>{t('why.when')}</dt>
        <dd>
          <When at={why.at} as="moment" />
        </dd>
        <dt>{t('why.by')}</dt>
        <dd>{why.by}</dd>
      </dl>
      {(hits.length + warnings.length > 0 || why.none) && <h3>{t('why.matched')}</h3>}
      {hits.length === 0 && why.none && <p className="why-none">{why.none}</p>}
      <Rows rows={[...hits, ...warnings]} />
      {misses.length > 0 && (
        <details>
          <summary>{t('why.passed_by', { count: misses.length })}</summary>
          <Rows rows={misses} />
        </details>
      )}
      {why.facts.length > 0 && <h3>{t('why.saw')}</h3>}
      <dl>
        {why.facts.map((fact) => (
          <div key={fact.label} style={{ display: 'contents' }}>
            <dt>{fact.label}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
      {(dispute || ruleLink) && (
        <div className="foot">
          {dispute && <span className="strong">{t('why.dispute')} </span>}
          {dispute} {ruleLink}
        </div>
      )}
    </aside>
  )
}
