import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { comma } from './locale.ts'
import { Note } from './record-page.tsx'
import { AskSheet } from './sheet.tsx'
import type { Act } from './use-act.ts'
import type { Meanwhile, RecordForm } from './use-record-form.ts'

interface Words<V extends Record<string, unknown>> {
  labelOf: (field: keyof V & string) => string
  /** A value as a person reads it, where it is not the text itself. */
  wordsOf?: (field: keyof V & string, value: unknown) => string | undefined
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (Array.isArray(value)) return value.map(plain).join(comma()) || '–'
  if (typeof value === 'object') return Object.values(value).map(plain).join(': ')
  return String(value)
}

/** Says that somebody else changed the record; what both changed is offered field by field. */
export function MeanwhileNote<V extends Record<string, unknown>>({
  meanwhile,
  take,
  labelOf,
  wordsOf,
}: Words<V> & { meanwhile: Meanwhile<V> | null; take: RecordForm<V>['take'] }) {
  const { t } = useTranslation()
  if (!meanwhile) return null
  return (
    <Note tone="waiting">
      <span className="strong" role="alert">
        {t('meanwhile.title')}
      </span>
      <span>
        {t('meanwhile.kept')}
        {meanwhile.taken.length > 0 && ` ${t('meanwhile.taken', { fields: meanwhile.taken.map(labelOf).join(comma()) })}`}
      </span>
      {meanwhile.clashes.map(({ field, theirs }) => (
        <span key={field} className="bar tight">
          <span>{t('meanwhile.clash', { field: labelOf(field), value: wordsOf?.(field, theirs) ?? plain(theirs) })}</span>
          <Button size="compact-xs" variant="default" onClick={() => take(field)}>
            {t('meanwhile.take', { field: labelOf(field) })}
          </Button>
        </span>
      ))}
    </Note>
  )
}

interface RecordSheetProps<V extends Record<string, unknown>> extends Words<V> {
  title: string
  doing: string
  record: RecordForm<V>
  act: Act
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A sheet that adds or changes a record; a change by somebody else meanwhile costs nothing that was typed. */
export function RecordSheet<V extends Record<string, unknown>>(props: RecordSheetProps<V>) {
  const { title, doing, record, act, onSubmit, onClose, children, labelOf, wordsOf } = props
  const send = () => {
    if (!record.form.validate().hasErrors) onSubmit()
  }
  return (
    <AskSheet
      title={title}
      doing={doing}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.isStale && record.meanwhile ? '' : act.failure}
      onSubmit={send}
    >
      {children}
      <MeanwhileNote meanwhile={record.meanwhile} take={record.take} labelOf={labelOf} {...(wordsOf ? { wordsOf } : {})} />
    </AskSheet>
  )
}
