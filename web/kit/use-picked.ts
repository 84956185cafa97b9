import { useState } from 'react'

export interface Picked {
  ids: Set<string>
  toggle: (ids: string[], isOn: boolean) => void
}

/** Which rows are ticked. */
export function usePicked(): Picked & { keep: (ids: string[]) => void } {
  const [ids, setIds] = useState<Set<string>>(new Set())
  const toggle = (some: string[], isOn: boolean) =>
    setIds((was) => {
      const next = new Set(was)
      for (const id of some) {
        if (isOn) next.add(id)
        else next.delete(id)
      }
      return next
    })
  return { ids, toggle, keep: (some) => setIds(new Set(some)) }
}
