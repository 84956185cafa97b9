import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { parseAmount, parsePercent } from '../../../web/kit/amount.ts'
import { useAddress, useGo } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { ErrorState, useErrorText, Waiting } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { type DraftForm, useDraftForm } from '../../../web/kit/use-draft-form.ts'
import type { Deal } from '../shapes.ts'
import { CustomerField, MoreFields, ScopeFields, ValueFields } from './deal-fields.tsx'
import { changesOf, type DealValues, EMPTY, inputOf } from './deal-values.ts'
import { useUsualCurrency } from './use-usual-currency.ts'

const MOST_BPS = 9000

export function useValidation() {
  const { t } = useTranslation('deals')
  const needed = (key: string) => (value: string) => (value.trim() ? null : t(`form.${key}_needed`))
  return {
    customer: needed('customer'),
    country: needed('country'),
    product: needed('product'),
    closes_on: needed('closes'),
    amount: (value: string, values: DealValues) => (parseAmount(value, values.currency) ? null : t('form.amount_needed')),
    contact_email: (value: string) => (value && !value.includes('@') ? t('form.email_wrong') : null),
    discount: (value: string) => (value && (parsePercent(value) ?? MOST_BPS + 1) > MOST_BPS ? t('form.discount_wrong') : null),
  }
}

/** What need not be asked: the only product that there is, and the currency in which the firm sells. Null while it is being read. */
export function useUsual(): { product: string; currency: string } | null {
  const currency = useUsualCurrency()
  const products = useRead(api.ecosystems.list_products, { state: 'active', limit: 100 })
  if (!currency || products.isPending) return null
  const [only, ...others] = products.data?.items ?? []
  return { product: (others.length === 0 && only?.code) || '', currency }
}

/** What registering said, in a few words. */
export function useRegistered(): (deal: Deal) => void {
  const { t } = useTranslation('deals')
  return (deal) =>
    toast(
      t(`registered.${deal.review === 'rejected' ? 'refused' : deal.protection}`, {
        name: deal.account_name,
        defaultValue: t('registered.none'),
      }),
    )
}

interface FormProps {
  draft: DraftForm<DealValues>
  onSend: (values: DealValues) => Promise<unknown>
  onKeep: (values: DealValues) => Promise<unknown>
  /** What is to be said first. */
  children?: ReactNode
}

/** The form of a registration: sent, or kept for another day. */
export function RegistrationForm({ draft, onSend, onKeep, children }: FormProps) {
  const { t } = useTranslation(['deals', 'web'])
  const { form, isBack, forget } = draft
  const errorText = useErrorText()
  const [failure, setFailure] = useState('')
  const [busy, setBusy] = useState<'send' | 'keep' | null>(null)
  const products = useRead(api.ecosystems.list_products, { state: 'active', limit: 100 })
  const ecosystem = useRead(api.ecosystems.get, {})
  if (products.error) return <ErrorState error={products.error} again={() => void products.refetch()} />
  const run = async (how: 'send' | 'keep', doing: FormProps['onSend']) => {
    setFailure('')
    setBusy(how)
    try {
      await doing(form.values)
    } catch (error) {
      const isPlaced = draft.refuse(error, { amount_minor: 'amount', discount_asked_bps: 'discount' })
      setFailure(isPlaced ? '' : errorText(error))
    } finally {
      setBusy(null)
    }
  }
  const keep = () => {
    const { customer, amount, currency } = form.values
    // By it one finds the draft again.
    if (!customer.trim()) return form.setFieldError('customer', t('form.customer_needed'))
    if (amount.trim() && !parseAmount(amount, currency)) return form.setFieldError('amount', t('form.amount_needed'))
    void run('keep', onKeep)
  }
  return (
    <form className="form" onSubmit={form.onSubmit(() => void run('send', onSend))} noValidate>
      {children}
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
        <Button type="submit" size="md" loading={busy === 'send'} disabled={busy === 'keep'}>
          {t('register')}
        </Button>
        <Button variant="default" size="md" loading={busy === 'keep'} disabled={busy === 'send'} onClick={keep}>
          {t('form.keep')}
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

/** A form of a registration with its heading, and beside it what registering does. */
export function RegistrationPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation('deals')
  return (
    <>
      <Heading title={t('register')} crumb={{ label: t('list.title'), to: 'deals' }} />
      <div className="beside">
        {children}
        <NextSteps />
      </div>
    </>
  )
}

function Filled({ start }: { start: DealValues }) {
  const { t } = useTranslation('deals')
  const { go } = useGo()
  const tell = useRegistered()
  const draft = useDraftForm<DealValues>('deal', { initialValues: start, validate: useValidation() })
  const register = useWrite(api.deals.register, { key: draft.writeKey })
  const save = useWrite(api.deals.save_draft)
  const send = async (values: DealValues) => {
    const deal = await register.mutateAsync(inputOf(values))
    draft.forget()
    tell(deal)
    go(`deals/${deal.id}`, true)
  }
  const keep = async (values: DealValues) => {
    await save.mutateAsync(changesOf(values, EMPTY))
    draft.forget()
    toast(t('form.kept'))
    go('deals', true)
  }
  return <RegistrationForm draft={draft} onSend={send} onKeep={keep} />
}

/** Five fields and it is in the queue; the rest may follow. */
export function DealForm() {
  const { values } = useAddress()
  const usual = useUsual()
  const { error } = useRead(api.ecosystems.get, {})
  if (error) return <ErrorState error={error} />
  if (!usual) return <Waiting rows={5} />
  const { customer = '', country = '', product = usual.product } = values
  return (
    <RegistrationPage>
      <Filled start={{ ...EMPTY, currency: usual.currency, customer, country, product }} />
    </RegistrationPage>
  )
}
