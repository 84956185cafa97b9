import { Button, NativeSelect } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { useAddress, useGo } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { locale } from '../../../web/kit/locale.ts'
import { useErrorText } from '../../../web/kit/states.tsx'
import { type KindInfo, labelOf, useKinds } from './import-words.ts'
import './imports.css'

/** A table with the headings of a kind and nothing below, as a spreadsheet of this language opens it. */
function emptyTable(columns: KindInfo['columns']): string {
  const mark = locale().startsWith('de') ? ';' : ','
  const headings = columns.map(({ label }) => labelOf(label)).join(mark)
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${headings}\r\n`)}`
}

/** Choose what the rows are, give the file. */
export function NewImport() {
  const { t } = useTranslation('imports')
  const { go } = useGo()
  const { values } = useAddress()
  const { kinds } = useKinds()
  const errorText = useErrorText()
  const picker = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState(values.kind ?? '')
  const [isOver, setOver] = useState(false)
  const kind = kinds.find((one) => one.kind === chosen) ?? kinds[0]
  const upload = useWrite(api.imports.upload, { onDone: (made) => go(`imports/${made.id}`, true) })
  const give = (file: File | undefined) => {
    if (file && kind) upload.mutate({ kind: kind.kind, name: file.name.slice(0, 200) || 'Upload', file })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    give(event.dataTransfer.files[0])
  }
  return (
    <>
      <Heading title={t('new.title')} crumb={{ label: t('list.title'), to: 'imports' }} />
      <div className="stack import-new">
        <NativeSelect
          label={t('new.kind')}
          value={kind?.kind ?? ''}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={kinds.map((one) => ({ value: one.kind, label: labelOf(one.label) }))}
        />
        {kind && (
          <p className="soft">
            {t('new.needs', {
              fields: kind.columns
                .filter(({ required }) => required)
                .map(({ label }) => labelOf(label))
                .join(', '),
            })}{' '}
            {t('new.takes', {
              fields: kind.columns
                .filter(({ required }) => !required)
                .map(({ label }) => labelOf(label))
                .join(', '),
            })}{' '}
            <a href={emptyTable(kind.columns)} download={`${kind.kind}.csv`}>
              {t('new.template')}
            </a>
          </p>
        )}
        <div
          className="import-drop"
          data-over={isOver || undefined}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <p className="strong">{t('new.drop')}</p>
          <p className="soft small">{t('new.formats')}</p>
          <input
            ref={picker}
            type="file"
            hidden
            aria-label={t('new.choose')}
            accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            onChange={(event) => give(event.currentTarget.files?.[0])}
          />
          <Button leftSection={<IconUpload size={18} />} loading={upload.isPending} onClick={() => picker.current?.click()}>
            {t('new.choose')}
          </Button>
        </div>
        <p role="alert" style={{ color: 'var(--brick)' }}>
          {upload.error ? errorText(upload.error) : ''}
        </p>
      </div>
    </>
  )
}
