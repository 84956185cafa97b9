import { IconCircleMinus, IconCirclePlus, IconCircleX, IconPencil } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip, type Icon, type Tone } from '../../../web/kit/figures.tsx'

type Outcome = 'created' | 'updated' | 'unchanged' | 'refused'
const LOOKS: Record<Outcome, readonly [Icon, Tone]> = {
  created: [IconCirclePlus, 'good'],
  updated: [IconPencil, 'primary'],
  unchanged: [IconCircleMinus, 'plain'],
  refused: [IconCircleX, 'urgent'],
}

export interface OutcomeRow {
  key: string
  line: number
  outcome: Outcome
  title: ReactNode
  text: string
}

/** Rows of a file with what becomes of them. */
export function OutcomeRows({ label, rows }: { label: string; rows: OutcomeRow[] }) {
  const { t } = useTranslation('imports')
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls sideways must be reachable by keyboard
    <div className="ledger-scroll" role="group" aria-label={label} tabIndex={0}>
      <table className="ledger">
        <thead>
          <tr>
            <th scope="col" data-end>
              {t('rows_table.line')}
            </th>
            <th scope="col">{t('rows_table.title')}</th>
            <th scope="col">{t('rows_table.outcome')}</th>
            <th scope="col">{t('rows_table.why')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, line, outcome, title, text }) => (
            <tr key={key}>
              <td data-end className="figure">
                {line}
              </td>
              <td className="strong">{title || <span className="soft">–</span>}</td>
              <td>
                <Chip icon={LOOKS[outcome][0]} tone={LOOKS[outcome][1]}>
                  {t(`outcome.${outcome}`)}
                </Chip>
              </td>
              <td className="soft small">{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The four counts of an import or its preview, as figures of honour. */
import { numberText } from '../../../web/kit/locale.ts'
export function Figures({
  of,
  isDone,
}: {
  of: { created: number; changed: number; unchanged: number; refused: number }
  isDone: boolean
}) {
  const { t } = useTranslation('imports')
  return (
    <dl className="import-figures">
      {(['created', 'changed', 'unchanged', 'refused'] as const).map((key) => (
        <div key={key}>
          <dt>{t(`${isDone ? 'was' : 'would'}.${key}`)}</dt>
          <dd>{numberText(of[key])}</dd>
        </div>
      ))}
    </dl>
  )
}
