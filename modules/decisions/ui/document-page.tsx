import { IconCopy, IconPencil } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleTable as Table } from '../../../kernel/tables.ts'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useAddress, useGo } from '../../../web/kit/go.tsx'
import { Facts, type NextAction, Note, RecordPage, Section } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import type { Params } from '../../../web/pages.ts'
import { useCan } from '../../../web/session.ts'
import { AccessWhy } from '../../access/ui/access-why.tsx'
import { useRowLabel } from '../../deals/ui/usual-words.ts'
import type { RuleDocument } from '../contract.ts'
import { DOCUMENT } from '../rules.ts'
import { DocumentBody } from './document-body.tsx'
import { StandingChip, useScopeText } from './document-chips.tsx'
import { DocumentEditor } from './document-editor.tsx'
import { kindKey } from './kind-key.ts'
import { PublishSheet } from './publish-sheet.tsx'
import { ReplayPart, useReplay } from './replay-part.tsx'
import { useTitleWords } from './usual-words.ts'

interface Doing {
  actions: NextAction[]
  sheet: ReactNode
  isEditing: boolean
  /** Ends the editing; what was saved is tried on history at once. */
  endEdit: (isSaved: boolean) => void
  failure: string
}

function useDoing(document: RuleDocument): Doing {
  const { t } = useTranslation('decisions')
  const { go } = useGo()
  const { values, set } = useAddress()
  const can = useCan()
  const act = useAct()
  const [open, setOpen] = useState<'publish' | 'retire' | null>(null)
  const draft = useWrite(api.decisions.draft)
  const test = useWrite(api.decisions.test)
  const verbs = new Set<string>(DOCUMENT.verbs(document.state).map(({ verb }) => verb))
  const isWritten = document.state === 'draft' || document.state === 'tested'
  const isEditing = isWritten && can('decisions.draft') && values.do === 'edit'
  const runTest = () => act.run(() => test.mutateAsync({ id: document.id }), t('test.done'))
  const again = () =>
    act.run(async () => {
      const { kind, title, scope, body } = document
      const made = await draft.mutateAsync({ kind, title, scope, body: body as never })
      go(`rule-documents/${made.id}?do=edit`)
    }, t('draft.done'))
  const writing: NextAction[] = isWritten
    ? [
        { key: 'edit', label: t('edit.do'), icon: IconPencil, onDo: () => set({ do: 'edit' }, true) },
        {
          key: 'test',
          label: t('test.do'),
          isMain: document.state === 'draft',
          loading: test.isPending,
          onDo: () => void runTest(),
        },
      ]
    : [{ key: 'draft', label: t('draft.do'), icon: IconCopy, isMain: true, loading: draft.isPending, onDo: () => void again() }]
  const publishing: NextAction[] = isWritten
    ? [
        {
          key: 'publish',
          label: t('publish.do'),
          isMain: document.state === 'tested',
          reason: verbs.has('publish') ? null : t('publish.untested'),
          onDo: () => setOpen('publish'),
        },
      ]
    : [
        {
          key: 'retire',
          label: t('retire.do'),
          isGrave: true,
          reason: verbs.has('retire') ? null : t('retire.already'),
          onDo: () => setOpen('retire'),
        },
      ]
  const actions = [...(can('decisions.draft') ? writing : []), ...(can('decisions.publish') ? publishing : [])]
  const endEdit = (isSaved: boolean) => {
    set({ do: null })
    if (isSaved) void runTest()
  }
  const sheet = open && <PublishSheet document={document} isEnd={open === 'retire'} onClose={() => setOpen(null)} />
  return { actions: isEditing ? [] : actions, sheet, isEditing, endEdit, failure: act.failure }
}

function Beside({ document }: { document: RuleDocument }) {
  return (
    <>
      <Life document={document} />
      <AccessWhy subject_type="rule-documents" subject_id={document.id} permission="decisions.draft" />
    </>
  )
}

function Life({ document }: { document: RuleDocument }) {
  const { t } = useTranslation('decisions')
  return (
    <Section title={t('life')}>
      <Facts
        facts={[
          { label: t('field.created'), value: <When at={document.created_at} as="moment" /> },
          document.tested_at && { label: t('field.tested'), value: <When at={document.tested_at} as="moment" /> },
          document.published_from && { label: t('field.from'), value: <When at={document.published_from} as="moment" /> },
          document.retired_at && { label: t('field.until'), value: <When at={document.retired_at} as="moment" /> },
        ]}
      />
      <p className="soft small" style={{ marginBlockStart: 12 }}>
        {t(`kind_text.${kindKey(document.kind)}`)}
      </p>
    </Section>
  )
}

function useRowName(document: RuleDocument): (row: string) => string {
  const { t } = useTranslation('decisions')
  // Only a document of rows has any; what it holds was checked against its kind when it was drafted.
  const { rows = [] } = document.body as Partial<Table>
  const labelOf = useRowLabel()
  return (row) => {
    const found = rows.find((one) => one.id === row)
    if (found) return labelOf(row, found.label)
    return row === '' ? t('table.otherwise') : row
  }
}

function Record({ document }: { document: RuleDocument }) {
  const { t } = useTranslation('decisions')
  const scopeText = useScopeText()
  const titleOf = useTitleWords()
  const rowName = useRowName(document)
  const { actions, sheet, isEditing, endEdit, failure } = useDoing(document)
  const isTable = document.kind === 'deals.review'
  // Before it is published, what it would change comes first; afterwards what it says.
  const isWritten = document.state === 'draft' || document.state === 'tested'
  const replay = useReplay(document, isTable)
  const hits = replay && replay.decisions > 0 && replay.state === 'done' ? replay.rows : null
  const states = (
    <>
      <StandingChip document={document} />
      <span className="soft small">
        {t(`kind.${kindKey(document.kind)}`)} · {t('version', { number: document.number })} · {scopeText(document)}
      </span>
    </>
  )
  const heading = { title: titleOf(document.title), crumb: { label: t('documents.title'), to: 'rule-documents' }, states }
  if (isEditing)
    return (
      <RecordPage {...heading} actions={[]} why={null}>
        <DocumentEditor key={document.id} document={document} onDone={endEdit} />
      </RecordPage>
    )
  return (
    <>
      <RecordPage {...heading} actions={actions} why={<Beside document={document} />}>
        {failure && (
          <Note tone="urgent">
            <span role="alert">{failure}</span>
          </Note>
        )}
        {replay && isWritten && <ReplayPart replay={replay} rowName={rowName} />}
        <Section title={t(`says.${kindKey(document.kind)}`)}>
          {isTable && (
            <p className="soft" style={{ marginBlockEnd: 8 }}>
              {t('table.text')}
            </p>
          )}
          <DocumentBody document={document} hits={hits && new Map(hits.map((one) => [one.row, one]))} />
        </Section>
        {replay && !isWritten && replay.decisions > 0 && <ReplayPart replay={replay} rowName={rowName} />}
      </RecordPage>
      {sheet}
    </>
  )
}

/** One version of a rule: what it says, how it was tested, when it holds. */
export function DocumentPage({ params }: { params: Params }) {
  const { data, error, refetch } = useRead(api.decisions.get, { id: params.id ?? '' })
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  if (!data || data.id !== params.id) return <Waiting />
  return <Record key={data.id} document={data} />
}
