import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { sessionGate } from './ask.ts'
import { useMe } from './session.ts'
import { PasswordForm } from './sign-in.tsx'

/** Over the page when the session ends in the middle of it: what was typed stays, and what was sent is sent again. */
export function SignInSheet() {
  const { t } = useTranslation()
  const { data: me } = useMe()
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title={<h2>{t('sign_in.expired')}</h2>} centered>
      <p className="soft" style={{ marginBlockEnd: 16 }}>
        {t('sign_in.expired_text')}
      </p>
      <PasswordForm {...(me ? { email: me.person.email } : {})} onDone={sessionGate.pass} />
    </Modal>
  )
}
