import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { issuesOf } from './api.ts'
import { ask } from './ask.ts'
import { DoorFront } from './door-front.tsx'
import { useErrorText } from './kit/states.tsx'
import { signIn } from './session.ts'

/** A short name for addresses made from a firm's name, as `meridian-data`. */
export const slugFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)

function FirstForm() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const errorText = useErrorText()
  const [failure, setFailure] = useState('')
  const form = useForm({
    initialValues: { ecosystem_name: '', slug: '', name: '', email: '', password: '' },
    validate: {
      ecosystem_name: (value) => (value.trim() ? null : t('first.ecosystem_needed')),
      slug: (value) => (/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/.test(value) ? null : t('first.slug_rule')),
      name: (value) => (value.trim() ? null : t('first.name_needed')),
      email: (value) => (value.includes('@') ? null : t('sign_in.email_needed')),
      password: (value) => (value.length >= 10 ? null : t('first.password_rule')),
    },
  })
  const submit = form.onSubmit(async (values) => {
    setFailure('')
    try {
      await ask('POST', '/first-run', values)
      await signIn(values.email, values.password)
      await client.invalidateQueries()
    } catch (error) {
      form.setErrors(issuesOf(error))
      setFailure(errorText(error))
    }
  })
  const name = form.getInputProps('ecosystem_name')
  return (
    <form onSubmit={submit} className="stack" noValidate>
      <TextInput
        {...name}
        label={t('first.ecosystem')}
        description={t('first.ecosystem_text')}
        onChange={(event) => {
          const before = slugFrom(form.values.ecosystem_name)
          if (!form.values.slug || form.values.slug === before) form.setFieldValue('slug', slugFrom(event.currentTarget.value))
          name.onChange(event)
        }}
      />
      <TextInput
        label={t('first.slug')}
        description={`${location.host}/e/${form.values.slug || '…'}`}
        {...form.getInputProps('slug')}
      />
      <hr className="hairline" />
      <TextInput label={t('first.name')} autoComplete="name" {...form.getInputProps('name')} />
      <TextInput label={t('sign_in.email')} type="email" autoComplete="username" {...form.getInputProps('email')} />
      <PasswordInput
        label={t('sign_in.password')}
        description={t('first.password_rule')}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
      <p role="alert" className="small" style={{ color: 'var(--brick)' }}>
        {failure}
      </p>
      <Button size="md" type="submit" loading={form.submitting}>
        {t('first.do')}
      </Button>
    </form>
  )
}

/** An empty house: makes the ecosystem and its owner. */
export function FirstRun() {
  const { t } = useTranslation()
  return (
    <div className="door">
      <DoorFront />
      <main className="door-form">
        <div>
          <h1 style={{ marginBlockEnd: 8 }}>{t('first.title')}</h1>
          <p className="soft" style={{ marginBlockEnd: 24 }}>
            {t('first.text')}
          </p>
          <FirstForm />
        </div>
      </main>
    </div>
  )
}
