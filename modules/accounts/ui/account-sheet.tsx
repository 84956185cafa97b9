import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { CountrySelect } from '../../../web/kit/country-select.tsx'
import { CustomFields } from '../../../web/kit/custom-fields.tsx'
import { Go, useGo } from '../../../web/kit/go.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { Pair } from '../../../web/kit/pair.tsx'
import { Note } from '../../../web/kit/record-page.tsx'
import { RecordSheet } from '../../../web/kit/record-sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useColleagues } from '../../partners/ui/choices.ts'
import type { Account } from '../shapes.ts'
import { type AccountForm, type AccountValues, savedAccount, useAccountForm } from './account-form.ts'
import { AccountSelect } from './account-select.tsx'

/** Accounts that may be this firm, found while it is typed. */
function Alike({ values, own }: { values: AccountValues; own: string | undefined }) {
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

function Known({ form, account }: { form: AccountForm; account: Account }) {
  const { t } = useTranslation('accounts')
  return (
    <>
      <Pair>
        <TextInput
          type="date"
          label={t('field.customer_since')}
          disabled={!form.values.is_customer}
          {...form.getInputProps('customer_since_on')}
        />
        <TextInput label={t('field.external_id')} {...form.getInputProps('external_id')} />
      </Pair>
      <AccountSelect
        label={t('field.parent')}
        value={form.values.parent_id}
        known={account.parent_id && account.parent_name ? { value: account.parent_id, label: account.parent_name } : null}
        error={form.errors.parent_id}
        onChange={(value) => form.setFieldValue('parent_id', value)}
      />
      <CustomFields rows={form.values.custom} onChange={(rows) => form.setFieldValue('custom', rows)} />
      <Textarea label={t('field.note')} autosize minRows={2} {...form.getInputProps('note')} />
    </>
  )
}

function Fields({ form, account }: { form: AccountForm; account: Account | undefined }) {
  const { t } = useTranslation('accounts')
  const owners = useColleagues()
  const tick = (field: 'shared_domain' | 'is_customer') => ({
    checked: form.values[field],
    onChange: (event: { currentTarget: { checked: boolean } }) => form.setFieldValue(field, event.currentTarget.checked),
  })
  return (
    <>
      <TextInput label={t('field.name')} data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <Pair>
        <TextInput label={t('field.domain')} placeholder="firm.example" autoComplete="off" {...form.getInputProps('domain')} />
        <CountrySelect label={t('field.country')} clearable {...form.getInputProps('country')} />
      </Pair>
      <Alike values={form.values} own={account?.id} />
      <Checkbox label={t('field.shared_domain')} description={t('form.shared_text')} {...tick('shared_domain')} />
      <Pair>
        <TextInput label={t('field.company_number')} {...form.getInputProps('company_number')} />
        <TextInput label={t('field.segment')} {...form.getInputProps('segment')} />
      </Pair>
      <Select label={t('field.owner')} data={owners} searchable clearable {...form.getInputProps('owner_id')} />
      <Checkbox label={t('form.is_customer')} {...tick('is_customer')} />
      {account && <Known form={form} account={account} />}
    </>
  )
}

/** Adds an account, or changes one. */
export function AccountSheet({ account, onClose }: { account?: Account; onClose: () => void }) {
  const { t } = useTranslation('accounts')
  const { go } = useGo()
  const create = useWrite(api.accounts.create)
  const update = useWrite(api.accounts.update, account ? { version: account.version } : {})
  const record = useAccountForm(account)
  const act = useAct(record.form.setErrors)
  const send = async () => {
    const input = savedAccount(record.form.values, account)
    const save = async () => {
      if (account) return update.mutateAsync({ id: account.id, ...input })
      go(`accounts/${(await create.mutateAsync(input)).id}`)
    }
    if (await act.run(save, t(account ? 'edit.done' : 'create.done', { name: input.name }))) onClose()
  }
  const wordsOf = (field: string, value: unknown) => {
    if (field === 'country' && value) return countryName(String(value))
    if (field === 'owner_id') return account?.owner_name ?? undefined
    return field === 'parent_id' ? (account?.parent_name ?? undefined) : undefined
  }
  return (
    <RecordSheet
      title={account ? t('edit.title', { name: account.name }) : t('create.do')}
      doing={t(account ? 'edit.do' : 'create.do')}
      record={record}
      act={act}
      onSubmit={() => void send()}
      onClose={onClose}
      labelOf={(field) => t(`field.${field}`, { defaultValue: field })}
      wordsOf={wordsOf}
    >
      <Fields form={record.form} account={account} />
    </RecordSheet>
  )
}
