import { Button, CloseButton, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../session.ts'
import type { BulkAction } from './list-shape.ts'
import { useErrorText } from './states.tsx'
import { toast } from './toast.tsx'

interface Props<R> {
  rows: R[]
  actions: BulkAction<R>[]
  /** The ids that stay ticked. */
  onDone: (keep: string[]) => void
  /** Ticks every row, where there is no box above them that does. */
  onAll?: () => void
}

/** What can be done with the ticked rows, over the end of the page. */
export function BulkBar<R>({ rows, actions, onDone, onAll }: Props<R>) {
  const { t } = useTranslation()
  const can = useCan()
  const errorText = useErrorText()
  const [busy, setBusy] = useState('')
  const run = async (action: BulkAction<R>) => {
    setBusy(action.label)
    try {
      onDone((await action.run(rows, onDone)) ?? [])
    } catch (error) {
      toast(errorText(error))
    } finally {
      setBusy('')
    }
  }
  return (
    <section className="bulk" aria-label={t('list.selected', { count: rows.length })}>
      <span role="status">{t('list.selected', { count: rows.length })}</span>
      {onAll && (
        <Button size="xs" variant="subtle" onClick={onAll} aria-label={t('list.select_all')}>
          {t('list.all')}
        </Button>
      )}
      {actions
        .filter((action) => can(action.permission))
        .map((action) => {
          const reason = rows.length === 0 ? t('list.pick_first') : action.refuses?.(rows)
          return (
            <Tooltip key={action.label} label={reason} disabled={!reason}>
              <Button
                size="xs"
                variant="default"
                loading={busy === action.label}
                aria-disabled={Boolean(reason)}
                data-disabled={Boolean(reason)}
                onClick={() => !reason && void run(action)}
              >
                {action.label}
              </Button>
            </Tooltip>
          )
        })}
      <CloseButton aria-label={t('close')} onClick={() => onDone([])} />
    </section>
  )
}
