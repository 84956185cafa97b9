import { useTranslation } from 'react-i18next'
import { type CustomRow, customOf, customRows } from '../../../web/kit/custom-fields.tsx'
import { useRecordForm } from '../../../web/kit/use-record-form.ts'
import type { Account } from '../shapes.ts'

export interface AccountValues extends Record<string, unknown> {
  name: string
  domain: string
  country: string
  company_number: string
  segment: string
  owner_id: string | null
  parent_id: string | null
  is_customer: boolean
  customer_since_on: string
  shared_domain: boolean
  external_id: string
  note: string
  custom: CustomRow[]
}

export function useAccountForm(account: Account | undefined) {
  const { t } = useTranslation('accounts')
  const values: AccountValues = {
    name: account?.name ?? '',
    domain: account?.domain ?? '',
    country: account?.country ?? '',
    company_number: account?.company_number ?? '',
    segment: account?.segment ?? '',
    owner_id: account?.owner_id ?? null,
    parent_id: account?.parent_id ?? null,
    is_customer: account?.is_customer ?? false,
    customer_since_on: account?.customer_since_on ?? '',
    shared_domain: account?.shared_domain ?? false,
    external_id: account?.external_id ?? '',
    note: account?.note ?? '',
    custom: customRows(account?.custom),
  }
  return useRecordForm<AccountValues>(
    { values, version: account?.version },
    { name: (value) => (value.trim() ? null : t('form.name_needed')) },
  )
}
export type AccountForm = ReturnType<typeof useAccountForm>['form']

/** From the screen to the verb: an empty line is no value. */
export const savedAccount = ({ custom, ...values }: AccountValues, account: Account | undefined) => ({
  ...values,
  name: values.name.trim(),
  domain: values.domain.trim() || null,
  country: values.country || null,
  company_number: values.company_number.trim() || null,
  segment: values.segment.trim() || null,
  customer_since_on: values.customer_since_on || null,
  external_id: values.external_id.trim() || null,
  custom: customOf(custom, account?.custom),
})
