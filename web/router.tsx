import { createRootRoute, createRoute, createRouter, Outlet, useParams, useRouterState } from '@tanstack/react-router'
import { Component, type ReactNode, Suspense, useEffect, useSyncExternalStore } from 'react'
import { queries } from './api.ts'
import { sessionGate, slugOf } from './ask.ts'
import { useFirstWrong } from './first-wrong.ts'
import { setFetchAhead, useGo } from './kit/go.tsx'
import { ErrorState, Waiting } from './kit/states.tsx'
import { languageFor, learn, speak } from './lang.ts'
import { NotFound } from './not-found.tsx'
import { type Page, type Params, pageAt, pagesOf, type Side } from './pages.ts'
import { part } from './part.ts'
import { LAST, type Me, mayOpen, readFirstRun, useCan, useEcosystem, useFirstRun, useMe } from './session.ts'

const SignIn = part(async () => (await import('./sign-in.tsx')).SignIn)
const SignInSheet = part(async () => (await import('./sign-in-sheet.tsx')).SignInSheet)
const PublicPage = part(async () => {
  const [{ PublicPage: Body }] = await Promise.all([import('./public-page.tsx'), learn('rest')])
  return Body
})
const ResetPassword = part(async () => (await import('./reset-password.tsx')).ResetPassword)
const Join = part(async () => (await import('./join.tsx')).Join)
const Enter = part(async () => (await import('./enter.tsx')).Enter)
const ExtendPage = part(async () => {
  const [{ ExtendPage: Body }] = await Promise.all([import('../modules/links/ui/extend-page.tsx'), learn('rest')])
  return Body
})
const FirstRun = part(async () => (await import('./first-run.tsx')).FirstRun)

const frames = {
  inner: part(async () => {
    const [{ Console }] = await Promise.all([import('./console.tsx'), learn('home')])
    return Console
  }),
  outer: part(async () => {
    const [{ Portal }] = await Promise.all([import('./portal.tsx'), learn('home')])
    return Portal
  }),
}

/** Read by everybody, signed in or not. */
const PUBLIC = /^\/(reset|enter|e\/[^/]+\/(rules|join|extend))\/?$/

function Root() {
  useFirstWrong()
  const { data: me, error, isPending, refetch } = useMe()
  const first = useFirstRun(me === null)
  const isExpired = useSyncExternalStore(sessionGate.subscribe, sessionGate.isOpen)
  const isPublic = useRouterState({ select: (state) => PUBLIC.test(state.location.pathname) })
  const side = useEcosystem()?.side
  const wished = me?.person.locale
  useEffect(() => {
    if (wished) void speak(languageFor(wished, side))
  }, [wished, side])
  if (error)
    return (
      <div className="content">
        <ErrorState error={error} again={() => void refetch()} />
      </div>
    )
  if (isPending) return null
  if (!me && isPublic) return <Outlet />
  if (!me) return <Suspense>{first?.open ? <FirstRun /> : first && <SignIn />}</Suspense>
  return (
    <>
      <Outlet />
      <Suspense>{isExpired && <SignInSheet />}</Suspense>
    </>
  )
}

/** The address without an ecosystem: the last one used here, else the first. */
const startOf = ({ ecosystems }: Me): string | undefined =>
  (ecosystems.find((one) => one.slug === localStorage.getItem(LAST)) ?? ecosystems[0])?.slug

function Start() {
  const { data: me } = useMe()
  const { go } = useGo()
  const slug = me && startOf(me)
  useEffect(() => {
    if (slug) go(`/e/${slug}`, true)
  }, [slug, go])
  return slug ? null : <NotFound kind="no_ecosystem" />
}

function Ecosystem() {
  const { data: me } = useMe()
  const here = useEcosystem()
  useEffect(() => {
    if (!here) return
    localStorage.setItem(LAST, here.slug)
  }, [here])
  if (!me)
    return (
      <Suspense>
        <PublicPage>
          <Outlet />
        </PublicPage>
      </Suspense>
    )
  if (!here) return <NotFound kind="ecosystem" />
  const Frame = frames[here.side]
  return (
    <Suspense>
      <Frame key={here.slug}>
        <Outlet />
      </Frame>
    </Suspense>
  )
}

/** Keeps a page's failure inside the page; the frame stays usable. */
class Guard extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown }
  static getDerivedStateFromError(error: unknown) {
    return { error }
  }
  override render() {
    if (!this.state.error) return this.props.children
    return <ErrorState error={this.state.error} again={() => this.setState({ error: null })} />
  }
}

const sides: Record<Side, Page[]> = { inner: pagesOf('inner'), outer: pagesOf('outer') }
const bodies = new Map(
  [...sides.inner, ...sides.outer].map((page) => {
    // Home comes first and is light; with any other page come the words of all.
    const words = () => (page.path === '' ? learn('home') : learn('rest'))
    const Body = part<{ params: Params }>(async () => (await Promise.all([page.load(), words()]))[0])
    return [page, { fetch: Body.fetch, draw: (params: Params) => <Body params={params} /> }] as const
  }),
)

