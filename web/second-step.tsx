import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClientError } from '../kernel/client.ts'
import { ask } from './ask.ts'
import { useErrorText } from './kit/states.tsx'

/** The code from the phone, or one of those kept for the day it is lost. */
export function SecondStep({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('identity')
  const errorText = useErrorText()
  const [code, setCode] = useState('')
  const [failure, setFailure] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFailure('')
    const plain = code.replace(/\s/g, '')
    try {
      await ask('POST', /^\d{6}$/.test(plain) ? '/auth/two-factor/verify-totp' : '/auth/two-factor/verify-backup-code', {
        code: plain,
      })
      onDone()
    } catch (error) {
      const wrong = error instanceof ClientError && [400, 401, 403].includes(error.status)
      setFailure(wrong ? t('refused.INVALID_CODE') : errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="stack" noValidate>
      <TextInput
        size="md"
        label={t('second.code')}
        description={t('second.step_text')}
        autoComplete="one-time-code"
        dir="ltr"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the second half of one form: the person is typing already
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <p role="alert" className="small" style={{ color: 'var(--brick)', minBlockSize: '1.4em' }}>
        {failure}
      </p>
      <Button size="md" type="submit" loading={isBusy}>
        {t('second.next')}
      </Button>
    </form>
  )
}
