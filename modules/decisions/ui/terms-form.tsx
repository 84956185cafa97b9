import { NumberInput, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRoleWords } from '../../access/ui/role-words.ts'
import { PRICE_LIMITS, TERMS } from '../../deals/rules.ts'

type Terms = Record<string, unknown>
type Limit = (typeof PRICE_LIMITS)[number]
interface Props {
  body: Terms
  onChange: (body: Terms) => void
  issues: Record<string, string>
}

function Limits({ body, onChange, issues }: Props) {
  const { t } = useTranslation('decisions')
  const roleWords = useRoleWords()
  // What a draft holds was checked against its kind.
  const limits = (body.price_limits as Limit[] | undefined) ?? PRICE_LIMITS
  const put = (role: string, max_bps: number) =>
    onChange({ ...body, price_limits: limits.map((one) => (one.role === role ? { ...one, max_bps } : one)) })
  return (
    <fieldset className="choices">
      <legend>{t('terms.price_limits')}</legend>
      <div className="terms">
        {limits.map((one) => (
          <NumberInput
            key={one.role}
            label={roleWords(one.role)}
            suffix=" %"
            min={0}
            max={90}
            decimalScale={2}
            value={one.max_bps / 100}
            error={issues['body.price_limits']}
            onChange={(value) => put(one.role, Math.round(Number(value) * 100))}
          />
        ))}
      </div>
    </fieldset>
  )
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
      <Limits body={body} onChange={onChange} issues={issues} />
    </div>
  )
}
