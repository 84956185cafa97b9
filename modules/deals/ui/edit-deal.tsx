import { Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { amountText, parseAmount } from '../../../web/kit/amount.ts'
import { CountrySelect } from '../../../web/kit/country-select.tsx'
import { countryName, monthText } from '../../../web/kit/locale.ts'
import { Pair } from '../../../web/kit/pair.tsx'
import { RecordSheet } from '../../../web/kit/record-sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useRecordForm } from '../../../web/kit/use-record-form.ts'
import { useProductName } from '../../ecosystems/ui/product-name.ts'
import type { Deal } from '../shapes.ts'
import { MonthField } from './deal-fields.tsx'
import { worthOf } from './said.ts'

/** While nothing is promised, the scope itself may still change. */
const OPEN_SCOPE = new Set(['draft', 'info_requested', 'lapsed'])

const WORDS: Record<string, (value: string) => string> = {
  country: countryName,
  closes_on: (month) => (month ? monthText(month) : '–'),
}

function useDealForm(deal: Deal) {
  const { t } = useTranslation('deals')
  const values = {
    customer: deal.account_domain && !deal.account_name ? deal.account_domain : deal.account_name,
    country: deal.country,
    product: deal.product,
    amount: worthOf(deal) ? amountText(deal.amount_minor, deal.currency) : '',
    currency: deal.currency as string,
    closes_on: deal.closes_on?.slice(0, 7) ?? '',
    contact_name: deal.contact_name ?? '',
    contact_email: deal.contact_email ?? '',
    description: deal.description ?? '',
  }
  return useRecordForm(
    { values, version: deal.version },
    {
      customer: (value) => (value.trim() ? null : t('form.customer_needed')),
      amount: (value, all) => (parseAmount(value, all.currency) ? null : t('form.amount_needed')),
      contact_email: (value) => (value && !value.includes('@') ? t('form.email_wrong') : null),
    },
  )
}
type Form = ReturnType<typeof useDealForm>['form']

function Scope({ form }: { form: Form }) {
  const { t } = useTranslation('deals')
  const products = useRead(api.ecosystems.list_products, { state: 'active', limit: 100 }).data?.items ?? []
  return (
    <>
      <TextInput label={t('field.customer')} autoComplete="off" {...form.getInputProps('customer')} />
      <Pair>
        <CountrySelect label={t('field.country')} {...form.getInputProps('country')} />
        <Select
          label={t('field.product')}
          data={products.map((one) => ({ value: one.code, label: one.name }))}
          allowDeselect={false}
          {...form.getInputProps('product')}
        />
      </Pair>
    </>
  )
}

/** What a partner may still change; the scope only while it is not registered. */
export function EditDeal({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { t } = useTranslation('deals')
  const currencies = useRead(api.ecosystems.get, {}).data?.currencies ?? [deal.currency]
  const write = useWrite(api.deals.edit, { version: deal.version })
  const record = useDealForm(deal)
  const nameOf = useProductName()
  const { form } = record
  const act = useAct(({ amount_minor, ...issues }) =>
    form.setErrors({ ...issues, ...(amount_minor ? { amount: amount_minor } : {}) }),
  )
  const mayScope = OPEN_SCOPE.has(deal.review)
  const save = async () => {
    const { customer, country, product, amount, closes_on, contact_name, contact_email, description, ...rest } = form.values
    // A name that is sent again would take the site's place.
    const scope = { country, product, ...(form.isDirty('customer') ? { customer: customer.trim() } : {}) }
    const input = {
      id: deal.id,
      ...rest,
      // A day that an import brought stays, unless another month is chosen.
      ...(closes_on && form.isDirty('closes_on') ? { closes_on } : {}),
      ...(mayScope ? scope : {}),
      amount_minor: parseAmount(amount, rest.currency) ?? deal.amount_minor,
      contact_name: contact_name.trim() || null,
      contact_email: contact_email.trim() || null,
      ...(contact_email.trim() ? { contact_basis: 'legitimate_interest' as const } : {}),
      description: description.trim() || null,
    }
    if (await act.run(() => write.mutateAsync(input), t('done.edit', { name: deal.account_name }))) onClose()
  }
  return (
    <RecordSheet
      title={t('sheet.edit', { name: deal.account_name })}
      doing={t('do.save')}
      record={record}
      act={act}
      onSubmit={() => void save()}
      onClose={onClose}
      labelOf={(field) => t(`field.${field}`, { defaultValue: t(`form.${field}`, { defaultValue: t('field.closes') }) })}
      wordsOf={(field, value) => (field === 'product' ? nameOf(String(value)) : WORDS[field]?.(String(value)))}
    >
      <p className="soft">{t(mayScope ? 'sheet.edit_text' : 'sheet.edit_registered')}</p>
      {mayScope && <Scope form={form} />}
      <Pair widths="minmax(0, 1fr) 110px">
        <TextInput label={t('field.amount')} inputMode="decimal" autoComplete="off" {...form.getInputProps('amount')} />
        <Select label={t('field.currency')} data={currencies} allowDeselect={false} {...form.getInputProps('currency')} />
      </Pair>
      <MonthField {...form.getInputProps('closes_on')} />
      <Pair>
        <TextInput label={t('form.contact_name')} autoComplete="off" {...form.getInputProps('contact_name')} />
        <TextInput type="email" label={t('form.contact_email')} autoComplete="off" {...form.getInputProps('contact_email')} />
      </Pair>
      <Textarea label={t('form.description')} autosize minRows={2} {...form.getInputProps('description')} />
    </RecordSheet>
  )
}
