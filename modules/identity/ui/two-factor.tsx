import { Button, PasswordInput, TextInput } from '@mantine/core'
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from '../../../web/ask.ts'
import { Chip } from '../../../web/kit/figures.tsx'
import { Section } from '../../../web/kit/record-page.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useAuthError } from './auth-error.ts'

interface Enabled {
  totpURI: string
  backupCodes: string[]
}

const secretOf = (uri: string) => (new URL(uri).searchParams.get('secret') ?? '').replace(/(.{4})/g, '$1 ').trim()

function Setup({ made }: { made: Enabled }) {
  const { t } = useTranslation('identity')
  const secret = secretOf(made.totpURI)
  return (
    <>
      <p>{t('second.setup')}</p>
      <code
        dir="ltr"
        style={{ padding: 12, background: 'var(--lagoon-grey)', borderRadius: 'var(--corner)', overflowWrap: 'anywhere' }}
      >
        {secret}
      </code>
      <a href={made.totpURI}>{t('second.open')}</a>
      <details>
        <summary style={{ cursor: 'pointer' }}>{t('second.codes')}</summary>
        <p className="soft small">{t('second.codes_text')}</p>
        <ul className="figure" dir="ltr" style={{ columns: 2, fontFamily: 'monospace', paddingBlock: 8 }}>
          {made.backupCodes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </details>
    </>
  )
}

function SecondSheet({ isOn, onClose, onChange }: { isOn: boolean; onClose: () => void; onChange: () => void }) {
  const { t } = useTranslation('identity')
  const errorText = useAuthError()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [made, setMade] = useState<Enabled | null>(null)
  const [failure, setFailure] = useState('')
  const [isBusy, setBusy] = useState(false)
  const end = (said: string) => {
    toast(said)
    onChange()
    onClose()
  }
  const step = async () => {
    if (isOn) {
      await ask('POST', '/auth/two-factor/disable', { password })
      end(t('second.off_done'))
    } else if (made) {
      await ask('POST', '/auth/two-factor/verify-totp', { code: code.replace(/\D/g, '') })
      end(t('second.on_done'))
    } else setMade(await ask<Enabled>('POST', '/auth/two-factor/enable', { password }))
  }
  const submit = async () => {
    setBusy(true)
    setFailure('')
    try {
      await step()
    } catch (error) {
      setFailure(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <AskSheet
      title={t('second.title')}
      doing={t(isOn ? 'second.turn_off' : made ? 'second.turn_on' : 'second.next')}
      onClose={onClose}
      isBusy={isBusy}
      failure={failure}
      onSubmit={() => void submit()}
      isGrave={isOn}
    >
      {made ? (
        <>
          <Setup made={made} />
          <TextInput
            label={t('second.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            dir="ltr"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </>
      ) : (
        <>
          <p className="soft">{t(isOn ? 'second.off_text' : 'second.on_text')}</p>
          <PasswordInput
            label={t('password.current')}
            autoComplete="current-password"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </>
      )}
    </AskSheet>
  )
}

/** A code from a phone beside the password. */
export function TwoFactor({ isOn, hasPassword, onChange }: { isOn: boolean; hasPassword: boolean; onChange: () => void }) {
  const { t } = useTranslation('identity')
  const [isOpen, setOpen] = useState(false)
  return (
    <Section title={t('second.title')}>
      <div className="stack" style={{ gap: 8, justifyItems: 'start' }}>
        <Chip icon={isOn ? IconShieldCheck : IconShieldOff} tone={isOn ? 'good' : 'plain'}>
          {t(isOn ? 'second.on' : 'second.off')}
        </Chip>
        <p className="soft">{t('second.text')}</p>
        {hasPassword && (
          <Button variant="default" size="xs" onClick={() => setOpen(true)}>
            {t(isOn ? 'second.turn_off' : 'second.turn_on')}
          </Button>
        )}
      </div>
      {isOpen && <SecondSheet isOn={isOn} onClose={() => setOpen(false)} onChange={onChange} />}
    </Section>
  )
}
