import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Go } from '../../../web/kit/go.tsx'
import { comma } from '../../../web/kit/locale.ts'
import { Note } from '../../../web/kit/record-page.tsx'

/** Warns of currencies in use that the year's plan has no rate for: no rule can weigh a value in them. */
export function PlanGaps({ isElsewhere }: { isElsewhere?: boolean }) {
  const { t } = useTranslation('ecosystems')
  const { data } = useRead(api.ecosystems.plan_gaps, {})
  if (!data || data.currencies.length === 0) return null
  const { currencies, plan_year } = data
  return (
    <div style={isElsewhere ? {} : { marginBlockEnd: 16 }}>
      <Note tone="waiting">
        <span className="strong">
          {t('rates.gaps', { count: currencies.length, currencies: currencies.join(comma()), year: plan_year })}
        </span>
        <span>{t('rates.gaps_text')}</span>
        {isElsewhere && <Go to="settings/rates">{t('rates.gaps_do')}</Go>}
      </Note>
    </div>
  )
}
