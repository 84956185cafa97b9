import { createRootRoute, createRoute, createRouter, Outlet, useParams, useRouterState } from '@tanstack/react-router'
import { Component, type ComponentType, lazy, type ReactNode, Suspense, useEffect, useSyncExternalStore } from 'react'
import { sessionGate } from './ask.ts'
import { useGo } from './kit/go.tsx'
import { ErrorState, Waiting } from './kit/states.tsx'
import { languageFor, learn, speak } from './lang.ts'
import { NotFound } from './not-found.tsx'
import { type Page, type Params, pagesOf, type Side } from './pages.ts'
import { LAST, useCan, useEcosystem, useFirstRun, useMe } from './session.ts'

const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }))
const SignInSheet = lazy(async () => ({ default: (await import('./sign-in-sheet.tsx')).SignInSheet }))
const PublicPage = lazy(async () => {
  const [{ PublicPage: Body }] = await Promise.all([import('./public-page.tsx'), learn('rest')])
  return { default: Body }
})
const ResetPassword = lazy(async () => ({ default: (await import('./reset-password.tsx')).ResetPassword }))
const Join = lazy(async () => ({ default: (await import('./join.tsx')).Join }))
const ExtendPage = lazy(async () => {
  const [{ ExtendPage: Body }] = await Promise.all([import('../modules/links/ui/extend-page.tsx'), learn('rest')])
  return { default: Body }
})
const FirstRun = lazy(async () => ({ default: (await import('./first-run.tsx')).FirstRun }))
const SIDE = 'rialto.side'
const sideFiles: Record<Side, () => Promise<unknown>> = {
  inner: () => import('./console.tsx'),
  outer: () => import('./portal.tsx'),
}
// Whoever was here before gets the same frame again: it is fetched before the server says who it is.
const before = localStorage.getItem(SIDE)
if (before === 'inner' || before === 'outer') void sideFiles[before]()

const frames: Record<Side, ComponentType<{ children: ReactNode }>> = {
  inner: lazy(async () => {
    const [{ Console }] = await Promise.all([import('./console.tsx'), learn('home')])
    return { default: Console }
  }),
  outer: lazy(async () => {
    const [{ Portal }] = await Promise.all([import('./portal.tsx'), learn('home')])
    return { default: Portal }
  }),
}

/** Read by everybody, signed in or not. */
const PUBLIC = /^\/(reset|e\/[^/]+\/(rules|join|extend))\/?$/

function Root() {
  const { data: me, error, isPending, refetch } = useMe()
  const first = useFirstRun()
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
function Start() {
  const { data: me } = useMe()
  const { go } = useGo()
  const known = me?.ecosystems ?? []
  const slug = (known.find((one) => one.slug === localStorage.getItem(LAST)) ?? known[0])?.slug
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
    localStorage.setItem(SIDE, here.side)
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
    const Body = lazy(async () => {
      const [body] = await Promise.all([page.load(), words()])
      return { default: body }
    })
    return [page, (params: Params) => <Body params={params} />] as const
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
      <Suspense fallback={<Waiting />}>{bodies.get(page)?.(params)}</Suspense>
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
  routeTree: root.addChildren([start, door, reset, join, extend, ecosystem.addChildren(pages)]),
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
