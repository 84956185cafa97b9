import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { comma } from '../../../web/kit/locale.ts'
import { useEcosystem } from '../../../web/session.ts'
import type { Scope } from '../shapes.ts'

/** What a reach names: `EMEA, Reseller`; nothing where it has no limit. */
export function useScopeNames(): (scope: Scope) => string {
  const { t } = useTranslation(['access', 'partners'])
  const isInner = useEcosystem()?.side === 'inner'
  const { data } = useRead(api.ecosystems.list_regions, { limit: 200 }, { enabled: isInner })
  return ({ regions, tracks, partners }) => {
    const names = regions?.map((code) => data?.items.find((one) => one.code === code)?.name ?? code)
    const parts = [
      names && t('scope.regions', { names: names.join(comma()) }),
      tracks && t('scope.tracks', { names: tracks.map((track) => t(`partners:track.${track}`)).join(comma()) }),
      partners && t('scope.partners', { count: partners.length }),
    ].filter(Boolean)
    return parts.join(comma())
  }
}

/** A reach in words: `everywhere`, `only EMEA`, `only resellers in DACH`. */
export function useScopeWords(): (scope: Scope) => string {
  const { t } = useTranslation('access')
  const names = useScopeNames()
  return (scope) => (names(scope) ? t('scope.only', { what: names(scope) }) : t('scope.everywhere'))
}
