import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Field, OPERATORS, type Operator } from '../../../kernel/conditions.ts'
import { amountText, parseAmount } from '../../../web/kit/amount.ts'
import { decimalMark } from '../../../web/kit/locale.ts'
import { useChoices, useRuleCurrency, type Value } from './rule-words.ts'

type Scalar = string | number | boolean | null | undefined
interface OneProps {
  field: Field
  label: string
  value: Scalar
  onChange: (value: string | number | boolean) => void
}

function MoneyValue({ label, value, onChange }: Omit<OneProps, 'field'>) {
  const currency = useRuleCurrency()
  const shown = typeof value === 'number' ? amountText(value, currency) : ''
  const [text, setText] = useState<string | null>(null)
  const leave = () => {
    const minor = text === null ? null : parseAmount(text, currency)
    setText(null)
    if (minor !== null) onChange(minor)
  }
  return (
    <TextInput
      aria-label={label}
      inputMode="decimal"
      rightSection={<span className="soft small">{currency}</span>}
      rightSectionWidth={48}
      value={text ?? shown}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={leave}
    />
  )
}

function OneValue({ field, label, value, onChange }: OneProps) {
  const { t } = useTranslation('deals')
  const choices = useChoices()(field)
  if (field.type === 'flag')
    return (
      <Select
        aria-label={label}
        data={[
          { value: 'true', label: t('why.yes') },
          { value: 'false', label: t('why.no') },
        ]}
        allowDeselect={false}
        value={String(value)}
        onChange={(chosen) => onChange(chosen === 'true')}
      />
    )
  if (choices)
    return (
      <Select
        aria-label={label}
        data={choices}
        searchable={choices.length > 8}
        allowDeselect={false}
        value={typeof value === 'string' ? value : null}
        onChange={(chosen) => chosen && onChange(chosen)}
      />
    )
  if (field.type === 'money') return <MoneyValue label={label} value={value} onChange={onChange} />
  if (field.type === 'number') {
    // Hundredths of a percent are a matter of the data; people think in percent.
    const factor = field.name.endsWith('_bps') ? 100 : 1
    return (
      <NumberInput
        aria-label={label}
        decimalSeparator={decimalMark()}
        {...(factor === 100 ? { suffix: ' %' } : {})}
        value={typeof value === 'number' ? value / factor : ''}
        onChange={(typed) => typed !== '' && onChange(Math.round(Number(typed) * factor))}
      />
    )
  }
  return (
    <TextInput
      aria-label={label}
      type={field.type === 'date' ? 'date' : 'text'}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

interface Props {
  field: Field
  operator: string
  value: Value
  onChange: (value: Value) => void
}

/** What a fact is compared with: one field for each kind of fact, two for a span, several for a list. */
export function ValueField({ field, operator, value, onChange }: Props) {
  const { t } = useTranslation('decisions')
  const choices = useChoices()(field)
  const takes = OPERATORS[operator as Operator]?.takes ?? 'one'
  if (takes === 'none') return null
  const label = t('condition.value')
  if (takes === 'many') {
    const chosen = Array.isArray(value) ? value.map(String) : []
    return choices ? (
      <MultiSelect aria-label={label} data={choices} searchable value={chosen} onChange={onChange} />
    ) : (
      <TagsInput aria-label={label} value={chosen} onChange={onChange} />
    )
  }
  if (takes === 'pair') {
    const [from, to] = Array.isArray(value) ? value : []
    const put = (pair: Scalar[]) => onChange(pair as (string | number)[]) // spans hold numbers or dates
    return (
      <div className="pair" style={{ gridTemplateColumns: '1fr auto 1fr', alignItems: 'center', gap: 6 }}>
        <OneValue field={field} label={t('condition.from')} value={from} onChange={(next) => put([next, to])} />
        <span className="soft small">{t('when.to').trim()}</span>
        <OneValue field={field} label={t('condition.to')} value={to} onChange={(next) => put([from, next])} />
      </div>
    )
  }
  return <OneValue field={field} label={label} value={Array.isArray(value) ? undefined : value} onChange={onChange} />
}
