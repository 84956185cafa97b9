import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { amountText, parseAmount } from '../../../web/kit/amount.ts'
import { countryOptions } from '../../../web/kit/countries.ts'
import { countryName, monthText } from '../../../web/kit/locale.ts'
import { useNow } from '../../../web/kit/now.ts'
import type { DraftForm } from '../../../web/kit/use-draft-form.ts'
import { guessCustomer } from '../rules.ts'
import { type DealValues, furtherOf } from './deal-values.ts'
import { useOutside } from './use-outside.ts'

type Form = DraftForm<DealValues>['form']

/** A name or a site; from a site the name and the country are guessed and shown. */
export function CustomerField({ form }: { form: Form }) {
  const { t } = useTranslation('deals')
  const guess = guessCustomer(form.values.customer)
  const props = form.getInputProps('customer')
  const said = guess.domain
    ? [t('form.guessed', { name: guess.name, domain: guess.domain }), guess.country && countryName(guess.country)]
        .filter(Boolean)
        .join(' · ')
    : t('form.customer_text')
  return (
    <TextInput
      {...props}
      size="md"
      label={t('field.customer')}
      description={said}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autoComplete="off"
      autoCapitalize="words"
      data-autofocus
      onBlur={(event) => {
        props.onBlur?.(event)
        if (guess.country && !form.values.country) form.setFieldValue('country', guess.country)
      }}
    />
  )
}

