import { useAddress } from './go.tsx'
import type { Filter } from './list-shape.ts'

/** What is chosen of a filter; it stands in the address. */
export function useFilter(filter: Filter): { chosen: string[]; toggle: (value: string) => void } {
  const { values, set } = useAddress()
  const chosen = (values[filter.key] ?? '').split(',').filter(Boolean)
  const toggle = (value: string) => {
    const has = chosen.includes(value)
    const next = filter.single ? (has ? [] : [value]) : has ? chosen.filter((one) => one !== value) : [...chosen, value]
    set({ [filter.key]: next.join(',') })
  }
  return { chosen, toggle }
}
