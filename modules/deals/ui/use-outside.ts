import { api, useRead } from '../../../web/api.ts'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { isOutside } from '../../ecosystems/rules.ts'

/** Whether a country lies outside the territory of the firm that registers; false as long as that is not known. */
export function useOutside(): (country: string) => boolean {
  const can = useCan()
  const firm = useEcosystem()?.party
  const isKnown = Boolean(firm) && can('partners.get')
  const { data: partner } = useRead(api.partners.get, { id: firm?.id ?? '' }, { enabled: isKnown })
  const { data: regions } = useRead(api.ecosystems.list_regions, { limit: 200 }, { enabled: isKnown })
  const own = partner?.region ? [partner.region, ...partner.more_regions] : []
  const territories = own.map((code) => regions?.items.find((one) => one.code === code)?.territory ?? [])
  return (country) => country !== '' && own.length > 0 && territories.every((one) => isOutside(one, country) === true)
}
