import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { amountText, parseAmount } from '../../../web/kit/amount.ts'
import { When } from '../../../web/kit/figures.tsx'
import { Pair } from '../../../web/kit/pair.tsx'
import { RecordSheet } from '../../../web/kit/record-sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useRecordForm } from '../../../web/kit/use-record-form.ts'
import { useProductName } from '../../ecosystems/ui/product-name.ts'
import { useColleagues } from '../../partners/ui/choices.ts'
import { OUTCOMES } from '../rules.ts'
import type { Account, Opportunity } from '../shapes.ts'

function valuesOf(one: Opportunity | undefined, currency: string) {
  return {
    name: one?.name ?? '',
    product: one?.product ?? null,
    amount: one?.amount_minor && one.currency ? amountText(one.amount_minor, one.currency) : '',
    currency: (one?.currency ?? currency) as string,
    stage: one?.stage ?? '',
    owner_id: one?.owner_id ?? null,
    opened_on: one?.opened_on ?? '',
    expected_close_on: one?.expected_close_on ?? '',
    outcome: one?.outcome ?? null,
    closed_on: one?.closed_on ?? '',
  }
}
type Values = ReturnType<typeof valuesOf>

/** From the screen to the verb: an empty line is no value. Of stage and outcome only what was changed is named, since it leads the other. */
function inputOf({ amount, ...values }: Values, one: Opportunity | undefined) {
  const stage = values.stage.trim()
  const amount_minor = amount ? parseAmount(amount, values.currency) : null
  return {
    name: values.name.trim(),
    product: values.product,
    amount_minor,
    currency: amount_minor === null ? null : values.currency,
    ...(stage && stage !== one?.stage ? { stage } : {}),
    owner_id: values.owner_id,
    opened_on: values.opened_on || null,
    expected_close_on: values.expected_close_on || null,
    ...(values.outcome !== (one?.outcome ?? null) ? { outcome: values.outcome } : {}),
    closed_on: values.closed_on || null,
  }
}

const LABELS: Partial<Record<keyof Values, string>> = {
  owner_id: 'owner',
  opened_on: 'opened',
  expected_close_on: 'expected_close',
  closed_on: 'closed',
}

interface Props {
  account: Account
  opportunity?: Opportunity
  onClose: () => void
}

function useOpportunity({ account, opportunity, onClose }: Props, currency: string) {
  const { t } = useTranslation('accounts')
  const create = useWrite(api.accounts.create_opportunity)
  const update = useWrite(api.accounts.update_opportunity, opportunity ? { version: opportunity.version } : {})
  const record = useRecordForm(
    { values: valuesOf(opportunity, currency), version: opportunity?.version },
    {
      name: (value) => (value.trim() ? null : t('form.name_needed')),
      amount: (value, all) => (value && parseAmount(value, all.currency) === null ? t('form.amount_wrong') : null),
    },
  )
  const { form } = record
  const act = useAct(form.setErrors)
  const submit = async () => {
    const input = inputOf(form.values, opportunity)
    const save = () =>
      opportunity
        ? update.mutateAsync({ id: opportunity.id, ...input })
        : create.mutateAsync({ account_id: account.id, ...input })
    if (await act.run(save, t('opportunities.saved', { name: input.name }))) onClose()
  }
  return { record, act, submit }
}

/** Keeps an opportunity of the host; the moment it was first seen cannot be typed. */
export function OpportunitySheet(props: Props) {
  const { account, opportunity, onClose } = props
  const { t } = useTranslation('accounts')
  const ecosystem = useRead(api.ecosystems.get, {}).data
  const productName = useProductName()
  const { record, act, submit } = useOpportunity(props, ecosystem?.reporting_currency ?? 'EUR')
  const { form } = record
  const wordsOf = (field: keyof Values & string, value: unknown) => {
    if (field === 'owner_id') return opportunity?.owner_name ?? undefined
    if (field === 'product' && value) return productName(String(value))
    return field === 'outcome' ? t(`outcome.${value ? String(value) : 'open'}`) : undefined
  }
  return (
    <RecordSheet
      title={opportunity ? opportunity.name : t('opportunities.title_new', { name: account.name })}
      doing={opportunity ? t('edit.do') : t('opportunities.add')}
      record={record}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
      labelOf={(field) => t(`field.${LABELS[field] ?? field}`)}
      wordsOf={wordsOf}
    >
      <p className="soft small">
        {opportunity ? (
          <>
            {t('opportunities.seen')} <When at={opportunity.first_seen_at} as="moment" />.
          </>
        ) : (
          t('opportunities.seen_now')
        )}
      </p>
      <Fields form={form} currencies={ecosystem?.currencies ?? [form.values.currency]} />
      {opportunity && (
        <Pair>
          <Select
            label={t('field.outcome')}
            placeholder={t('outcome.open')}
            data={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
            clearable
            {...form.getInputProps('outcome')}
          />
          <TextInput type="date" label={t('field.closed')} {...form.getInputProps('closed_on')} />
        </Pair>
      )}
    </RecordSheet>
  )
}

type Form = ReturnType<typeof useOpportunity>['record']['form']

function Fields({ form, currencies }: { form: Form; currencies: string[] }) {
  const { t } = useTranslation('accounts')
  const owners = useColleagues()
  const products = useRead(api.ecosystems.list_products, { limit: 100 }).data?.items ?? []
  return (
    <>
      <TextInput label={t('field.name')} data-autofocus {...form.getInputProps('name')} />
      <Pair widths="minmax(0, 1fr) 100px">
        <TextInput label={t('field.amount')} inputMode="decimal" {...form.getInputProps('amount')} />
        <Select label={t('field.currency')} data={currencies} allowDeselect={false} {...form.getInputProps('currency')} />
      </Pair>
      <Pair>
        <Select
          label={t('field.product')}
          data={products.map((one) => ({ value: one.code, label: one.name }))}
          clearable
          {...form.getInputProps('product')}
        />
        <TextInput label={t('field.stage')} {...form.getInputProps('stage')} />
      </Pair>
      <Pair>
        <Select label={t('field.owner')} data={owners} searchable clearable {...form.getInputProps('owner_id')} />
        <TextInput type="date" label={t('field.expected_close')} {...form.getInputProps('expected_close_on')} />
      </Pair>
    </>
  )
}
