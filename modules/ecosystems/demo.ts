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
    branding: { primary: '#1f4e5f', accent: '#c8702a', logo_url: null, corner: 8, typeface: 'Source Sans 3' },
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
