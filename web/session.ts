import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { ClientError } from '../kernel/client.ts'
import { ask, slugOf, waitForSignIn } from './ask.ts'
import type { Branding } from './kit/brand.ts'
import { sendHeld } from './kit/held.ts'
import { forgetFrames } from './remember-frame.ts'

export interface Ecosystem {
  tenant_id: string
  slug: string
  name: string
  side: 'inner' | 'outer'
  member_id: string
  party: { id: string; name: string } | null
  roles: string[]
  permissions: string[]
  branding: Partial<Branding> | null
  languages: string[]
}
export interface Me {
  person: { id: string; name: string; email: string; locale: string | null }
  ecosystems: Ecosystem[]
}
export interface Demo {
  on: boolean
  /** The demo world's password; only a demo server tells it. */
  password?: string
  now?: string
  /** How far the world is told anew, while it is. */
  telling?: number | null
  cast: { name: string; email: string; role: string; ecosystem: string; side: 'inner' | 'outer' }[]
}

/** Where the browser keeps the ecosystem that was open last. */
export const LAST = 'rialto.ecosystem'

const fixed = { staleTime: Number.POSITIVE_INFINITY, retry: false } as const

export async function readMe(known: boolean): Promise<Me | null> {
  try {
    return await ask<Me>('GET', '/me')
  } catch (error) {
    if (!(error instanceof ClientError) || error.status !== 401) throw error
    if (!known) return null
  }
  // Who was here a moment ago keeps the page, with all that is typed in it, and signs in over it.
  await waitForSignIn()
  return ask<Me>('GET', '/me')
}

/** Who is signed in; null for nobody. */
export function useMe() {
  const client = useQueryClient()
  return useQuery<Me | null, ClientError>({
    queryKey: ['me'],
    queryFn: () => readMe(Boolean(client.getQueryData(['me']))),
    ...fixed,
  })
}

const OFF: Demo = { on: false, cast: [] }
/** The page itself says where there is no demo world to ask for. */
const isOwnWorld = () => document.documentElement.dataset.world === 'own'
export const readDemo = {
  queryKey: ['demo'],
  queryFn: async () => (isOwnWorld() ? OFF : ask<Demo>('GET', '/demo').catch(() => OFF)),
  ...fixed,
}

export const useDemo = (): Demo => useQuery(readDemo).data ?? OFF

export const readFirstRun = {
  queryKey: ['first-run'],
  queryFn: () => ask<{ open: boolean }>('GET', '/first-run').catch(() => ({ open: false })),
  ...fixed,
}

/** Whether the house is still empty; asked only when nobody is signed in. */
export const useFirstRun = (isNobody: boolean) => useQuery({ ...readFirstRun, enabled: isNobody }).data

/** The member's ecosystem of this page. */
export function useEcosystem(): Ecosystem | undefined {
  const { data } = useMe()
  const slug = useRouterState({ select: (state) => slugOf(state.location.pathname) })
  return data?.ecosystems.find((one) => one.slug === slug)
}

export const mayOpen = (here: Ecosystem | undefined, permission: string | undefined): boolean =>
  !permission ||
  permission === 'person' ||
  permission === 'public' ||
  (here?.permissions ?? []).some((held) => held === permission || held === '*')

/** Whether the member's roles hold a permission; the server decides again on every call. */
export function useCan(): (permission: string | undefined) => boolean {
  const here = useEcosystem()
  return (permission) => mayOpen(here, permission)
}

/** With a second factor set up, the answer asks for its code and nobody is signed in yet. */
export const signIn = (email: string, password: string): Promise<{ twoFactorRedirect?: boolean } | undefined> =>
  ask('POST', '/auth/sign-in/email', { email, password })

export async function signOut(): Promise<void> {
  await sendHeld()
  forgetFrames()
  await ask('POST', '/auth/sign-out', {}).catch(() => undefined)
  location.assign('/')
}
