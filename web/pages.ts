import type { ComponentType } from 'react'

const PLACES = {
  outer: ['home', 'deals', 'learn', 'grow', 'earnings'],
  inner: ['home', 'partners', 'pipeline', 'programme', 'enablement', 'marketing', 'money', 'insights', 'studio', 'settings'],
} as const
export type Side = keyof typeof PLACES
export type Place = (typeof PLACES)[Side][number]
export type Params = Record<string, string>

/** One page of a module; what is not listed here is neither routed nor shown. */
export interface Page {
  /** Below /e/<slug>/, with parameters as `deals/$id`; '' is the home page. */
  path: string
  /** Where it belongs in the rail. Pages of one place with a `tab` share a row of tabs, in `order`. */
  place: Place
  /** A key of the module's words, as `deals:list.title`. */
  title: string
  load: () => Promise<ComponentType<{ params: Params }>>
  /** Begins to read what it will show, while it comes itself. */
  ahead?: () => Promise<unknown>
  permission?: string
  order?: number
  /** Shown in the navigation of its place; pages of one record are not. */
  tab?: boolean
  /** Full width, for boards and matrices. */
  wide?: boolean
  icon?: ComponentType<{ size?: number | string; stroke?: number | string }>
  /** Other words the command palette finds it by, and things to begin. */
  commands?: Command[]
}

interface Command {
  /** A key of words. */
  title: string
  /** Below /e/<slug>/, with an optional query. */
  to: string
  permission?: string
}

const sides: Record<Side, Record<string, { pages: Page[] }>> = {
  inner: import.meta.glob<{ pages: Page[] }>('../modules/*/ui/console.tsx', { eager: true }),
  outer: import.meta.glob<{ pages: Page[] }>('../modules/*/ui/portal.tsx', { eager: true }),
}

const order = (page: Page) => page.order ?? 50

/** Every page of one side, in order of navigation. */
export const pagesOf = (side: Side): Page[] =>
  Object.values(sides[side])
    .flatMap((found) => found.pages)
    .sort((a, b) => order(a) - order(b))

/** The places of a side that this member finds at least one page in, each with its pages. */
export function placesOf(side: Side, can: (permission: string | undefined) => boolean): { place: Place; pages: Page[] }[] {
  const pages = pagesOf(side).filter((page) => page.tab && can(page.permission))
  return PLACES[side]
    .map((place) => ({ place, pages: pages.filter((page) => page.place === place) }))
    .filter(({ pages }) => pages.length > 0)
}

const matches = (page: Page, below: string): boolean => {
  const parts = page.path.split('/')
  const here = below.split('/')
  return parts.length === here.length && parts.every((part, i) => part.startsWith('$') || part === here[i])
}

/** The page at an address below its ecosystem's. */
export function pageAt(pages: Page[], address: string): Page | undefined {
  const below = address.replace(/^\/|\/$/g, '')
  return pages.find((page) => page.path === below) ?? pages.find((page) => matches(page, below))
}
