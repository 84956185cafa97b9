import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { RuleTable as Table } from '../../../kernel/tables.ts'
import { api, useWrite } from '../../../web/api.ts'
import { Note } from '../../../web/kit/record-page.tsx'
import { type Act, useAct } from '../../../web/kit/use-act.ts'
import { useKept } from '../../../web/kit/use-kept.ts'
import type { RuleDocument } from '../contract.ts'
import { ClausesForm } from './clauses-form.tsx'
import { RuleEditor } from './rule-editor.tsx'
import { TermsForm } from './terms-form.tsx'
import { useTitleToKeep, useTitleWords } from './usual-words.ts'

type Body = RuleDocument['body']
interface FormProps {
  document: RuleDocument
  body: Body
  onChange: (body: Body) => void
  issues: Record<string, string>
}

/** The form of the document's kind; a text that no form fits stays with the experts. */
function BodyForm({ document, body, onChange, issues }: FormProps) {
  const { t } = useTranslation('decisions')
  if (document.kind === 'deals.review') {
    const table = Table.safeParse(body)
    // While a row has no name yet the table is not whole, but it is what the form writes.
    const shown = table.success ? table.data : (body as Table)
    return Array.isArray(shown.rows) ? (
      <RuleEditor table={shown} onChange={onChange} issues={issues} />
    ) : (
      <p>{t('edit.no_form')}</p>
    )
  }
  if (typeof body !== 'object' || body === null) return <p>{t('edit.no_form')}</p>
  if (document.kind === 'deals.terms')
    return <TermsForm body={body as Record<string, unknown>} onChange={onChange} issues={issues} />
  const { clauses } = body as { clauses?: Parameters<typeof ClausesForm>[0]['clauses'] }
  return Array.isArray(clauses) ? (
    <ClausesForm clauses={clauses} onChange={(next) => onChange({ clauses: next })} />
  ) : (
    <p>{t('edit.no_form')}</p>
  )
}

function Expert({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation('decisions')
  return (
    <Textarea
      label={t('edit.body')}
      description={t('edit.body_text')}
      autosize
      minRows={14}
      maxRows={32}
      spellCheck={false}
      value={text}
      styles={{ input: { fontFamily: 'monospace', fontSize: 13, whiteSpace: 'pre', overflowX: 'auto' } }}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  )
}

/** Which issues have no place of their own on the page. */
const atLarge = (issues: Record<string, string>) =>
  Object.entries(issues).flatMap(([path, text]) => (/^body\.rows\.\d+\./.test(path) ? [] : [`${path}: ${text}`]))

interface Written {
  title: string
  body: Body
  /** The document as its text, while an expert writes that. */
  text: string | null
  /** The version this was begun from: a later change by somebody else is told, and overwritten only on purpose. */
  version: number
}

function useWritten(document: RuleDocument, act: Act) {
  const { t } = useTranslation('decisions')
  const title = useTitleWords()(document.title)
  const kept = useKept<Written>(`rule.${document.id}`, { title, body: document.body, text: null, version: document.version })
  const { body, text } = kept.value
  /** The document as it stands, from whichever side it was written; nothing where the text is broken. */
  const read = (): { body: Body } | null => {
    if (text === null) return { body }
    try {
      return { body: JSON.parse(text) as Body }
    } catch (error) {
      act.fail(t('edit.no_json', { what: error instanceof Error ? error.message : '' }))
      return null
    }
  }
  const turn = (toExpert: boolean) => {
    const now = read()
    if (!now) return
    act.fail('')
    kept.put({ body: now.body, text: toExpert ? JSON.stringify(now.body, null, 2) : null })
  }
  return { ...kept, read, turn }
}

/** Changes a draft in place: by its form, or as the document it is. */
export function DocumentEditor({ document, onDone }: { document: RuleDocument; onDone: (isSaved: boolean) => void }) {
  const { t } = useTranslation(['decisions', 'web'])
  const act = useAct()
  const { value, put, isBack, forget, read, turn } = useWritten(document, act)
  const { title, body, text, version } = value
  const write = useWrite(api.decisions.edit, { version })
  const titleToKeep = useTitleToKeep()
  const end = (isSaved: boolean) => {
    forget()
    onDone(isSaved)
  }
  const save = async () => {
    const now = read()
    if (!now) return
    const input = { id: document.id, title: titleToKeep(title.trim()), body: now.body as never }
    if (await act.run(() => write.mutateAsync(input), t('edit.done'))) end(true)
  }
  return (
    <div className="document-editor">
      {isBack && (
        <p className="small soft">
          {t('web:form.draft_back')}{' '}
          <Button variant="subtle" size="compact-xs" onClick={forget}>
            {t('web:form.start_over')}
          </Button>
        </p>
      )}
      <div className="bar" style={{ alignItems: 'end', marginBlockEnd: 20 }}>
        <TextInput
          label={t('field.title')}
          w={360}
          maw="100%"
          value={title}
          onChange={(event) => put({ title: event.currentTarget.value })}
        />
        <SegmentedControl
          className="push"
          aria-label={t('edit.way')}
          data={[
            { value: 'form', label: t('edit.form') },
            { value: 'expert', label: t('edit.expert') },
          ]}
          value={text === null ? 'form' : 'expert'}
          onChange={(way) => turn(way === 'expert')}
        />
      </div>
      {text === null ? (
        <BodyForm document={document} body={body} onChange={(next) => put({ body: next })} issues={act.issues} />
      ) : (
        <Expert text={text} onText={(next) => put({ text: next })} />
      )}
      {document.version !== version && (
        <Note tone="waiting">
          <span className="strong" role="alert">
            {t('edit.meanwhile')}
          </span>
          <span className="bar tight">
            <Button size="compact-sm" variant="default" onClick={() => end(false)}>
              {t('edit.theirs')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => put({ version: document.version })}>
              {t('edit.mine')}
            </Button>
          </span>
        </Note>
      )}
      <div className="editor-foot">
        <p role="alert" style={{ color: 'var(--brick)', whiteSpace: 'pre-line' }}>
          {act.isStale ? '' : atLarge(act.issues).join('\n') || act.failure}
        </p>
        <Button variant="default" onClick={() => end(false)}>
          {t('edit.leave')}
        </Button>
        <Button loading={act.isBusy} aria-disabled={document.version !== version} onClick={() => void save()}>
          {t('edit.save')}
        </Button>
      </div>
    </div>
  )
}
