import { Button, Checkbox, Textarea } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { numberText } from '../../../web/kit/locale.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useAct } from '../../../web/kit/use-act.ts'

const LARGEST = 11_000_000

/** Reads the bank's file of rates, chosen or pasted. */
export function EcbSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('ecosystems')
  const act = useAct()
  const write = useWrite(api.ecosystems.import_ecb)
  const file = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [content, setContent] = useState('')
  const [only_used, setOnlyUsed] = useState(true)
  const take = async (chosen: File | undefined) => {
    if (!chosen) return
    if (chosen.size > LARGEST) return act.fail(t('ecb.large'))
    setName(chosen.name)
    setContent(await chosen.text())
  }
  const submit = async () => {
    if (!content.trim()) return act.fail(t('ecb.needed'))
    const send = async () => {
      const { read, stored } = await write.mutateAsync({ content, only_used })
      toast(t('ecb.done', { read: numberText(read), stored: numberText(stored) }))
    }
    if (await act.run(send)) onClose()
  }
  return (
    <AskSheet
      title={t('ecb.title')}
      doing={t('ecb.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <p className="soft">
        {t('ecb.text')}{' '}
        <a
          href="https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html"
          rel="noreferrer"
          target="_blank"
        >
          ecb.europa.eu
        </a>
      </p>
      <div className="bar tight">
        <Button variant="default" leftSection={<IconUpload size={18} stroke={1.6} />} onClick={() => file.current?.click()}>
          {t('ecb.choose')}
        </Button>
        <span className="soft small">{name}</span>
        <input
          ref={file}
          type="file"
          accept=".xml,.csv,text/xml,text/csv"
          aria-label={t('ecb.choose')}
          style={{ display: 'none' }}
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
      </div>
      {!name && (
        <Textarea
          label={t('ecb.paste')}
          autosize
          minRows={3}
          maxRows={8}
          value={content}
          onChange={(event) => setContent(event.currentTarget.value)}
          styles={{ input: { fontFamily: 'monospace', fontSize: 13 } }}
        />
      )}
      <Checkbox label={t('ecb.only')} checked={only_used} onChange={(event) => setOnlyUsed(event.currentTarget.checked)} />
    </AskSheet>
  )
}
