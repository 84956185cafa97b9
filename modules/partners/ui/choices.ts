import { api, useRead } from '../../../web/api.ts'
import type { Choice } from '../../../web/kit/search-select.tsx'
import { useCan } from '../../../web/session.ts'

/** The host's people who can look after a partner. */
export function useManagers(): Choice[] {
  const can = useCan()
  const { data } = useRead(api.access.list, { side: 'inner', state: 'active', limit: 100 }, { enabled: can('access.read') })
  return (data?.items ?? [])
    .filter((one) => one.roles.some(({ role }) => ['channel_manager', 'admin', 'owner'].includes(role)))
    .map((one) => ({ value: one.id, label: one.name }))
}

/** The host's people, for the executive sponsor. */
export function useColleagues(): Choice[] {
  const can = useCan()
  const { data } = useRead(api.access.list, { side: 'inner', state: 'active', limit: 200 }, { enabled: can('access.read') })
  return (data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))
}

export function useRegions(): Choice[] {
  const { data } = useRead(api.ecosystems.list_regions, { state: 'active', limit: 200 })
  return (data?.items ?? []).map((one) => ({ value: one.code, label: one.name }))
}
