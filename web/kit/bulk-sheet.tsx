import { Button } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconCircleDashed, IconLoader2, IconMinus, IconX } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip, type Icon, type Tone } from './figures.tsx'
import { Sheet } from './sheet.tsx'
import { type BulkRow, type RowState, useBulk } from './use-bulk.ts'

const DRAWN: Record<RowState['state'], readonly [Icon, Tone]> = {
  waiting: [IconCircleDashed, 'plain'],
  running: [IconLoader2, 'primary'],
  done: [IconCheck, 'good'],
  refused: [IconX, 'urgent'],
  skipped: [IconMinus, 'plain'],
  undone: [IconArrowBackUp, 'plain'],
}

function Line({ row, at, isQuiet }: { row: BulkRow; at: RowState; isQuiet: boolean }) {
  const { t } = useTranslation()
  const [icon, tone] = DRAWN[at.state]
  return (
    <li>
      <span style={{ minInlineSize: 0 }}>
        <bdi className="strong">{row.label}</bdi>
        {at.why && <span className="soft small why-not">{at.why}</span>}
      </span>
      {!isQuiet && (
        <Chip icon={icon} tone={tone}>
          {t(`bulk.${at.state}`)}
        </Chip>
      )}
    </li>
  )
}

interface Props {
  title: string
  /** The verb on the button. */
  doing: string
  isGrave?: boolean
  rows: BulkRow[]
  /** What is missing before it can begin, in words. */
  missing?: () => string | null
  run?: (id: string) => Promise<unknown>
  /** Instead of `run`: takes over those that can be done, and the sheet closes. */
  onHold?: (ids: string[]) => void
  /** Given where the verb has a way back. */
  undo?: (id: string) => Promise<unknown>
  /** Modules whose reads change. */
  touches: string[]
  /** Called with the ids that were not done. */
  onClose: (left: string[]) => void
  /** The words that hold for all of them. */
  children?: ReactNode
}

/** One thing done to several records with the same words: asks once, shows each row's outcome, takes back what can be. */
export function BulkSheet({ title, doing, isGrave, rows, missing, run, onHold, undo, touches, onClose, children }: Props) {
  const { t } = useTranslation()
  const [failure, setFailure] = useState('')
  const bulk = useBulk(rows, touches)
  const { phase, states, done, refused, left } = bulk
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const lack = missing?.() ?? null
    setFailure(lack ?? '')
    if (lack !== null) return
    if (run) void bulk.start(run)
    const possible = rows.filter(({ blocked }) => !blocked).map(({ id }) => id)
    if (!onHold || possible.length === 0) return
    onHold(possible)
    onClose(rows.filter(({ blocked }) => blocked).map(({ id }) => id))
  }
  const finished = done + refused
  return (
    <Sheet title={title} onClose={() => onClose(left)}>
      <form onSubmit={submit} className="stack" noValidate>
        {phase === 'asking' && children}
        {phase !== 'asking' && (
          <div role="status">
            <p className="strong">
              {phase === 'over'
                ? t(refused === 0 ? 'bulk.result_all' : 'bulk.result_some', { count: done, done, refused })
                : t('bulk.progress', { done: finished, total: bulk.total })}
            </p>
            <progress className="bulk-progress" aria-label={title} value={finished} max={Math.max(1, bulk.total)} />
          </div>
        )}
        <ul className="bulk-rows" aria-label={t('bulk.rows')}>
          {rows.map((row) => (
            <Line
              key={row.id}
              row={row}
              at={states[row.id] ?? { state: 'waiting' }}
              isQuiet={phase === 'asking' && !states[row.id]}
            />
          ))}
        </ul>
        <p role="alert" style={{ color: 'var(--brick)' }}>
          {bulk.total === 0 ? t('bulk.none') : failure}
        </p>
        <div className="bar tight" style={{ justifyContent: 'flex-end' }}>
          {phase === 'over' && undo && done > 0 && (
            <Button variant="default" leftSection={<IconArrowBackUp size={18} />} onClick={() => void bulk.takeBack(undo)}>
              {t('bulk.undo')}
            </Button>
          )}
          {phase === 'running' && (
            <Button variant="default" onClick={bulk.stop}>
              {t('bulk.stop')}
            </Button>
          )}
          {phase === 'asking' && (
            <Button variant="default" onClick={() => onClose(rows.map(({ id }) => id))}>
              {t('form.cancel')}
            </Button>
          )}
          {phase === 'over' ? (
            <Button onClick={() => onClose(left)}>{t('bulk.close')}</Button>
          ) : (
            <Button
              type="submit"
              loading={phase === 'running'}
              disabled={bulk.total === 0}
              {...(isGrave ? { color: 'brick' } : {})}
            >
              {doing} ({bulk.total})
            </Button>
          )}
        </div>
      </form>
    </Sheet>
  )
}
