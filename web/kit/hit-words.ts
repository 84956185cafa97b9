import { useTranslation } from 'react-i18next'
import { api, useRead } from '../api.ts'
import { useCan } from '../session.ts'
import { countryName, dotted } from './locale.ts'

interface Hit {
  detail: string
  said?: { as: string; value: string; more?: string | undefined }[] | undefined
}

/** What stands beside a record that was found, in the reader's words instead of the codes it is kept by. */
export function useHitWords(): (hit: Hit) => string {
  const { t } = useTranslation()
  const can = useCan()
  const { data } = useRead(api.ecosystems.list_products, { limit: 100 }, { enabled: can('ecosystems.read') })
  const wordOf = (as: string, value: string) => {
    if (as === 'country') return countryName(value)
    if (as === 'product') return data?.items.find((one) => one.code === value)?.name ?? value
    return as === 'track' ? t(`partners:track.${value}`, { defaultValue: value }) : value
  }
  return ({ detail, said }) =>
    said ? dotted(said.map(({ as, value, more }) => [wordOf(as, value), more].filter(Boolean).join(' '))) : detail
}
