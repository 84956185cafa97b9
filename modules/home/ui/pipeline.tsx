import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Go } from '../../../web/kit/go.tsx'
import { moneyText } from '../../../web/kit/locale.ts'
import { Part } from './part.tsx'

const BRIEF = { notation: 'compact', maximumFractionDigits: 1 } as const

/** The pipeline in a few lines: each stage with its count and, for the host, its sum. */
export function Pipeline() {
  const { t } = useTranslation(['home', 'deals'])
  const { data } = useRead(api.deals.board, {})
  const columns = (data?.columns ?? []).filter((column) => column.stage !== 'lost')
  if (!data || columns.every((column) => column.count === 0)) return null
  const hasSums = columns.some((column) => column.sum_plan_minor !== null)
  const weight = (column: (typeof columns)[number]) => (hasSums ? (column.sum_plan_minor ?? 0) : column.count)
  const most = Math.max(1, ...columns.map(weight))
  const open = columns.filter((column) => column.stage !== 'won').reduce((all, column) => all + weight(column), 0)
  return (
    <Part title={t('pipeline')}>
      <p className="honour">{hasSums ? moneyText(open, data.currency, BRIEF) : open}</p>
      <p className="soft small" style={{ marginBlockEnd: 8 }}>
        {hasSums ? t('pipeline_text') : t('pipeline_count')}
      </p>
      <ul className="tally" data-short={!hasSums || undefined}>
        {columns.map((column) => (
          <li key={column.stage}>
            <Go to={`deals?stage=${column.stage}`} className="plain">
              {t(`deals:stage.${column.stage}`)}
            </Go>
            <span className="soft figure">{column.count}</span>
            {hasSums && <span className="figure">{moneyText(column.sum_plan_minor ?? 0, data.currency, BRIEF)}</span>}
            <span className="bar-line" style={{ inlineSize: `${(weight(column) / most) * 100}%` }} aria-hidden="true" />
          </li>
        ))}
      </ul>
    </Part>
  )
}
