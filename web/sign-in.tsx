import { Button, UnstyledButton } from '@mantine/core'
import { IconArrowLeft, IconMail } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskMail, type MailWay } from './ask-mail.tsx'
import { DemoCast } from './demo-cast.tsx'
import { DoorFront } from './door-front.tsx'
import { useAddress } from './kit/go.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { PasswordForm } from './password-form.tsx'

interface WaysProps {
  email: string
  onWay: (way: MailWay, email: string) => void
  onDone: () => void
}

function Ways({ email, onWay, onDone }: WaysProps) {
  const { t } = useTranslation()
  return (
    <PasswordForm email={email} onDone={onDone}>
      {(typed) => (
        <>
          <UnstyledButton className="quiet-link" onClick={() => onWay('reset', typed)}>
            {t('sign_in.forgotten')}
          </UnstyledButton>
          <p className="either soft small">{t('sign_in.or')}</p>
          <PasskeyButton onDone={onDone} />
          <Button
            size="md"
            variant="default"
            leftSection={<IconMail size={18} stroke={1.6} />}
            onClick={() => onWay('link', typed)}
          >
            {t('sign_in.link')}
          </Button>
        </>
      )}
    </PasswordForm>
  )
}

const isWay = (text: string | undefined): text is MailWay => text === 'link' || text === 'reset'

/** The door of the house. */
export function SignIn() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { values, set } = useAddress()
  const [email, setEmail] = useState(values.email ?? '')
  const way = isWay(values.way) ? values.way : null
  const title = way ? t(`ask_mail.${way}.title`) : t('sign_in.title')
  useEffect(() => {
    document.title = `${title} · Rialto`
  }, [title])
  const done = () => {
    if (values.way || values.error) set({ way: null, error: null, email: null })
    void client.invalidateQueries()
  }
  const choose = (next: MailWay | null, typed: string) => {
    setEmail(typed)
    set({ way: next, error: null, email: null }, true)
  }
  return (
    <div className="door">
      <DoorFront />
      <main className="door-form">
        <div>
          <h1 style={{ marginBlockEnd: way ? 8 : 24 }}>{title}</h1>
          {way ? (
            <>
              <AskMail key={way} way={way} email={email} isGone={Boolean(values.error)} />
              <UnstyledButton className="quiet-link" mt="md" onClick={() => choose(null, email)}>
                <IconArrowLeft size={16} stroke={1.6} className="flip" aria-hidden="true" />
                {t('sign_in.back')}
              </UnstyledButton>
            </>
          ) : (
            <>
              <Ways email={email} onWay={choose} onDone={done} />
              <DemoCast onDone={done} />
            </>
          )}
          <LanguageChoice />
        </div>
      </main>
    </div>
  )
}
