import { NumberInput, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PRICE_LIMITS, TERMS } from '../../deals/rules.ts'
import { PriceLimits } from './price-limits.tsx'

type Terms = Record<string, unknown>
interface Props {
  body: Terms
  onChange: (body: Terms) => void
  issues: Record<string, string>
}

/** How long things hold and last, each in its unit; an empty field takes the usual. */
export function TermsForm({ body, onChange, issues }: Props) {
  const { t } = useTranslation('decisions')
  const put = (key: string, value: unknown) => {
    const { [key]: _, ...rest } = body
    onChange(value === undefined ? rest : { ...rest, [key]: value })
  }
  const unit = (key: string) => t(`terms_unit.${key}`, { value: '', defaultValue: '' })
  return (
    <div className="stack" style={{ gap: 24 }}>
      <div className="terms">
        {Object.entries(TERMS).map(([key, usual]) => {
          const own = body[key]
          const shared = { label: t(`terms.${key}`), error: issues[`body.${key}`] }
          if (Array.isArray(usual))
            return (
              <TagsInput
                key={key}
                {...shared}
                description={t('terms_days')}
                placeholder={own === undefined ? usual.join(', ') : ''}
                value={Array.isArray(own) ? own.map(String) : []}
                onChange={(days) => put(key, days.length > 0 ? days.map(Number).filter((day) => day > 0) : undefined)}
              />
            )
          return (
            <NumberInput
              key={key}
              {...shared}
              suffix={unit(key)}
              placeholder={`${usual}${unit(key)} ${t('terms_usual')}`}
              min={0}
              allowDecimal={false}
              value={typeof own === 'number' ? own : ''}
              onChange={(value) => put(key, value === '' ? undefined : Number(value))}
            />
          )
        })}
      </div>
      <PriceLimits
        // What a draft holds was checked against its kind.
        limits={(body.price_limits as typeof PRICE_LIMITS | undefined) ?? PRICE_LIMITS}
        onChange={(limits) => put('price_limits', limits)}
        error={issues['body.price_limits']}
      />
    </div>
  )
}
