import { useTranslation } from 'react-i18next'
import { countryName } from '../../../web/kit/locale.ts'
import { CLOSED, UNSAID } from '../rules.ts'
import type { Deal } from '../shapes.ts'

/** Whether both sides are warned that the customer lies outside the partner's territory. */
export const isOutsideTerritory = ({ review, decision }: Deal): boolean =>
  (decision?.all_facts ?? decision?.facts)?.out_of_territory === true && !CLOSED.includes(review)

/** A draft without a value holds the smallest amount there is; nobody wants to read that. */
export const worthOf = ({ amount_minor }: { amount_minor: number }): number | null =>
  amount_minor > UNSAID.amount_minor ? amount_minor : null

/** The customer's name; a draft may not say it yet. */
export function useCustomerName(): (deal: { account_name: string }) => string {
  const { t } = useTranslation('deals')
  return ({ account_name }) => (account_name === UNSAID.account_name ? t('inbox.unnamed') : account_name)
}

/** The customer's country by its name; a draft may not say it yet. */
export const countryOf = ({ country }: { country: string }): string | null =>
  country === UNSAID.country ? null : countryName(country)
