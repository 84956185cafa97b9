import { api, useRead } from '../../../web/api.ts'
import { currencyOf } from '../../../web/kit/currency-of.ts'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { worthOf } from './said.ts'

const RECENT = 9

/** What stands most often; of several the one that stands first. */
function mostOf(all: readonly string[]): string | undefined {
  const times = (one: string) => all.filter((other) => other === one).length
  const most = Math.max(0, ...all.map(times))
  return all.find((one) => times(one) === most)
}

/**
 * The currency in which a firm is likely to sell: that of most of its last deals, else its country's, where the host uses it, else the
 * host's own. Undefined while it is being read.
 */
export function useUsualCurrency(): string | undefined {
  const can = useCan()
  const firm = useEcosystem()?.party?.id ?? ''
  const ecosystem = useRead(api.ecosystems.get, {})
  const deals = useRead(api.deals.list, { partner_id: firm, limit: RECENT }, { enabled: firm !== '' && can('deals.read') })
  const partner = useRead(api.partners.get, { id: firm }, { enabled: firm !== '' && can('partners.get') })
  if (!ecosystem.data || deals.isLoading || partner.isLoading) return undefined
  const { currencies, reporting_currency } = ecosystem.data
  const sold = mostOf((deals.data?.items ?? []).filter(worthOf).map(({ currency }) => currency))
  const here = partner.data && currencyOf(partner.data.country)
  return [sold, here].find((one) => one && currencies.includes(one)) ?? reporting_currency
}
