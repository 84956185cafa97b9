import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { parseAmount } from '../../../web/kit/amount.ts'
import { useAddress, useGo } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { ErrorState, useErrorText, Waiting } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { type DraftForm, useDraftForm } from '../../../web/kit/use-draft-form.ts'
import { CustomerField, furtherOf, MoreFields, ScopeFields, ValueFields } from './deal-fields.tsx'

export interface DealValues extends Record<string, string> {
  customer: string
  country: string
  product: string
  more_products: string
  amount: string
  currency: string
  closes_on: string
  evidence_on: string
  evidence_kind: string
  evidence_note: string
  contact_name: string
  contact_email: string
  discount: string
  description: string
}

const EMPTY: DealValues = {
  customer: '',
  country: '',
  product: '',
  more_products: '',
  amount: '',
  currency: 'EUR',
  closes_on: '',
  evidence_on: '',
  evidence_kind: '',
  evidence_note: '',
  contact_name: '',
  contact_email: '',
  discount: '',
  description: '',
}

const some = <T,>(key: string, value: T | '' | null) => (value === '' || value === null ? {} : { [key]: value })

/** From the screen's words to the verb's input. */
function inputOf(values: DealValues) {
  const percent = Number(values.discount.replace(',', '.'))
  return {
    customer: values.customer.trim(),
    country: values.country,
    product: values.product,
    ...(values.more_products ? { more_products: furtherOf(values) } : {}),
    amount_minor: parseAmount(values.amount, values.currency) ?? 0,
    currency: values.currency,
    closes_on: values.closes_on,
    ...some('evidence_on', values.evidence_on),
    ...(values.evidence_on ? some('evidence_kind', values.evidence_kind || 'meeting') : {}),
    ...some('evidence_note', values.evidence_note.trim()),
    ...some('contact_name', values.contact_name.trim()),
    ...some('contact_email', values.contact_email.trim()),
    ...(values.contact_email ? { contact_basis: 'legitimate_interest' as const } : {}),
    ...(values.discount ? { discount_asked_bps: Math.round(percent * 100) } : {}),
    ...some('description', values.description.trim()),
  }
}

function useValidation() {
  const { t } = useTranslation('deals')
  const needed = (key: string) => (value: string) => (value.trim() ? null : t(`form.${key}_needed`))
  return {
    customer: needed('customer'),
    country: needed('country'),
    product: needed('product'),
    closes_on: needed('closes'),
    amount: (value: string, values: DealValues) => (parseAmount(value, values.currency) ? null : t('form.amount_needed')),
    contact_email: (value: string) => (value && !value.includes('@') ? t('form.email_wrong') : null),
    discount: (value: string) => (value && !(Number(value.replace(',', '.')) <= 90) ? t('form.discount_wrong') : null),
  }
}

function useStart(): DealValues {
  const { values } = useAddress()
  const { data: ecosystem } = useRead(api.ecosystems.get, {})
  const country = values.country ?? ''
  return {
    ...EMPTY,
    currency: ecosystem?.reporting_currency ?? EMPTY.currency,
    customer: values.customer ?? '',
    product: values.product ?? '',
    country,
  }
}

function Form({
  draft,
  onSend,
  isBusy,
  failure,
}: {
  draft: DraftForm<DealValues>
  onSend: (values: DealValues) => void
  isBusy: boolean
  failure: string
}) {
  const { t } = useTranslation(['deals', 'web'])
  const { form, isBack, forget } = draft
  const products = useRead(api.ecosystems.list_products, { state: 'active', limit: 100 })
  const ecosystem = useRead(api.ecosystems.get, {})
  if (products.error) return <ErrorState error={products.error} again={() => void products.refetch()} />
  return (
    <form className="form" onSubmit={form.onSubmit(onSend)} noValidate>
      {isBack && (
        <p className="small soft">
          {t('web:form.draft_back')}{' '}
          <Button variant="subtle" size="compact-xs" onClick={forget}>
            {t('web:form.start_over')}
          </Button>
        </p>
      )}
      <CustomerField form={form} />
      <ScopeFields form={form} products={products.data?.items ?? []} />
      <ValueFields form={form} currencies={ecosystem.data?.currencies ?? [form.values.currency]} />
      <MoreFields form={form} products={products.data?.items ?? []} />
      <div className="end">
        <Button type="submit" size="md" loading={isBusy}>
          {t('register')}
        </Button>
        <span role="alert" style={{ color: 'var(--brick)' }}>
          {failure}
        </span>
      </div>
    </form>
  )
}

/** What registering does, so nobody has to ask. */
function NextSteps() {
  const { t } = useTranslation('deals')
  return (
    <aside className="next-steps" aria-label={t('next.title')}>
      <h2>{t('next.title')}</h2>
      <ol>
        {(['place', 'check', 'clock', 'discreet'] as const).map((step) => (
          <li key={step}>{t(`next.${step}`)}</li>
        ))}
      </ol>
    </aside>
  )
}

/** Five fields and it is in the queue; the rest may follow. */
export function DealForm() {
  const { t } = useTranslation('deals')
  const { data: ecosystem, error, isPending } = useRead(api.ecosystems.get, {})
  if (error) return <ErrorState error={error} />
  if (isPending || !ecosystem) return <Waiting rows={5} />
  return (
    <>
      <Heading title={t('register')} crumb={{ label: t('list.title'), to: 'deals' }} />
      <div className="beside">
        <Filled />
        <NextSteps />
      </div>
    </>
  )
}

function Filled() {
  const { t } = useTranslation('deals')
  const { go } = useGo()
  const errorText = useErrorText()
  const [failure, setFailure] = useState('')
  const start = useStart()
  const draft = useDraftForm<DealValues>('deal', { initialValues: start, validate: useValidation() })
  const write = useWrite(api.deals.register, { key: draft.writeKey })
  const send = async (values: DealValues) => {
    setFailure('')
    try {
      const deal = await write.mutateAsync(inputOf(values))
      draft.forget()
      toast(
        t(`registered.${deal.review === 'rejected' ? 'refused' : deal.protection}`, {
          name: deal.account_name,
          defaultValue: t('registered.none'),
        }),
      )
      go(`deals/${deal.id}`, true)
    } catch (error) {
      const isPlaced = draft.refuse(error, { amount_minor: 'amount', discount_asked_bps: 'discount' })
      setFailure(isPlaced ? '' : errorText(error))
    }
  }
  return <Form draft={draft} onSend={(values) => void send(values)} isBusy={write.isPending} failure={failure} />
}
