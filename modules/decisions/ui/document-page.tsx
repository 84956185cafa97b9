import { IconCopy, IconPencil } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useGo } from '../../../web/kit/go.tsx'
import { Facts, type NextAction, Note, RecordPage, Section } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import type { Params } from '../../../web/pages.ts'
import { useCan } from '../../../web/session.ts'
import type { RuleDocument } from '../contract.ts'
import { DOCUMENT } from '../rules.ts'
import { DocumentBody } from './document-body.tsx'
import { StandingChip, useScopeText } from './document-chips.tsx'
import { kindKey } from './document-list.tsx'
import { EditSheet } from './edit-sheet.tsx'
import { PublishSheet } from './publish-sheet.tsx'
import { type Replay, ReplayResult } from './replay-result.tsx'

interface Doing {
  actions: NextAction[]
  sheet: ReactNode
  replay: Replay | null
  failure: string
}

function useDoing(document: RuleDocument): Doing {
  const { t } = useTranslation('decisions')
  const { go } = useGo()
  const can = useCan()
  const act = useAct()
  const [open, setOpen] = useState<'edit' | 'publish' | 'retire' | null>(null)
  const [replay, setReplay] = useState<Replay | null>(null)
  const draft = useWrite(api.decisions.draft)
  const test = useWrite(api.decisions.test)
  const verbs = new Set<string>(DOCUMENT.verbs(document.state).map(({ verb }) => verb))
  const runTest = () => act.run(async () => setReplay((await test.mutateAsync({ id: document.id })).replay), t('test.done'))
  const again = () =>
    act.run(async () => {
      const { kind, title, scope, body } = document
      const made = await draft.mutateAsync({ kind, title, scope, body: body as never })
      go(`rule-documents/${made.id}`)
    }, t('draft.done'))
  const isWritten = document.state === 'draft' || document.state === 'tested'
  const writing: NextAction[] = isWritten
    ? [
        { key: 'edit', label: t('edit.do'), icon: IconPencil, onDo: () => setOpen('edit') },
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
  const close = () => setOpen(null)
  const sheet =
    open === 'edit' ? (
      <EditSheet document={document} onClose={close} />
    ) : (
      open && <PublishSheet document={document} isEnd={open === 'retire'} onClose={close} />
    )
  return { actions, sheet, replay, failure: act.failure }
}

function Record({ document }: { document: RuleDocument }) {
  const { t } = useTranslation('decisions')
  const scopeText = useScopeText()
  const { actions, sheet, replay, failure } = useDoing(document)
  return (
    <>
      <RecordPage
        title={document.title}
        crumb={{ label: t('documents.title'), to: 'rule-documents' }}
        actions={actions}
        states={
          <>
            <StandingChip document={document} />
            <span className="soft small">
              {t(`kind.${kindKey(document.kind)}`)} · {t('version', { number: document.number })} · {scopeText(document)}
            </span>
          </>
        }
        why={
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
        }
      >
        {failure && (
          <Note tone="urgent">
            <span role="alert">{failure}</span>
          </Note>
        )}
        {replay && <ReplayResult replay={replay} />}
        <Section title={t(`says.${kindKey(document.kind)}`)}>
          {document.kind === 'deals.review' && (
            <p className="soft" style={{ marginBlockEnd: 8 }}>
              {t('table.text')}
            </p>
          )}
          <DocumentBody document={document} />
        </Section>
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
