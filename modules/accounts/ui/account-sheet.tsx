import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { countryOptions } from '../../../web/kit/countries.ts'
import { Go, useGo } from '../../../web/kit/go.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { Note } from '../../../web/kit/record-page.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useColleagues } from '../../partners/ui/choices.ts'
import type { Account } from '../shapes.ts'
import { AccountSelect } from './account-select.tsx'

interface Values extends Record<string, unknown> {
  name: string
  domain: string
  country: string
  company_number: string
  segment: string
  owner_id: string | null
  parent_id: string | null
  is_customer: boolean
  shared_domain: boolean
  note: string
}

function useAccountForm(account: Account | undefined) {
  const { t } = useTranslation('accounts')
  return useForm<Values>({
    initialValues: {
      name: account?.name ?? '',
      domain: account?.domain ?? '',
      country: account?.country ?? '',
      company_number: account?.company_number ?? '',
      segment: account?.segment ?? '',
      owner_id: account?.owner_id ?? null,
      parent_id: account?.parent_id ?? null,
      is_customer: account?.is_customer ?? false,
      shared_domain: account?.shared_domain ?? false,
      note: account?.note ?? '',
    },
    validate: { name: (value) => (value.trim() ? null : t('form.name_needed')) },
  })
}
type Form = ReturnType<typeof useAccountForm>

const inputOf = (values: Values) => ({
  ...values,
  name: values.name.trim(),
  domain: values.domain.trim() || null,
  country: values.country || null,
  company_number: values.company_number.trim() || null,
  segment: values.segment.trim() || null,
})

/** Accounts that may be this firm, found while it is typed. */
function Known({ values, own }: { values: Values; own: string | undefined }) {
  const { t } = useTranslation('accounts')
  const [text] = useDebouncedValue(
    JSON.stringify([values.name.trim(), values.domain.trim(), values.country, values.company_number.trim()]),
    300,
  )
  const [name, domain, country, number] = JSON.parse(text) as [string, string, string, string]
  const isEnough = name.length >= 3 || domain.includes('.') || number.length >= 5
  const about = {
    ...(name ? { name } : {}),
    ...(domain.includes('.') ? { domain } : {}),
    ...(country ? { country } : {}),
    ...(number ? { company_number: number } : {}),
  }
  const { data } = useRead(api.accounts.candidates, about, { enabled: isEnough })
  const found = isEnough ? (data?.items ?? []).filter((one) => one.id !== own).slice(0, 4) : []
  if (found.length === 0) return null
  return (
    <Note tone="waiting">
      <span className="strong">{t('known.title', { count: found.length })}</span>
      <ul className="stack" style={{ gap: 6 }} aria-live="polite">
        {found.map((one) => (
          <li key={one.id}>
            <Go to={`accounts/${one.id}`}>{one.name}</Go>{' '}
            <span className="soft small">
              {[
                one.country && countryName(one.country),
                t(`band.${one.band}`),
                one.agrees.map((how) => t(`agrees.${how}`)).join(', '),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Note>
  )
}

function Fields({ form, account }: { form: Form; account: Account | undefined }) {
  const { t, i18n } = useTranslation('accounts')
  const owners = useColleagues()
  // oxlint-disable-next-line react/exhaustive-deps -- the names change with the language
  const countries = useMemo(countryOptions, [i18n.language])
  const two = { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: 12, alignItems: 'start' }
  return (
    <>
      <TextInput label={t('field.name')} data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <div style={two}>
        <TextInput label={t('field.domain')} placeholder="firm.example" autoComplete="off" {...form.getInputProps('domain')} />
        <Select
          {...form.getInputProps('country')}
          label={t('field.country')}
          data={countries}
          searchable
          clearable
          value={form.values.country || null}
          onChange={(value) => form.setFieldValue('country', value ?? '')}
        />
      </div>
      <Checkbox
        label={t('field.shared_domain')}
        description={t('form.shared_text')}
        checked={form.values.shared_domain}
        onChange={(event) => form.setFieldValue('shared_domain', event.currentTarget.checked)}
      />
      <Known values={form.values} own={account?.id} />
      <div style={two}>
        <TextInput label={t('field.company_number')} {...form.getInputProps('company_number')} />
        <TextInput label={t('field.segment')} {...form.getInputProps('segment')} />
      </div>
      <div style={two}>
        <Select label={t('field.owner')} data={owners} searchable clearable {...form.getInputProps('owner_id')} />
        <AccountSelect
          label={t('field.parent')}
          value={form.values.parent_id}
          known={account?.parent_id && account.parent_name ? { value: account.parent_id, label: account.parent_name } : null}
          error={form.errors.parent_id}
          onChange={(value) => form.setFieldValue('parent_id', value)}
        />
      </div>
      <Checkbox
        label={t('form.is_customer')}
        checked={form.values.is_customer}
        onChange={(event) => form.setFieldValue('is_customer', event.currentTarget.checked)}
      />
      {account && <Textarea label={t('field.note')} autosize minRows={2} {...form.getInputProps('note')} />}
    </>
  )
}

/** Adds an account, or changes one. */
export function AccountSheet({ account, onClose }: { account?: Account; onClose: () => void }) {
  const { t } = useTranslation('accounts')
  const { go } = useGo()
  const create = useWrite(api.accounts.create)
  const update = useWrite(api.accounts.update, account ? { version: account.version } : {})
  const form = useAccountForm(account)
  const act = useAct(form.setErrors)
  const send = async () => {
    if (form.validate().hasErrors) return
    const input = inputOf(form.values)
    const save = async () => {
      if (account) return update.mutateAsync({ id: account.id, ...input })
      go(`accounts/${(await create.mutateAsync(input)).id}`)
    }
    if (await act.run(save, t(account ? 'edit.done' : 'create.done', { name: input.name }))) onClose()
  }
  return (
    <AskSheet
      title={account ? t('edit.title', { name: account.name }) : t('create.do')}
      doing={t(account ? 'edit.do' : 'create.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void send()}
    >
      <Fields form={form} account={account} />
    </AskSheet>
  )
}
