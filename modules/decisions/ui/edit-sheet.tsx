import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import type { RuleDocument } from '../contract.ts'

/** Changes a draft as the document it is; each mistake is told with its place. */
export function EditSheet({ document, onClose }: { document: RuleDocument; onClose: () => void }) {
  const { t } = useTranslation('decisions')
  const act = useAct()
  const write = useWrite(api.decisions.edit, { version: document.version })
  const [title, setTitle] = useState(document.title)
  const [text, setText] = useState(() => JSON.stringify(document.body, null, 2))
  const submit = async () => {
    let body: unknown
    try {
      body = JSON.parse(text)
    } catch (error) {
      return act.fail(t('edit.no_json', { what: error instanceof Error ? error.message : '' }))
    }
    if (await act.run(() => write.mutateAsync({ id: document.id, title: title.trim(), body: body as never }), t('edit.done')))
      onClose()
  }
  const issues = Object.entries(act.issues)
  return (
    <AskSheet
      title={t('edit.title', { number: document.number })}
      doing={t('edit.save')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={issues.length > 0 ? issues.map(([path, message]) => `${path}: ${message}`).join('\n') : act.failure}
      onSubmit={() => void submit()}
    >
      <TextInput label={t('field.title')} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
      <Textarea
        label={t('edit.body')}
        description={t('edit.body_text')}
        autosize
        minRows={10}
        maxRows={22}
        spellCheck={false}
        value={text}
        styles={{ input: { fontFamily: 'monospace', fontSize: 13, whiteSpace: 'pre', overflowX: 'auto' } }}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </AskSheet>
  )
}
