import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type ReactNode, useState } from 'react'
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
  const form = useForm({
    initialValues: { email, password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : t('sign_in.email_needed')),
      password: (value) => (value ? null : t('sign_in.password_needed')),
    },
  })
  const submit = form.onSubmit(async (values) => {
    setFailure('')
    try {
      const answer = await signIn(values.email.trim(), values.password)
      if (answer?.twoFactorRedirect) setSecond(true)
      else onDone()
    } catch (error) {
      const wrong = error instanceof ClientError && [400, 401, 403].includes(error.status)
      setFailure(wrong ? t('sign_in.wrong') : errorText(error))
    }
  })
  if (isSecond) return <SecondStep onDone={onDone} />
  return (
    <form onSubmit={submit} className="stack" noValidate>
      <TextInput
        size="md"
        label={t('sign_in.email')}
        type="email"
        dir="ltr"
        autoComplete="username"
        readOnly={isFixed}
        {...form.getInputProps('email')}
      />
      <PasswordInput
        size="md"
        label={t('sign_in.password')}
        autoComplete="current-password"
        data-autofocus={isFixed || undefined}
        {...form.getInputProps('password')}
      />
      {failure && (
        <p role="alert" className="small failure">
          {failure}
        </p>
      )}
      <Button size="md" type="submit" loading={form.submitting}>
        {t('sign_in.do')}
      </Button>
      {children?.(form.values.email.trim())}
    </form>
  )
}
