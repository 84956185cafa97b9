/** Scripts and words of a first visit, by name of file, as the build made them. */
export interface FirstFiles {
  door: string[]
  inner: string[]
  outer: string[]
  home: string[]
  /** For each language its words: of the door, and of Home. */
  words: Record<string, { door: string[]; home: string[] }>
  /** For each language what the door says. */
  said: Record<string, Record<string, string>>
  fonts: string[]
  arabic: string[]
}

export interface Answered {
  status: number
  text: string
}

/** What the frame looked like here the last time, by ecosystem. */
export interface Remembered {
  name: string
  side: 'inner' | 'outer'
  places: string[]
  /** `--lagoon` in the light and the dark scheme. */
  colours: [light: string, dark: string]
  corner: number
  demo: boolean
}

declare global {
  var rialtoBegun: Record<string, Promise<Answered | null> | undefined> | undefined
  var rialtoDraw: (() => void) | undefined
}

/**
 * Runs in the page itself, before any file has come: asks who is here, fetches what that needs, and has the outline of
 * the page drawn in the right scheme, language and direction. It is written into the page as text, so it uses nothing
 * from outside of itself.
 */
// oxlint-disable-next-line max-lines-per-function -- its text is all that the page gets
export function begin(files: FirstFiles): void {
  const page = document.documentElement
  const read = <T>(key: string, otherwise: T): T => {
    try {
      return (JSON.parse(localStorage.getItem(key) ?? 'null') as T | null) ?? otherwise
    } catch {
      return otherwise
    }
  }
  const chosen = read<{ scheme?: string; language?: string; density?: string }>('rialto.preferences', {})
  const spoken = localStorage.getItem('rialto.spoken')
  const slug = /^\/e\/([^/]+)/.exec(location.pathname)?.[1]
  const isPublic = /^\/(reset|enter|e\/[^/]+\/(rules|join|extend))\/?$/.test(location.pathname)
  // These stand at the door as well, whoever is signed in.
  const isAtDoor = /^\/(reset|enter|e\/[^/]+\/join)\/?$/.test(location.pathname)
  const isHome = /^\/(e\/[^/]+\/?)?$/.test(location.pathname)
  const last = slug ?? localStorage.getItem('rialto.ecosystem') ?? ''
  const known = read<Record<string, Remembered>>('rialto.frames', {})[last]
  const isDark = chosen.scheme === 'dark' || (chosen.scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  page.dataset.mantineColorScheme = isDark ? 'dark' : 'light'

  const speak = (wished: string | null | undefined, side?: string) => {
    const wanted = [chosen.language, wished, ...navigator.languages].map((code) => (code ?? '').slice(0, 2))
    const code = wanted.find((one) => one in files.words && (side !== 'inner' || one !== 'ar')) ?? 'en'
    page.lang = code
    page.dir = code === 'ar' ? 'rtl' : 'ltr'
    return code
  }
  const fetched = new Set<string>()
  const preload = (names: string[], as = '') => {
    for (const href of names) {
      if (fetched.has(href)) continue
      fetched.add(href)
      const link = document.createElement('link')
      link.crossOrigin = ''
      link.rel = as ? 'preload' : 'modulepreload'
      if (as) link.as = as
      link.href = href
      document.head.append(link)
    }
  }
  const fetchFor = (kind: 'door' | 'inner' | 'outer', language: string) => {
    const words = files.words[language]
    preload(files[kind])
    preload(words?.door ?? [])
    if (kind !== 'door') preload(words?.home ?? [])
    if (kind !== 'door' && isHome) preload(files.home)
    if (language === 'ar') preload(files.arabic, 'font')
  }

  const draw = (kind: 'door' | 'frame', language: string, frame?: Remembered) => {
    page.dataset.outline = kind
    for (const place of document.querySelectorAll<HTMLElement>('#outline [data-say]')) {
      const what = place.dataset.say ?? ''
      place.textContent = isPublic && what === 'title' ? '\u00a0' : (files.said[language]?.[what] ?? '')
    }
    if (!frame) return
    page.dataset.density = chosen.density ?? (frame.side === 'inner' ? 'compact' : 'comfortable')
    page.toggleAttribute('data-demo', frame.demo)
    for (const place of document.querySelectorAll<HTMLElement>('#outline > *')) {
      place.style.setProperty('--lagoon', frame.colours[isDark ? 1 : 0])
      place.style.setProperty('--corner', `${frame.corner}px`)
    }
    for (const place of document.querySelectorAll('#outline [data-house]')) place.textContent = frame.name
    for (const list of document.querySelectorAll('#outline [data-places]'))
      list.replaceChildren(
        ...frame.places.slice(0, list.tagName === 'UL' ? 12 : 5).map((name) => {
          const row = document.createElement(list.tagName === 'UL' ? 'li' : 'span')
          const words = document.createElement('span')
          words.textContent = name
          row.append(document.createElement('i'), words)
          return row
        }),
      )
  }
  let kind: 'door' | 'frame' | null = null
  let language = speak(spoken, known?.side)
  const drawNow = () => kind && document.getElementById('outline') && draw(kind, language, known)
  const show = (next: 'door' | 'frame') => {
    kind = next
    drawNow()
  }
  globalThis.rialtoDraw = drawNow

  const headers: Record<string, string> = { accept: 'application/json', ...(slug ? { 'x-ecosystem': slug } : {}) }
  const ask = (path: string) =>
    fetch(path, { headers, credentials: 'same-origin' }).then(
      async (answer) => ({ status: answer.status, text: await answer.text() }),
      () => null,
    )
  // The server tells a page that was asked for without any sign-in; then there is nobody to ask for.
  const nobody = page.dataset.session === 'none'
  const me = nobody ? Promise.resolve({ status: 401, text: '{}' }) : ask('/api/me')
  // Asked before anything that only looks better.
  globalThis.rialtoBegun = { '/api/me': me, ...(page.dataset.world === 'own' ? {} : { '/api/demo': ask('/api/demo') }) }
  const begun = globalThis.rialtoBegun
  preload(files.fonts, 'font')
  const toDoor = () => {
    begun['/api/first-run'] = ask('/api/first-run')
    if (isPublic) return
    fetchFor('door', language)
    show('door')
  }
  if (isAtDoor) show('door')
  if (nobody) return toDoor()
  if (known && !isPublic) fetchFor(known.side, language)
  // Both sides have the same frame; what it holds is told by the answer.
  if (!isPublic) show('frame')
  void me.then((answer) => {
    if (answer?.status === 401) return toDoor()
    if (answer?.status !== 200) return undefined
    const { person, ecosystems } = JSON.parse(answer.text) as {
      person: { locale: string | null }
      ecosystems: { slug: string; side: 'inner' | 'outer' }[]
    }
    const side = (ecosystems.find((one) => one.slug === last) ?? ecosystems[0])?.side
    if (!side || isPublic) return undefined
    language = speak(person.locale, side)
    fetchFor(side, language)
    return drawNow()
  })
}
