import { Button } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClientError } from '../kernel/client.ts'
import { useErrorText } from './kit/states.tsx'
import { canUsePasskeys, namedAddress, signInWithPasskey } from './passkey.ts'

/** Sign in by fingerprint, face or the lock of the device, without a password. */
export function PasskeyButton({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [failure, setFailure] = useState('')
  const [isBusy, setBusy] = useState(false)
  const elsewhere = namedAddress()
  const start = async () => {
    setBusy(true)
    setFailure('')
    try {
      await signInWithPasskey()
      onDone()
    } catch (error) {
      const unknown = error instanceof ClientError && [400, 401, 404].includes(error.status)
      if (unknown) setFailure(t('sign_in.passkey_unknown'))
      else setFailure(error instanceof DOMException ? t('sign_in.passkey_none') : errorText(error))
    } finally {
      setBusy(false)
    }
  }
  if (elsewhere)
    return (
      <Button component="a" href={elsewhere} size="md" variant="default" leftSection={<IconFingerprint size={18} stroke={1.6} />}>
        {t('sign_in.passkey_elsewhere', { host: new URL(elsewhere).host })}
      </Button>
    )
  if (!canUsePasskeys()) return null
  return (
    <>
      <Button
        size="md"
        variant="default"
        loading={isBusy}
        leftSection={<IconFingerprint size={18} stroke={1.6} />}
        onClick={() => void start()}
      >
        {t('sign_in.passkey')}
      </Button>
      {failure && (
        <p role="alert" className="small failure">
          {failure}
        </p>
      )}
    </>
  )
}
