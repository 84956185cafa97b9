import { countryName } from '../../../web/kit/locale.ts'
import { UNSAID } from '../rules.ts'

/** A draft without a value holds the smallest amount there is; nobody wants to read that. */
export const worthOf = ({ amount_minor }: { amount_minor: number }): number | null =>
  amount_minor > UNSAID.amount_minor ? amount_minor : null

/** The customer's country by its name; a draft may not say it yet. */
export const countryOf = ({ country }: { country: string }): string | null =>
  country === UNSAID.country ? null : countryName(country)
