import { UnstyledButton } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useRouter, useRouterState } from '@tanstack/react-router'
import { type ReactNode, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DemoBar } from './demo-bar.tsx'
import { House } from './house.tsx'
import { useKeptFocus } from './keep-focus.ts'
import type { Icon } from './kit/figures.tsx'
import { Go, useGo } from './kit/go.tsx'
import { JobTray } from './kit/job-tray.tsx'
import { type Page, type Place, pageAt, placesOf, type Side } from './pages.ts'
import { part } from './part.ts'
import { rememberFrame } from './remember-frame.ts'
import { useCan, useDemo, useEcosystem } from './session.ts'
import { TopBar } from './top-bar.tsx'

const Palette = part(async () => (await import('./palette.tsx')).Palette)

export type PlaceIcons = Partial<Record<Place, Icon>>
interface Shown {
  place: Place
  pages: Page[]
}

/** The place of the address, by the page that matches it. */
function useHere(pages: Page[]): Page | undefined {
  const { slug } = useGo()
  const path = useRouterState({ select: (state) => state.location.pathname })
  return pageAt(pages, path.slice(`/e/${slug}`.length))
}

function Places({ shown, here, icons }: { shown: Shown[]; here: Place | undefined; icons: PlaceIcons }) {
  const { t } = useTranslation()
  return shown.map(({ place, pages }) => {
    const Drawn = icons[place]
    return (
      <li key={place}>
        <Go to={pages[0]?.path ?? ''} aria-current={place === here ? 'page' : undefined}>
          {Drawn && <Drawn size={20} stroke={1.6} />}
          <span>{t(`place.${place}`)}</span>
        </Go>
      </li>
    )
  })
}

function BottomBar({ shown, here, icons }: { shown: Shown[]; here: Place | undefined; icons: PlaceIcons }) {
  const { t } = useTranslation()
  return (
    <nav className="places" aria-label={t('places')}>
      {shown.slice(0, 5).map(({ place, pages }) => {
        const Drawn = icons[place]
        return (
          <Go key={place} to={pages[0]?.path ?? ''} aria-current={place === here ? 'page' : undefined}>
            {Drawn && <Drawn size={22} stroke={1.6} />}
            <span>{t(`place.${place}`)}</span>
          </Go>
        )
      })}
    </nav>
  )
}

/** Where a row of tabs is wider than the window, the one of this page is brought into its middle. */
function useShownTab(here: Page | undefined) {
  const row = useRef<HTMLElement>(null)
  const router = useRouter()
  useLayoutEffect(() => {
    const show = () => {
      const tab = row.current?.querySelector('[aria-current]')
      if (!row.current || !tab || !here) return
      const [outer, inner] = [row.current.getBoundingClientRect(), tab.getBoundingClientRect()]
      // Not scrollIntoView: that may move the page as well.
      row.current.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2
    }
    show()
    // Once a page is drawn the router scrolls the row as it stood on the page before.
    return router.subscribe('onRendered', show)
  }, [here, router])
  return row
}

function Tabs({ shown, here }: { shown: Shown[]; here: Page | undefined }) {
  const { t } = useTranslation()
  const row = useShownTab(here)
  const pages = shown.find(({ place }) => place === here?.place)?.pages ?? []
  if (!here?.tab || pages.length < 2) return null
  return (
    <nav className="tabs" ref={row} aria-label={t(`place.${here.place}`)}>
      {pages.map((page) => (
        <Go key={page.path} to={page.path} aria-current={page === here ? 'page' : undefined}>
          {t(page.title)}
        </Go>
      ))}
    </nav>
  )
}

/** Moves the reading position to the new page, as a full page load would. */
function useFocusOnArrival(path: string) {
  const main = useRef<HTMLElement>(null)
  const first = useRef(path)
  useEffect(() => {
    if (first.current !== path) main.current?.focus({ preventScroll: true })
    first.current = path
  }, [path])
  return main
}

/** The next visit begins with this frame's outline, in its colours and words. */
function useRememberedFrame(side: Side, shown: Shown[]) {
  const { t } = useTranslation()
  const here = useEcosystem()
  const { on: demo } = useDemo()
  const places = shown.map(({ place }) => t(`place.${place}`)).join('\n')
  useEffect(() => {
    if (here) rememberFrame(here.slug, { name: here.name, side, places: places.split('\n'), demo }, here.branding)
  }, [here, side, places, demo])
}

/** What portal and console share: rail, top bar, bottom bar on phones, palette, the tray of long work. */
export function Frame({ side, icons, children, all }: { side: Side; icons: PlaceIcons; children: ReactNode; all: Page[] }) {
  const { t } = useTranslation()
  const can = useCan()
  const [open, setOpen] = useState(false)
  useHotkeys([['mod+K', () => setOpen((was) => !was)]], [])
  const shown = placesOf(side, can)
  const here = useHere(all)
  useRememberedFrame(side, shown)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const main = useFocusOnArrival(path)
  useKeptFocus()
  return (
    <>
      <UnstyledButton className="skip" onClick={() => main.current?.focus()}>
        {t('skip')}
      </UnstyledButton>
      <div className="frame" data-side={side}>
        <aside className="rail" aria-label="Rialto">
          <House />
          <nav aria-label={t('places')}>
            <ul>
              <Places shown={shown} here={here?.place} icons={icons} />
            </ul>
          </nav>
          <div className="rail-foot">{t('powered')}</div>
        </aside>
        <div className="main">
          <DemoBar />
          <TopBar onFind={() => setOpen(true)} />
          <main className="content" data-wide={here?.wide || undefined} ref={main} tabIndex={-1}>
            <Tabs shown={shown} here={here} />
            {children}
          </main>
        </div>
        <BottomBar shown={shown} here={here?.place} icons={icons} />
      </div>
      <JobTray />
      <Suspense>{open && <Palette side={side} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
