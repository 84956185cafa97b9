import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, sessionGate } from './ask.ts'
import { PasskeyButton } from './passkey-button.tsx'
import { PasswordForm } from './password-form.tsx'
import { type Me, signOut, useMe } from './session.ts'

/** Over the page when the session ends in the middle of it: what was typed stays, and what was sent is sent again. */
export function SignInSheet() {
  const { t } = useTranslation()
  const { data: me } = useMe()
  const [isOther, setOther] = useState(false)
  const done = async () => {
    const now = await ask<Me>('GET', '/me')
    // What waits was written by one person and is never sent in the name of another.
    if (me && now.person.email !== me.person.email) setOther(true)
    else sessionGate.pass()
  }
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title={t('sign_in.expired')} centered>
      <p className="soft" style={{ marginBlockEnd: 16 }}>
        {t('sign_in.expired_text')}
      </p>
      {isOther && (
        <p role="alert" className="failure" style={{ marginBlockEnd: 16 }}>
          {t('sign_in.other', { email: me?.person.email })}
        </p>
      )}
      <PasswordForm email={me?.person.email ?? ''} isFixed={Boolean(me)} onDone={() => void done()}>
        {() => (
          <>
            <PasskeyButton onDone={() => void done()} />
            <Button variant="subtle" onClick={() => void signOut()}>
              {t('sign_in.leave')}
            </Button>
          </>
        )}
      </PasswordForm>
    </Modal>
  )
}
