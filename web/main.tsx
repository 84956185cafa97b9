import '@fontsource-variable/source-sans-3/wght.css'
import '@fontsource-variable/source-serif-4/wght.css'
import './kit/mantine.css'
import './kit/look.css'
import './kit/outline.css'
import './kit/frame.css'
import './kit/shapes.css'
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, StrictMode, useEffect, useLayoutEffect, useMemo } from 'react'
import { createRoot } from 'react-dom/client'
import { useTranslation } from 'react-i18next'
import { queries } from './api.ts'
import { slugOf } from './ask.ts'
import { startFocusInvalid } from './focus-invalid.ts'
import { useWornHost } from './kit/host-look.ts'
import { usePreferences } from './kit/preferences.ts'
import { cssVariables, makeTheme } from './kit/theme.ts'
import { Toasts } from './kit/toast.tsx'
import { languageFor, startLanguages } from './lang.ts'
import { fetchFirst, router } from './router.tsx'
import { readDemo, readMe, useMe } from './session.ts'

/** Scheme, density and direction from the person, colours and corner from the host of the page. */
function Look({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const { scheme, density } = usePreferences()
  const { data: me } = useMe()
  const slug = slugOf(location.pathname)
  const here = me?.ecosystems.find((one) => one.slug === slug) ?? me?.ecosystems[0]
  const host = useWornHost()
  const branding = (here?.slug !== slug && host?.slug === slug ? host : here)?.branding ?? null
  const compact = (density ?? (here?.side === 'inner' ? 'compact' : 'comfortable')) === 'compact'
  const theme = useMemo(() => makeTheme(branding, compact), [branding, compact])
  const direction = i18n.dir()
  useEffect(() => {
    document.documentElement.dataset.density = compact ? 'compact' : 'comfortable'
  }, [compact])
  // From here on the page itself stands where its outline stood.
  useLayoutEffect(() => document.getElementById('outline')?.remove(), [])
  const chosen = scheme === 'auto' ? {} : { forceColorScheme: scheme }
  return (
    <DirectionProvider key={direction} initialDirection={direction}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" {...chosen}>
        {children}
        <Toasts />
      </MantineProvider>
    </DirectionProvider>
  )
}

startFocusInvalid()

// A new release replaces the files an open page still asks for: the page is read anew, once.
const RENEWED = 'rialto.renewed'
window.addEventListener('vite:preloadError', (event) => {
  if (Date.now() - Number(sessionStorage.getItem(RENEWED) ?? 0) < 20_000) return
  event.preventDefault()
  sessionStorage.setItem(RENEWED, String(Date.now()))
  location.reload()
})

/** Everything the first picture needs, in parallel; the outline stands meanwhile. */
async function prepare(): Promise<void> {
  const demo = queries.prefetchQuery(readDemo)
  const me = await queries
    .fetchQuery({ queryKey: ['me'], queryFn: () => readMe(false), staleTime: Number.POSITIVE_INFINITY })
    .catch(() => undefined)
  const here = me?.ecosystems.find((one) => one.slug === slugOf(location.pathname)) ?? me?.ecosystems[0]
  const speaking = startLanguages(me ? languageFor(me.person.locale, here?.side) : undefined)
  // What cannot be fetched is told by the page itself.
  if (me !== undefined) await fetchFirst(me).catch(() => undefined)
  await Promise.all([demo, speaking])
}

/** Not awaited at the top of the file: what it fetches imports this very file, and would wait for it in turn. */
async function start(): Promise<void> {
  await prepare()
  const place = document.getElementById('root')
  if (!place) return
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Look>
          <RouterProvider router={router} />
        </Look>
      </QueryClientProvider>
    </StrictMode>,
  )
}
void start()
