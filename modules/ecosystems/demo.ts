import type { CastTools } from '../cast.ts'

const fiscal = { pattern: 'calendar', ends_on_weekday: 6, ends: 'last', extra_week_in: 12, named_after: 'start' } as const

/** The two hosts, before they have people. */
export async function found(tools: CastTools): Promise<void> {
  await tools.found({
    slug: 'meridian',
    name: 'Meridian Data',
    reporting_currency: 'EUR',
    currencies: ['EUR', 'USD', 'GBP', 'CHF', 'NOK', 'SAR', 'JPY', 'AUD'],
    fiscal: { ...fiscal, starts_on_month: 2 },
    branding: { primary: '#1f4e5f', accent: '#a75502', logo_url: null, corner: 8, typeface: 'Source Sans 3' },
    languages: ['en', 'de', 'ar'],
  })
  await tools.found({
    slug: 'kestrel',
    name: 'Kestrel Robotics',
    reporting_currency: 'USD',
    currencies: ['USD', 'EUR', 'GBP', 'JPY'],
    fiscal: { ...fiscal, starts_on_month: 1 },
    branding: { primary: '#5b2a86', accent: '#1a7f64', logo_url: null, corner: 2, typeface: 'Source Sans 3' },
    languages: ['en', 'de'],
  })
}

const week = { from: '09:00', to: '17:00' }
const weekdays = [1, 2, 3, 4, 5]
const region = (
  code: string,
  name: string,
  parent_code: string | null,
  { countries = '', ...calendar }: { zone: string; holidays: string | null; week?: number[]; countries?: string },
) => ({
  code,
  name,
  parent_code,
  calendar: { ...week, week: weekdays, ...calendar },
  countries: countries.split(' ').filter(Boolean),
})

// The regions of one country lie in the territory of the one above: in Europe nobody is at home in one country alone.
const EMEA =
  'AD AE AL AT BA BE BG BH CH CI CM CY CZ DE DK DZ EE EG ES ET FI FR GB GH GR HR HU IE IL IS IT JO KE KW LB LI LT LU LV MA MC MD ME MK MT MU NA NG NL NO OM PL PT QA RO RS RW SE SI SK SM SN TN TR TZ UA UG VA XK ZA ZM ZW'
const AMER = 'AR BB BM BO BR BS BZ CA CL CO CR DO EC GT GY HN HT JM KY MX NI PA PE PR PY SR SV TT US UY'
const APAC = 'AU BD BN CN FJ HK ID IN JP KH KR LA LK MN MO MV MY NP NZ PG PH PK SG TH TW VN'

export const MERIDIAN_REGIONS = [
  region('EMEA', 'Europe, Middle East and Africa', null, { zone: 'Europe/Amsterdam', holidays: null, countries: EMEA }),
  region('AMER', 'Americas', null, { zone: 'America/New_York', holidays: null, countries: AMER }),
  region('APAC', 'Asia and Pacific', null, { zone: 'Asia/Singapore', holidays: null, countries: APAC }),
  region('NL', 'Netherlands', 'EMEA', { zone: 'Europe/Amsterdam', holidays: 'NL' }),
  region('DE', 'Germany', 'EMEA', { zone: 'Europe/Berlin', holidays: 'DE' }),
  region('AT', 'Austria', 'EMEA', { zone: 'Europe/Vienna', holidays: 'AT' }),
  region('CH', 'Switzerland', 'EMEA', { zone: 'Europe/Zurich', holidays: 'CH' }),
  region('GB', 'United Kingdom', 'EMEA', { zone: 'Europe/London', holidays: 'GB' }),
  region('NO', 'Norway', 'EMEA', { zone: 'Europe/Oslo', holidays: 'NO' }),
  region('SE', 'Sweden', 'EMEA', { zone: 'Europe/Stockholm', holidays: 'SE' }),
  region('FR', 'France', 'EMEA', { zone: 'Europe/Paris', holidays: 'FR' }),
  region('IT', 'Italy', 'EMEA', { zone: 'Europe/Rome', holidays: 'IT' }),
  region('ES', 'Spain', 'EMEA', { zone: 'Europe/Madrid', holidays: 'ES' }),
  region('PT', 'Portugal', 'EMEA', { zone: 'Europe/Lisbon', holidays: 'PT' }),
  region('SA', 'Saudi Arabia', 'EMEA', { zone: 'Asia/Riyadh', holidays: 'SA', week: [7, 1, 2, 3, 4], countries: 'SA' }),
  region('US', 'United States', 'AMER', { zone: 'America/New_York', holidays: 'US' }),
  region('JP', 'Japan', 'APAC', { zone: 'Asia/Tokyo', holidays: 'JP' }),
  region('AU', 'Australia', 'APAC', { zone: 'Australia/Sydney', holidays: 'AU' }),
]

/** Plan rates of each year, one euro in each currency. */
export const PLAN = { USD: '1.08', GBP: '0.85', CHF: '0.95', NOK: '11.5', SAR: '4.05', JPY: '162', AUD: '1.65' }
// Until a file of the bank is read, spot rates are a person's entries.
const SPOT = { USD: '1.0950', GBP: '0.8460', CHF: '0.9410', NOK: '11.62', JPY: '164.3', AUD: '1.6720' }

/** The plan rates of a year, as both hosts enter them. */
export async function savePlanRates(tools: CastTools, plan_year: number): Promise<void> {
  for (const [currency, rate] of Object.entries(PLAN))
    await tools.as('vera').ecosystems.save_rate({ kind: 'plan', currency, rate, plan_year })
  for (const [currency, rate] of Object.entries({ EUR: '0.93', GBP: '0.79', JPY: '150' }))
    await tools.as('otto', 'kestrel').ecosystems.save_rate({ kind: 'plan', base: 'USD', currency, rate, plan_year })
}

async function money(tools: CastTools): Promise<void> {
  const { ecosystems } = tools.as('vera')
  const year = Number((await tools.now()).slice(0, 4))
  for (const plan_year of [year - 1, year, year + 1]) await savePlanRates(tools, plan_year)
  for (const [currency, rate] of Object.entries(SPOT))
    await ecosystems.save_rate({ kind: 'manual', currency, rate, on_date: '2020-01-01' })
  // The bank's file lacks the riyal: its rate is entered by hand, here as the peg that it is.
  await ecosystems.save_rate({ kind: 'peg', base: 'USD', currency: 'SAR', rate: '3.75', on_date: '1986-06-01' })
}

/** Regions, rates and products of the hosts, told by their admins. */
export async function cast(tools: CastTools): Promise<void> {
  const { ecosystems } = tools.as('vera')
  for (const one of MERIDIAN_REGIONS) await ecosystems.save_region(one)
  const families = { Lake: 'storage', Flow: 'pipelines', Lens: 'analytics', Guard: 'governance', Care: 'managed operations' }
  for (const [name, family] of Object.entries(families)) await ecosystems.save_product({ code: name.toLowerCase(), name, family })
  await money(tools)
  const kestrel = tools.as('otto', 'kestrel').ecosystems
  const served = 'CA DE ES FR GB IT JP MX NL SE US'
  await kestrel.save_region(region('WORLD', 'World', null, { zone: 'America/Los_Angeles', holidays: 'US', countries: served }))
  for (const name of ['Arm', 'Rover']) await kestrel.save_product({ code: name.toLowerCase(), name, family: 'robots' })
}
