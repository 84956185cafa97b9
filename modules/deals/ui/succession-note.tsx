import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Go } from '../../../web/kit/go.tsx'
import { dayText } from '../../../web/kit/locale.ts'
import { Note } from '../../../web/kit/record-page.tsx'
import type { Deal } from '../shapes.ts'

/** What took a deal's place, and whose place it took, as far as the reader may know. */
export function SuccessionNote({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals')
  const { data } = useRead(api.deals.succession, { id: deal.id })
  if (!data || (!data.superseded && data.in_place_of.length === 0)) return null
  const { superseded, in_place_of } = data
  const link = (one: NonNullable<NonNullable<typeof superseded>['deal']>) => (
    <Go to={`deals/${one.id}`}>
      {one.account_name} · {one.partner_name} · {t('record.number', { number: one.number })}
    </Go>
  )
  return (
    <Note tone={superseded ? 'waiting' : 'plain'}>
      {superseded && (
        <span className="strong">
          {t(`succession.by_${superseded.by}`)}
          {superseded.written_on && ` ${t('succession.written', { day: dayText(superseded.written_on) })}`}
        </span>
      )}
      {superseded?.deal && (
        <span>
          {t('succession.now')} {link(superseded.deal)}
        </span>
      )}
      {in_place_of.map(
        (one) =>
          one.deal && (
            <span key={one.deal.id}>
              {t('succession.in_place_of')} {link(one.deal)}
            </span>
          ),
      )}
    </Note>
  )
}
