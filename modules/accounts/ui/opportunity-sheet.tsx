import { Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { amountText, parseAmount } from '../../../web/kit/amount.ts'
import { When } from '../../../web/kit/figures.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useColleagues } from '../../partners/ui/choices.ts'
import { OUTCOMES } from '../rules.ts'
import type { Account, Opportunity } from '../shapes.ts'

const TWO = { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: 12, alignItems: 'start' }

function start(one: Opportunity | undefined, currency: string) {
  return {
    name: one?.name ?? '',
    product: one?.product ?? null,
    amount: one?.amount_minor && one.currency ? amountText(one.amount_minor, one.currency) : '',
    currency: one?.currency ?? currency,
    stage: one?.stage ?? '',
    owner_id: one?.owner_id ?? null,
    opened_on: one?.opened_on ?? '',
    expected_close_on: one?.expected_close_on ?? '',
    outcome: one?.outcome ?? null,
    closed_on: one?.closed_on ?? '',
  }
}

/** Keeps an opportunity of the host; the moment it was first seen cannot be typed. */
export function OpportunitySheet({
  account,
  opportunity,
  onClose,
}: {
  account: Account
  opportunity?: Opportunity
  onClose: () => void
}) {
  const { t } = useTranslation('accounts')
  const owners = useColleagues()
  const ecosystem = useRead(api.ecosystems.get, {}).data
  const products = useRead(api.ecosystems.list_products, { limit: 100 }).data?.items ?? []
  const create = useWrite(api.accounts.create_opportunity)
  const update = useWrite(api.accounts.update_opportunity, opportunity ? { version: opportunity.version } : {})
  const form = useForm({
    initialValues: start(opportunity, ecosystem?.reporting_currency ?? 'EUR'),
    validate: { name: (value) => (value.trim() ? null : t('form.name_needed')) },
  })
  const act = useAct(form.setErrors)
  const submit = async () => {
    if (form.validate().hasErrors) return
    const { amount, ...values } = form.values
    const amount_minor = amount ? parseAmount(amount, values.currency) : null
    if (amount && amount_minor === null) return form.setFieldError('amount', t('form.amount_wrong'))
    const input = {
      name: values.name.trim(),
      product: values.product,
      amount_minor,
      currency: amount_minor === null ? null : values.currency,
      ...(values.stage.trim() ? { stage: values.stage.trim() } : {}),
      owner_id: values.owner_id,
      opened_on: values.opened_on || null,
      expected_close_on: values.expected_close_on || null,
      outcome: values.outcome,
      closed_on: values.closed_on || null,
    }
    const save = () =>
      opportunity
        ? update.mutateAsync({ id: opportunity.id, ...input })
        : create.mutateAsync({ account_id: account.id, ...input })
    if (await act.run(save, t('opportunities.saved', { name: input.name }))) onClose()
  }
  return (
    <AskSheet
      title={opportunity ? opportunity.name : t('opportunities.title_new', { name: account.name })}
      doing={opportunity ? t('edit.do') : t('opportunities.add')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
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
      <TextInput label={t('field.name')} data-autofocus {...form.getInputProps('name')} />
      <div style={{ ...TWO, gridTemplateColumns: 'minmax(0, 1fr) 100px' }}>
        <TextInput label={t('field.amount')} inputMode="decimal" {...form.getInputProps('amount')} />
        <Select
          label={t('field.currency')}
          data={ecosystem?.currencies ?? [form.values.currency]}
          allowDeselect={false}
          {...form.getInputProps('currency')}
        />
      </div>
      <div style={TWO}>
        <Select
          label={t('field.product')}
          data={products.map((one) => ({ value: one.code, label: one.name }))}
          clearable
          {...form.getInputProps('product')}
        />
        <TextInput label={t('field.stage')} {...form.getInputProps('stage')} />
      </div>
      <div style={TWO}>
        <Select label={t('field.owner')} data={owners} searchable clearable {...form.getInputProps('owner_id')} />
        <TextInput type="date" label={t('field.expected_close')} {...form.getInputProps('expected_close_on')} />
      </div>
      {opportunity && (
        <div style={TWO}>
          <Select
            label={t('field.outcome')}
            placeholder={t('outcome.open')}
            data={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
            clearable
            {...form.getInputProps('outcome')}
          />
          <TextInput type="date" label={t('field.closed')} {...form.getInputProps('closed_on')} />
        </div>
      )}
    </AskSheet>
  )
}
