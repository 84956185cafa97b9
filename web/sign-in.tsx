import { Button, PasswordInput, TextInput, UnstyledButton } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClientError } from '../kernel/client.ts'
import { ask } from './ask.ts'
import { DoorFront } from './door-front.tsx'
import { initialsOf } from './kit/initials.ts'
import { useErrorText } from './kit/states.tsx'
import { SecondStep } from './second-step.tsx'
import { type Demo, signIn, useDemo } from './session.ts'

/** E-mail and password. */
export function PasswordForm({ email, onDone }: { email?: string; onDone: () => void }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [failure, setFailure] = useState('')
  const [busy, setBusy] = useState(false)
  const [isSecond, setSecond] = useState(false)
  const form = useForm({
    initialValues: { email: email ?? '', password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : t('sign_in.email_needed')),
      password: (value) => (value ? null : t('sign_in.password_needed')),
    },
  })
  const submit = form.onSubmit(async (values) => {
    setBusy(true)
    setFailure('')
    try {
      const answer = await signIn(values.email.trim(), values.password)
      if (answer?.twoFactorRedirect) setSecond(true)
      else onDone()
    } catch (error) {
      const wrong = error instanceof ClientError && [400, 401, 403].includes(error.status)
      setFailure(wrong ? t('sign_in.wrong') : errorText(error))
    } finally {
      setBusy(false)
    }
  })
  if (isSecond) return <SecondStep onDone={onDone} />
  return (
    <form onSubmit={submit} className="stack" noValidate>
      <TextInput size="md" label={t('sign_in.email')} type="email" autoComplete="username" {...form.getInputProps('email')} />
      <PasswordInput
        size="md"
        label={t('sign_in.password')}
        autoComplete="current-password"
        {...form.getInputProps('password')}
      />
      <p role="alert" className="small" style={{ color: 'var(--brick)', minBlockSize: '1.4em' }}>
        {failure}
      </p>
      <Button size="md" type="submit" loading={busy}>
        {t('sign_in.do')}
      </Button>
    </form>
  )
}

function Cast({ cast, onDone }: { cast: Demo['cast']; onDone: () => void }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [failure, setFailure] = useState('')
  const be = (email: string) => ask('POST', '/demo/be', { email }).then(onDone, (error) => setFailure(errorText(error)))
  return (
    <section className="cast" aria-label={t('demo.cast')}>
      <h2 style={{ marginBlockEnd: 8 }}>{t('demo.cast')}</h2>
      <p className="soft small" style={{ marginBlockEnd: 8 }}>
        {t('demo.cast_text')}
      </p>
      <p role="alert" style={{ color: 'var(--brick)' }}>
        {failure}
      </p>
      <ul>
        {cast.map((one) => (
          <li key={one.email}>
            <UnstyledButton onClick={() => void be(one.email)}>
              <span className="person" aria-hidden="true">
                {initialsOf(one.name)}
              </span>
              <span style={{ minInlineSize: 0 }}>
                <span className="strong">{one.name}</span>
                <span className="soft small" style={{ display: 'block' }}>
                  {one.role}
                </span>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The door of the house. */
export function SignIn() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const demo = useDemo()
  const done = () => client.invalidateQueries()
  return (
    <div className="door">
      <DoorFront />
      <main className="door-form">
        <div>
          <h1 style={{ marginBlockEnd: 24 }}>{t('sign_in.title')}</h1>
          <PasswordForm onDone={() => void done()} />
          {demo.on && demo.cast.length > 0 && <Cast cast={demo.cast} onDone={() => void done()} />}
        </div>
      </main>
    </div>
  )
}
