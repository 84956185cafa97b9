import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useGo } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { track } from '../../../web/kit/job-tray.tsx'
import { numberText } from '../../../web/kit/locale.ts'
import { Note } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { isBusy, type State } from '../rules.ts'
import { ChooseSheet } from './choose-sheet.tsx'
import { ImportActions } from './import-actions.tsx'
import { type Import, useKinds } from './import-words.ts'
import { MapColumns } from './map-columns.tsx'
import { PreviewPart } from './preview-part.tsx'
import { problemCode } from './problem-code.ts'
import { ResultPart } from './result-part.tsx'
import { StateChip } from './state-chip.tsx'
import './imports.css'

const STEPS = ['file', 'columns', 'preview', 'result'] as const
const stepOf = (state: State): (typeof STEPS)[number] => {
  if (state === 'reading' || state === 'unreadable') return 'file'
  if (state === 'mapping') return 'columns'
  return state === 'checking' || state === 'checked' ? 'preview' : 'result'
}

function Steps({ state }: { state: State }) {
  const { t } = useTranslation('imports')
  return (
    <ol className="import-steps" aria-label={t('step.all')}>
      {STEPS.map((step) => (
        <li key={step} {...(step === stepOf(state) ? { 'aria-current': 'step' as const } : {})}>
          {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  )
}

function Progress({ one }: { one: Import }) {
  const { t } = useTranslation('imports')
  if (!isBusy(one.state)) return null
  const looked = one.state === 'undoing' ? one.undone + one.kept : one.done
  const total = one.state === 'undoing' ? one.created + one.changed : one.total
  return (
    <div className="stack" role="status" style={{ marginBlockEnd: 24 }}>
      <p>{t(`busy.${one.state}`, { done: numberText(looked), total: numberText(total) })}</p>
      <progress
        className="import-progress"
        aria-label={t(`state.${one.state}`)}
        {...(total > 0 ? { value: looked, max: total } : {})}
      />
      <p className="soft small">{t('busy.leave')}</p>
    </div>
  )
}

/** One import from file to result; what is shown follows its state, so it can be left and found again. */
export function ImportPage({ params }: { params: { id?: string } }) {
  const { t } = useTranslation('imports')
  const { slug } = useGo()
  const { kindLabel } = useKinds()
  const id = params.id ?? ''
  const first = useRead(api.imports.get, { id })
  const busy = first.data ? isBusy(first.data.state) : false
  const { data: one, error, refetch } = useRead(api.imports.get, { id }, { every: busy ? 800 : 0 })
  const state = one?.state
  const name = one?.name ?? ''
  useEffect(() => {
    if (state === 'running' || state === 'undoing')
      track({ title: name, to: `imports/${id}`, read: `/imports/${id}`, module: 'imports', ...(slug ? { slug } : {}) })
  }, [state, name, id, slug])
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  if (!one) return <Waiting rows={8} />
  return (
    <article>
      <Heading title={one.name} crumb={{ label: t('list.title'), to: 'imports' }} actions={<ImportActions one={one} />} />
      <div className="bar" style={{ marginBlockStart: -8, marginBlockEnd: 28, gap: '8px 20px' }}>
        <StateChip state={one.state} />
        <span>{kindLabel(one.kind)}</span>
        {one.total > 0 && <span className="soft">{t('rows', { count: one.total })}</span>}
        {one.format && (
          <span className="soft">{[one.format.type.toUpperCase(), one.format.sheet ?? one.format.encoding].join(', ')}</span>
        )}
        <span className="soft">
          {one.created_by_name} · <When at={one.created_at} as="moment" />
        </span>
      </div>
      <Steps state={one.state} />
      {one.problem && <Note tone="urgent">{t(`problem.${problemCode(one.problem)}`, { defaultValue: one.problem })}</Note>}
      {one.same_file && stepOf(one.state) === 'columns' && <Note tone="waiting">{t('same_file')}</Note>}
      <ChooseSheet one={one} />
      <Progress one={one} />
      <div className="import-body">
        {one.state === 'mapping' && <MapColumns key={one.id} one={one} />}
        {(one.state === 'checked' || one.state === 'checking') && <PreviewPart one={one} />}
        {stepOf(one.state) === 'result' && <ResultPart one={one} />}
      </div>
    </article>
  )
}
