import { Button, PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queries } from '../../../web/api.ts'
import { ask } from '../../../web/ask.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useAuthError } from './auth-error.ts'

const SHORTEST = 10

function PasswordSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('identity')
  const errorText = useAuthError()
  const [failure, setFailure] = useState('')
  const [isBusy, setBusy] = useState(false)
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (value) => (value ? null : t('password.current_needed')),
      newPassword: (value) => (value.length >= SHORTEST ? null : t('password.rule')),
    },
  })
  const submit = async () => {
    if (form.validate().hasErrors) return
    setBusy(true)
    setFailure('')
    try {
      await ask('POST', '/auth/change-password', { ...form.values, revokeOtherSessions: true })
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === 'identity' })
      toast(t('password.done'))
      onClose()
    } catch (error) {
      setFailure(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <AskSheet
      title={t('password.change')}
      doing={t('password.do')}
      onClose={onClose}
      isBusy={isBusy}
      failure={failure}
      onSubmit={() => void submit()}
    >
      <p className="soft">{t('password.text')}</p>
      <PasswordInput
        label={t('password.current')}
        autoComplete="current-password"
        data-autofocus
        {...form.getInputProps('currentPassword')}
      />
      <PasswordInput
        label={t('password.new')}
        description={t('password.rule')}
        autoComplete="new-password"
        {...form.getInputProps('newPassword')}
      />
    </AskSheet>
  )
}

export function PasswordSection({ has }: { has: boolean }) {
  const { t } = useTranslation('identity')
  const [isOpen, setOpen] = useState(false)
  return (
    <Section title={t('password.title')}>
      <p className="soft" style={{ marginBlockEnd: 8 }}>
        {t(has ? 'password.has' : 'password.has_none')}
      </p>
      {has && (
        <Button variant="default" size="xs" onClick={() => setOpen(true)}>
          {t('password.change')}
        </Button>
      )}
      {isOpen && <PasswordSheet onClose={() => setOpen(false)} />}
    </Section>
  )
}
