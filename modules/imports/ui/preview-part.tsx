import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { numberText } from '../../../web/kit/locale.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { type Import, useKinds, useReasons } from './import-words.ts'
import { Figures, OutcomeRows } from './outcome-rows.tsx'
import { useReadAgain } from './use-read-again.ts'

/** What the rows would do; nothing of it is kept yet. */
export function PreviewPart({ one }: { one: Import }) {
  const { t } = useTranslation('imports')
  const { fieldLabel } = useKinds()
  const why = useReasons(one.kind)
  const { data, refetch } = useRead(api.imports.preview, { id: one.id }, { every: one.state === 'checking' ? 800 : 0 })
  useReadAgain(refetch, one.state)
  if (!data) return null
  const changes = (all: Record<string, unknown[]>) =>
    Object.entries(all)
      .map(([field, [old, next]]) => `${fieldLabel(one.kind, field)}: ${String(old ?? '–')} → ${String(next ?? '–')}`)
      .join('; ')
  return (
    <>
      <p className="soft" style={{ marginBlockEnd: 16 }}>
        {t('preview.text')}
      </p>
      <Figures of={data} isDone={false} />
      {data.reasons.length > 0 && (
        <Section title={t('preview.reasons')}>
          <ul>
            {data.reasons.slice(0, 10).map((reason) => (
              <li key={`${reason.path} ${reason.message}`}>
                <span className="figure strong">{numberText(reason.count)}</span> {why([reason])}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {data.items.length > 0 && (
        <Section title={t('preview.rows')}>
          <OutcomeRows
            label={t('preview.rows')}
            rows={data.items.map((row) => ({ ...row, key: String(row.line), text: why(row.issues) || changes(row.changes) }))}
          />
        </Section>
      )}
    </>
  )
}
