import { useRouter, useRouterState } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react'
import { slugOf } from '../ask.ts'

/** Where this page is: its slug, addresses below it, and the way to them. */
export function useGo() {
  const router = useRouter()
  const slug = useRouterState({ select: (state) => slugOf(state.location.pathname) })
  const href = (to: string) => (to.startsWith('/') ? to : `/e/${slug}${to ? `/${to}` : ''}`)
  return {
    slug,
    href,
    go: (to: string, replace = false) => (replace ? router.history.replace(href(to)) : router.history.push(href(to))),
  }
}

let fetchAhead: (path: string) => void = () => undefined

/** The router tells how a page is fetched before somebody goes there. */
export const setFetchAhead = (fetch: (path: string) => void): void => {
  fetchAhead = fetch
}

type Rest = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>

/** A link inside the ecosystem: `to="deals/123"`; an absolute `/…` leaves it. */
export function Go({ to, children, onClick, ...rest }: { to: string; children: ReactNode } & Rest) {
  const { href, go } = useGo()
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(to)
  }
  // Whoever points at a link is likely to follow it.
  const soon = () => fetchAhead(href(to))
  return (
    <a {...rest} href={href(to)} onClick={click} onPointerEnter={soon} onFocus={soon}>
      {children}
    </a>
  )
}

/** The query of the address as words; set() writes some of them and leaves the rest. */
export function useAddress() {
  const router = useRouter()
  const text = useRouterState({ select: (state) => state.location.searchStr })
  const values = Object.fromEntries(new URLSearchParams(text)) as Record<string, string | undefined>
  const set = (change: Record<string, string | null | undefined>, push = false) => {
    const next = new URLSearchParams(router.state.location.searchStr)
    for (const [key, value] of Object.entries(change)) {
      if (value) next.set(key, value)
      else next.delete(key)
    }
    const query = next.toString()
    router.history[push ? 'push' : 'replace'](`${router.state.location.pathname}${query ? `?${query}` : ''}`)
  }
  return { values, set }
}