export function ScopeFields({ form, products }: { form: Form; products: { code: string; name: string }[] }) {
  const { t, i18n } = useTranslation('deals')
  // oxlint-disable-next-line react/exhaustive-deps -- the names change with the language
  const countries = useMemo(countryOptions, [i18n.language])
  const chosen = form.values.product
  const isOutside = useOutside()
  return (
    <>
      <Select
        {...form.getInputProps('country')}
        size="md"
        label={t('field.country')}
        description={
          <span role="status" style={{ color: 'var(--ochre)' }}>
            {isOutside(form.values.country) && t('form.outside', { country: countryName(form.values.country) })}
          </span>
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={countries}
        searchable
        nothingFoundMessage={t('form.no_country')}
        value={form.values.country || null}
        onChange={(value) => form.setFieldValue('country', value ?? '')}
      />
      <fieldset className="choices" aria-invalid={Boolean(form.errors.product)}>
        <legend>{t('field.product')}</legend>
        <div className="bar tight">
          {products.map((product) => (
            <label key={product.code} className="choice">
              <input
                type="radio"
                name="product"
                className="visually-hidden"
                checked={chosen === product.code}
                onChange={() => form.setFieldValue('product', product.code)}
              />
              <span>{product.name}</span>
            </label>
          ))}
        </div>
        {form.errors.product && <p className="field-error">{form.errors.product}</p>}
      </fieldset>
    </>
  )
}

/** The coming two years, and the month that stands there already. */
function useMonths(held: string): { value: string; label: string }[] {
  const now = new Date(useNow())
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  const coming = Array.from({ length: 24 }, (_, i) => new Date(Date.UTC(year, month + i, 1)).toISOString().slice(0, 7))
  const all = held && !coming.includes(held) ? [held, ...coming].sort() : coming
  return all.map((value) => ({ value, label: monthText(`${value}-01`) }))
}

interface MonthProps {
  value?: string
  onChange?: (value: string) => void
  error?: ReactNode
  size?: 'md'
}

/** In which month the sale is expected to close. */
export function MonthField({ value = '', onChange, error, size, ...rest }: MonthProps) {
  const { t } = useTranslation('deals')
  return (
    <Select
      {...rest}
      {...(size ? { size } : {})}
      label={t('field.closes')}
      data={useMonths(value)}
      error={error}
      value={value || null}
      onChange={(next) => onChange?.(next ?? '')}
    />
  )
}

export function ValueFields({ form, currencies }: { form: Form; currencies: string[] }) {
  const { t } = useTranslation('deals')
  const amount = form.getInputProps('amount')
  const { currency } = form.values
  const tidy = () => {
    const minor = parseAmount(form.values.amount, currency)
    if (minor) form.setFieldValue('amount', amountText(minor, currency))
  }
  return (
    <>
      <div className="row" style={{ gridTemplateColumns: 'minmax(0, 1fr) 110px' }}>
        <TextInput
          {...amount}
          size="md"
          label={t('field.amount')}
          placeholder={amountText(18_400_000, 'EUR')}
          inputMode="decimal"
          autoComplete="off"
          className="figure"
          onBlur={(event) => {
            amount.onBlur?.(event)
            tidy()
          }}
        />
        <Select
          size="md"
          label={t('field.currency')}
          data={currencies}
          value={currency}
          allowDeselect={false}
          onChange={(value) => form.setFieldValue('currency', value ?? currency)}
        />
      </div>
      <MonthField {...form.getInputProps('closes_on')} size="md" />
    </>
  )
}

const KINDS = ['meeting', 'call', 'mail', 'letter', 'poc'] as const

/** Further products of the same sale: each is a scope of its own. */
function Further({ form, products }: { form: Form; products: { code: string; name: string }[] }) {
  const { t } = useTranslation('deals')
  const others = products.filter((one) => one.code !== form.values.product)
  const chosen = furtherOf(form.values)
  const toggle = (code: string) =>
    form.setFieldValue(
      'more_products',
      (chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]).join(' '),
    )
  if (!form.values.product || others.length === 0) return null
  return (
    <fieldset className="choices">
      <legend>{t('form.further')}</legend>
      <p className="soft small" style={{ marginBlockEnd: 6 }}>
        {t('form.further_text')}
      </p>
      <div className="bar tight">
        {others.map((one) => (
          <label key={one.code} className="choice">
            <input
              type="checkbox"
              className="visually-hidden"
              checked={chosen.includes(one.code)}
              onChange={() => toggle(one.code)}
            />
            <span>{one.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** What may follow within five working days; asked for kindly, required never. */
export function MoreFields({ form, products }: { form: Form; products: { code: string; name: string }[] }) {
  const { t } = useTranslation('deals')
  const [isOpen, setOpen] = useState(false)
  const today = new Date(useNow()).toISOString().slice(0, 10)
  return (
    <>
      <div className="more">
        <h2>{t('form.evidence')}</h2>
        <p className="soft small">{t('form.evidence_text')}</p>
        <div className="row">
          <TextInput {...form.getInputProps('evidence_on')} size="md" type="date" max={today} label={t('form.evidence_on')} />
          <Select
            size="md"
            label={t('form.evidence_kind')}
            data={KINDS.map((value) => ({ value, label: t(`evidence.${value}`) }))}
            value={form.values.evidence_kind || null}
            onChange={(value) => form.setFieldValue('evidence_kind', value ?? '')}
          />
        </div>
      </div>
      {isOpen ? (
        <>
          <Further form={form} products={products} />
          <Textarea {...form.getInputProps('evidence_note')} size="md" autosize minRows={2} label={t('form.evidence_note')} />
          <div className="row">
            <TextInput {...form.getInputProps('contact_name')} size="md" label={t('form.contact_name')} autoComplete="off" />
            <TextInput
              {...form.getInputProps('contact_email')}
              size="md"
              type="email"
              label={t('form.contact_email')}
              autoComplete="off"
            />
          </div>
          <TextInput
            {...form.getInputProps('discount')}
            size="md"
            inputMode="decimal"
            label={t('form.discount')}
            description={t('form.discount_text')}
            rightSection="%"
          />
          <Textarea {...form.getInputProps('description')} size="md" autosize minRows={2} label={t('form.description')} />
        </>
      ) : (
        <div>
          <Button variant="subtle" size="compact-md" onClick={() => setOpen(true)}>
            {t('form.more')}
          </Button>
        </div>
      )}
    </>
  )
}
