import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from './api.ts'
import { DoorFront } from './door-front.tsx'
import { useAddress, useGo } from './kit/go.tsx'
import { EmptyState, useErrorText, Waiting } from './kit/states.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { PasswordForm } from './password-form.tsx'
import { signIn, signOut, useMe } from './session.ts'

type Opened = Awaited<ReturnType<typeof api.access.open_invitation>>
interface Props {
  token: string
  invitation: Opened
  onIn: () => void
}

/** For somebody new: a name and a password, and they are in. */
function NewLogin({ token, invitation, onIn }: Props) {
  const { t, i18n } = useTranslation()
  const errorText = useErrorText()
  const [failure, setFailure] = useState('')
  const form = useForm({
    initialValues: { name: invitation.name, password: '' },
    validate: {
      name: (value) => (value.trim() ? null : t('first.name_needed')),
      password: (value) => (value.length >= 10 ? null : t('first.password_rule')),
    },
  })
  const submit = form.onSubmit(async ({ name, password }) => {
    setFailure('')
    try {
      const locale = i18n.language as 'en' | 'de' | 'ar'
      const { email } = await api.access.accept_invitation({ token, name, password, locale })
      await signIn(email, password)
      onIn()
    } catch (error) {
      setFailure(errorText(error))
    }
  })
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <TextInput size="md" label={t('sign_in.email')} value={invitation.email} readOnly autoComplete="username" />
      <TextInput size="md" label={t('first.name')} autoComplete="name" {...form.getInputProps('name')} />
      <PasswordInput
        size="md"
        label={t('sign_in.password')}
        description={t('first.password_rule')}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
      <p role="alert" style={{ color: 'var(--brick)' }}>
        {failure}
      </p>
      <Button size="md" type="submit" loading={form.submitting}>
        {t('join.do', { ecosystem: invitation.ecosystem })}
      </Button>
    </form>
  )
}

/** For somebody with a login: sign in where needed, then join. */
function OwnLogin({ token, invitation, onIn }: Props) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const client = useQueryClient()
  const { data: me } = useMe()
  const [failure, setFailure] = useState('')
  const join = () => api.access.join({ token }).then(onIn, (error) => setFailure(errorText(error)))
  const onDone = () => void client.invalidateQueries({ queryKey: ['me'] })
  if (!me)
    return (
      <PasswordForm email={invitation.email} isFixed onDone={onDone}>
        {() => <PasskeyButton onDone={onDone} />}
      </PasswordForm>
    )
  if (me.person.email !== invitation.email)
    return (
      <div className="stack">
        <p>{t('join.other', { email: me.person.email, invited: invitation.email })}</p>
        <Button variant="default" onClick={() => void signOut()}>
          {t('sign_out')}
        </Button>
      </div>
    )
  return (
    <div className="stack">
      <p role="alert" style={{ color: 'var(--brick)' }}>
        {failure}
      </p>
      <Button size="md" onClick={() => void join()}>
        {t('join.do', { ecosystem: invitation.ecosystem })}
      </Button>
    </div>
  )
}

function Invitation({ token }: { token: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { slug, go } = useGo()
  const { data: invitation, error } = useRead(api.access.open_invitation, { token })
  const onIn = async () => {
    await client.invalidateQueries({ queryKey: ['me'] })
    go(`/e/${slug}`, true)
  }
  if (error)
    return (
      <EmptyState isPage title={t('join.gone')} action={<Button onClick={() => go('/')}>{t('sign_in.do')}</Button>}>
        {t('join.gone_text')}
      </EmptyState>
    )
  if (!invitation) return <Waiting rows={4} />
  const Login = invitation.has_login ? OwnLogin : NewLogin
  return (
    <>
      <h1 style={{ marginBlockEnd: 8 }}>{t('join.title', { ecosystem: invitation.ecosystem })}</h1>
      <p className="soft" style={{ marginBlockEnd: 24 }}>
        {t(invitation.has_login ? 'join.text_known' : 'join.text_new', { email: invitation.email })}
      </p>
      <Login token={token} invitation={invitation} onIn={() => void onIn()} />
    </>
  )
}

/** Where the link of an invitation leads. */
export function Join() {
  const { values } = useAddress()
  return (
    <div className="door">
      <DoorFront />
      <main className="door-form">
        <div>
          <Invitation token={values.token ?? ''} />
        </div>
      </main>
    </div>
  )
}
