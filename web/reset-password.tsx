import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClientError } from '../kernel/client.ts'
import { ask } from './ask.ts'
import { DoorFront } from './door-front.tsx'
import { useAddress, useGo } from './kit/go.tsx'
import { EmptyState, useErrorText } from './kit/states.tsx'
import { SecondStep } from './second-step.tsx'
import { signIn } from './session.ts'

const SHORTEST = 10

interface Props {
  token: string
  email: string
  onIn: () => void
  onGone: () => void
}

function NewPassword({ token, email, onIn, onGone }: Props) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [failure, setFailure] = useState('')
  const [isSecond, setSecond] = useState(false)
  const form = useForm({
    initialValues: { email, password: '' },
    validate: { password: (value) => (value.length >= SHORTEST ? null : t('first.password_rule')) },
  })
  const submit = form.onSubmit(async ({ password }) => {
    setFailure('')
    try {
      await ask('POST', '/auth/reset-password', { token, newPassword: password })
      const answer = await signIn(email, password)
      if (answer?.twoFactorRedirect) setSecond(true)
      else onIn()
    } catch (error) {
      if (error instanceof ClientError && error.problem.code === 'INVALID_TOKEN') onGone()
      else setFailure(errorText(error))
    }
  })
  if (isSecond) return <SecondStep onDone={onIn} />
  return (
    <form onSubmit={submit} className="stack" noValidate>
      <TextInput size="md" label={t('sign_in.email')} value={email} readOnly dir="ltr" type="email" autoComplete="username" />
      <PasswordInput
        size="md"
        label={t('reset.new')}
        description={t('first.password_rule')}
        autoComplete="new-password"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing this page is for
        autoFocus
        {...form.getInputProps('password')}
      />
      {failure && (
        <p role="alert" className="small failure">
          {failure}
        </p>
      )}
      <Button size="md" type="submit" loading={form.submitting}>
        {t('reset.do')}
      </Button>
    </form>
  )
}

/** Where the link of a mail for a new password leads. */
export function ResetPassword() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { values } = useAddress()
  const { go } = useGo()
  const [isGone, setGone] = useState(!values.token || Boolean(values.error))
  const email = values.email ?? ''
  const onIn = async () => {
    await client.invalidateQueries()
    go('/', true)
  }
  const again = () => go(`/sign-in?way=reset&email=${encodeURIComponent(email)}`)
  return (
    <div className="door">
      <DoorFront />
      <main className="door-form">
        <div>
          {isGone ? (
            <EmptyState isPage title={t('reset.gone')} action={<Button onClick={again}>{t('reset.again')}</Button>}>
              {t('reset.gone_text')}
            </EmptyState>
          ) : (
            <>
              <h1 style={{ marginBlockEnd: 8 }}>{t('reset.title')}</h1>
              <p className="soft" style={{ marginBlockEnd: 24 }}>
                {t('reset.text')}
              </p>
              <NewPassword token={values.token ?? ''} email={email} onIn={() => void onIn()} onGone={() => setGone(true)} />
            </>
          )}
        </div>
      </main>
    </div>
  )
}