function PageAt({ path }: { path: string }) {
  const here = useEcosystem()
  const can = useCan()
  const params = useParams({ strict: false }) as Params
  const page = sides[here?.side ?? 'outer'].find((one) => one.path === path)
  if (!page || !can(page.permission)) return <NotFound kind="page" />
  return (
    <Guard key={`${path} ${JSON.stringify(params)}`}>
      <Suspense fallback={<Waiting />}>{bodies.get(page)?.draw(params)}</Suspense>
    </Guard>
  )
}

const root = createRootRoute({ component: Root, notFoundComponent: () => <NotFound kind="page" /> })
const start = createRoute({ getParentRoute: () => root, path: '/', component: Start })
// Whoever is signed out sees the door at any address; a link that failed leads here.
const door = createRoute({ getParentRoute: () => root, path: '/sign-in', component: Start })
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: () => (
    <Suspense>
      <ResetPassword />
    </Suspense>
  ),
})
const enter = createRoute({
  getParentRoute: () => root,
  path: '/enter',
  component: () => (
    <Suspense>
      <Enter />
    </Suspense>
  ),
})
const join = createRoute({
  getParentRoute: () => root,
  path: '/e/$slug/join',
  component: () => (
    <Suspense>
      <Join />
    </Suspense>
  ),
})
const extend = createRoute({
  getParentRoute: () => root,
  path: '/e/$slug/extend',
  component: () => (
    <Suspense>
      <ExtendPage />
    </Suspense>
  ),
})
const ecosystem = createRoute({
  getParentRoute: () => root,
  path: '/e/$slug',
  component: Ecosystem,
  notFoundComponent: () => <NotFound kind="page" />,
})
const paths = [...new Set([...sides.inner, ...sides.outer].map((page) => page.path))]
const pages = paths.map((path) =>
  createRoute({ getParentRoute: () => ecosystem, path: path || '/', component: () => <PageAt path={path} /> }),
)

/** The address is plain words: no JSON in a query, so people and servers can write it. */
export const router = createRouter({
  routeTree: root.addChildren([start, door, reset, enter, join, extend, ecosystem.addChildren(pages)]),
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(search as Record<string, string>).toString()
    return text ? `?${text}` : ''
  },
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => (
    <div className="content">
      <ErrorState error={error} again={reset} />
    </div>
  ),
})

const pageOf = (side: Side, path: string) => pageAt(sides[side], path.slice(`/e/${slugOf(path)}`.length))

// So long a page waits for its figures rather than to be drawn twice.
const PATIENCE_MILLIS = 80
const patiently = (ahead: Promise<unknown> | undefined) =>
  ahead && Promise.race([ahead, new Promise((go) => setTimeout(go, PATIENCE_MILLIS))])

/** A page that needs no sign-in; its figures hold the host's colours. */
function fetchPublic(path: string): Promise<unknown> {
  const page = pageOf('outer', path)
  return Promise.all([PublicPage.fetch(), page && bodies.get(page)?.fetch(), patiently(page?.ahead?.())])
}

/** Fetches what an address is made of. */
function fetchAhead(path: string): Promise<unknown> {
  const me = queries.getQueryData<Me | null>(['me'])
  const slug = slugOf(path)
  const here = me?.ecosystems.find((one) => one.slug === slug)
  if (!here || !slug) return Promise.resolve()
  const page = pageOf(here.side, path)
  // Every call is made in the name of the ecosystem that is open.
  const isOpen = slug === slugOf(location.pathname)
  const ahead = isOpen && page && mayOpen(here, page.permission) ? page.ahead?.() : undefined
  return Promise.all([frames[here.side].fetch(), page && bodies.get(page)?.fetch(), patiently(ahead)])
}
setFetchAhead((path) => void fetchAhead(path).catch(() => undefined))

/** What is drawn at this address for whoever is here, fetched before anything is drawn: so that it comes in one piece. */
export async function fetchFirst(me: Me | null): Promise<void> {
  const path = location.pathname
  const routing = router.load()
  if (path === '/reset') await ResetPassword.fetch()
  else if (path === '/enter') await Enter.fetch()
  else if (/\/join\/?$/.test(path)) await Join.fetch()
  else if (/\/extend\/?$/.test(path)) await ExtendPage.fetch()
  else if (me) await fetchAhead(slugOf(path) ? path : `/e/${startOf(me)}`)
  else if (PUBLIC.test(path)) await fetchPublic(path)
  else if ((await queries.fetchQuery(readFirstRun)).open) await FirstRun.fetch()
  else await SignIn.fetch()
  await routing
}
