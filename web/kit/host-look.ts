import { useLayoutEffect, useSyncExternalStore } from 'react'
import type { Branding } from './brand.ts'

/** The host whose public page stands open, for who is not signed in there. */
export interface Host {
  slug: string
  name: string
  branding: Partial<Branding> | null
}

let worn: Host | null = null
const listeners = new Set<() => void>()

function wear(host: Host | null): void {
  worn = host
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useWornHost = (): Host | null => useSyncExternalStore(subscribe, () => worn)

/** A public page shows itself in its host's colours and under its name, as the portal does. */
export function useHostLook(slug: string | null, name: string | undefined, branding: Partial<Branding> | null | undefined): void {
  useLayoutEffect(() => {
    if (!slug || name === undefined) return
    wear({ slug, name, branding: branding ?? null })
    return () => wear(null)
  }, [slug, name, branding])
}
