import { PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from '../../../web/ask.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useAuthError } from './auth-error.ts'
import { QrPicture } from './qr-picture.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

export type Doing = 'turn_on' | 'turn_off' | 'renew'

interface Made {
  totpURI: string
  backupCodes: string[]
}
interface State {
  step: 'password' | 'key' | 'codes'
  made: Made | null
}

const secretOf = (uri: string) => (new URL(uri).searchParams.get('secret') ?? '').replace(/(.{4})/g, '$1 ').trim()

/** What each step asks the server, and the state that follows; null when all is done. */
async function nextState(doing: Doing, { step, made }: State, password: string, code: string): Promise<State | null> {
  if (step === 'codes') return null
  if (step === 'key') {
    await ask('POST', '/auth/two-factor/verify-totp', { code: code.replace(/\D/g, '') })
    return { step: 'codes', made }
  }
  if (doing === 'turn_on') return { step: 'key', made: await ask<Made>('POST', '/auth/two-factor/enable', { password }) }
  if (doing === 'renew')
    return { step: 'codes', made: await ask<Made>('POST', '/auth/two-factor/generate-backup-codes', { password }) }
  await ask('POST', '/auth/two-factor/disable', { password })
  return null
}

function Key({ uri, code, onCode }: { uri: string; code: string; onCode: (code: string) => void }) {
  const { t } = useTranslation('identity')
  return (
    <>
      <p>{t('second.setup')}</p>
      <QrPicture text={uri} label={t('second.picture')} />
      <details>
        <summary>{t('second.by_hand')}</summary>
        <p className="codes" dir="ltr">
          {secretOf(uri)}
        </p>
        <a href={uri}>{t('second.open')}</a>
      </details>
      <TextInput
        label={t('second.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        dir="ltr"
        data-autofocus
        value={code}
        onChange={(event) => onCode(event.currentTarget.value)}
      />
    </>
  )
}

/** Turns the second step on (password, key, codes), off, or makes new codes. */
export function SecondSheet({ doing, onClose, onChange }: { doing: Doing; onClose: () => void; onChange: () => void }) {
  const { t } = useTranslation('identity')
  const errorText = useAuthError()
  const [state, setState] = useState<State>({ step: 'password', made: null })
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [failure, setFailure] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    setFailure('')
    try {
      const next = await nextState(doing, state, password, code)
      if (next) return setState(next)
      toast(t(`second.${doing}_done`))
      onChange()
      onClose()
    } catch (error) {
      setFailure(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  const last = doing === 'turn_off' ? 'second.turn_off' : 'second.next'
  // Once the codes are shown the second step is on, whichever way the sheet is closed.
  const close = () => {
    if (state.step === 'codes') onChange()
    onClose()
  }
  return (
    <AskSheet
      title={t(state.step === 'codes' ? 'second.codes' : 'second.title')}
      doing={t({ password: last, key: 'second.turn_on', codes: 'second.kept' }[state.step])}
      onClose={close}
      isBusy={isBusy}
      failure={failure}
      onSubmit={() => void submit()}
      isGrave={doing === 'turn_off'}
    >
      {state.step === 'password' && (
        <>
          <p className="soft">{t(`second.${doing}_text`)}</p>
          <PasswordInput
            label={t('password.current')}
            autoComplete="current-password"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </>
      )}
      {state.step === 'key' && state.made && <Key uri={state.made.totpURI} code={code} onCode={setCode} />}
      {state.step === 'codes' && state.made && <RecoveryCodes codes={state.made.backupCodes} />}
    </AskSheet>
  )
}
