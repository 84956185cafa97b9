import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClientError } from '../kernel/client.ts'
import { useErrorText } from './kit/states.tsx'
import { SecondStep } from './second-step.tsx'
import { signIn } from './session.ts'

interface Props {
  email?: string
  /** Somebody must sign in as themselves: the address stands. */
  isFixed?: boolean
  onDone: () => void
  /** Other ways in, below the button; they get the address typed so far. */
  children?: (email: string) => ReactNode
}

/** E-mail and password, then the code where a second step is set up. */
export function PasswordForm({ email = '', isFixed = false, onDone, children }: Props) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [failure, setFailure] = useState('')
  const [isSecond, setSecond] = useState(false)
  // Two fields need no form library, which would be most of this page's weight.
  const [typed, setTyped] = useState({ email, password: '' })
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const password = useRef<HTMLInputElement>(null)
  // The button that was pressed lost the focus while it worked; the field it is about is ready to be typed over.
  useEffect(() => {
    if (failure) password.current?.select()
  }, [failure])
  const missing = {
    email: typed.email.includes('@') ? '' : t('sign_in.email_needed'),
    password: typed.password ? '' : t('sign_in.password_needed'),
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    setFailure('')
    if (missing.email || missing.password) return
    setBusy(true)
    try {
      const answer = await signIn(typed.email.trim(), typed.password)
      if (answer?.twoFactorRedirect) setSecond(true)
      else onDone()
    } catch (error) {
      const wrong = error instanceof ClientError && [400, 401, 403].includes(error.status)
      setFailure(wrong ? t('sign_in.wrong') : errorText(error))
    } finally {
      setBusy(false)
    }
  }
  if (isSecond) return <SecondStep onDone={onDone} />
  return (
    <form onSubmit={(event) => void submit(event)} className="stack" noValidate>
      <TextInput
        size="md"
        label={t('sign_in.email')}
        type="email"
        dir="ltr"
        autoComplete="username"
        readOnly={isFixed}
        value={typed.email}
        error={isTried && missing.email}
        onChange={(event) => setTyped({ ...typed, email: event.currentTarget.value })}
      />
      <PasswordInput
        size="md"
        label={t('sign_in.password')}
        autoComplete="current-password"
        data-autofocus={isFixed || undefined}
        ref={password}
        value={typed.password}
        error={isTried && missing.password}
        onChange={(event) => setTyped({ ...typed, password: event.currentTarget.value })}
      />
      {failure && (
        <p role="alert" className="small failure">
          {failure}
        </p>
      )}
      <Button size="md" type="submit" loading={isBusy}>
        {t('sign_in.do')}
      </Button>
      {children?.(typed.email.trim())}
    </form>
  )
}
