import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { minifySync, type Plugin } from 'vite'
import { DEFAULTS, scaleOf } from '../kit/brand.ts'
import { SANS, SERIF, SURFACES_OF } from '../kit/surfaces.ts'
import { begin, type FirstFiles } from './begin.ts'

const web = join(import.meta.dirname, '..')
const LANGUAGES = ['en', 'de', 'ar']

interface Chunk {
  type: 'chunk'
  fileName: string
  moduleIds: string[]
  isEntry: boolean
  imports: string[]
}
type Bundle = Record<string, { type: 'asset'; fileName: string } | Chunk>

const address = (name: string) => `/${name}`

/** The files that one source brings: its own and those it imports, without what every page has anyway. */
function makeFilesOf(bundle: Bundle) {
  const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
  const closure = (name: string, into = new Set<string>()): Set<string> => {
    const chunk = chunks.find((one) => one.fileName === name)
    if (!chunk || into.has(name)) return into
    into.add(name)
    for (const imported of chunk.imports) closure(imported, into)
    return into
  }
  const always = new Set(chunks.filter((one) => one.isEntry).flatMap((one) => [...closure(one.fileName)]))
  return (source: string): string[] => {
    const chunk = chunks.find((one) => one.moduleIds.some((id) => id.endsWith(source)))
    if (!chunk) throw new Error(`The build has no file for ${source}, which a first visit needs`)
    return [...closure(chunk.fileName)].filter((name) => !always.has(name)).map(address)
  }
}

/** In development the browser fetches sources one by one, and nothing is known ahead. */
const NONE: Omit<FirstFiles, 'said'> = {
  door: [],
  inner: [],
  outer: [],
  home: [],
  words: Object.fromEntries(LANGUAGES.map((code) => [code, { door: [], home: [] }])),
  fonts: [],
  arabic: [],
}

function filesIn(bundle: Bundle): Omit<FirstFiles, 'said'> {
  const of = makeFilesOf(bundle)
  const fonts = (like: RegExp) =>
    Object.keys(bundle)
      .filter((name) => like.test(name))
      .map(address)
  return {
    door: of('/web/sign-in.tsx'),
    inner: of('/web/console.tsx'),
    outer: of('/web/portal.tsx'),
    home: of('/modules/home/ui/home.tsx'),
    words: Object.fromEntries(
      LANGUAGES.map((code) => [code, { door: of(`/lang/${code}-door.ts`), home: of(`/lang/${code}-home.ts`) }]),
    ),
    // Latin letters are in the pages of every language.
    fonts: fonts(/source-(sans-3|serif-4)-latin-wght-normal.*\.woff2$/),
    arabic: fonts(/noto-sans-arabic-arabic-wght-normal.*\.woff2$/),
  }
}

function said(): FirstFiles['said'] {
  const one = (code: string) => {
    const { door, sign_in } = JSON.parse(readFileSync(join(web, 'lang', `${code}.json`), 'utf8')) as Record<
      'door' | 'sign_in',
      Record<string, string>
    >
    return { promise: door.promise ?? '', text: door.text ?? '', title: sign_in.title ?? '' }
  }
  return Object.fromEntries(LANGUAGES.map((code) => [code, one(code)]))
}

const pairs = (variables: Record<string, string>) =>
  Object.entries(variables)
    .map(([name, value]) => `${name}:${value}`)
    .join(';')

function styles(): string {
  const shades = scaleOf(DEFAULTS.primary)
  const of = (scheme: 'light' | 'dark') => pairs({ ...SURFACES_OF[scheme], '--lagoon': shades[scheme === 'light' ? 8 : 3] })
  const css = [join(web, 'first', 'outline.css'), join(web, 'kit', 'outline.css')].map((path) => readFileSync(path, 'utf8'))
  return [
    `:root{${pairs({ '--sans': SANS, '--serif': SERIF, '--mantine-radius-md': '8px', '--lagoon-wash': 'var(--lagoon-grey)' })}}`,
    `:root,:root[data-mantine-color-scheme="light"]{${of('light')}}`,
    `:root[data-mantine-color-scheme="dark"]{${of('dark')}}`,
    ...css,
  ]
    .join('\n')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};:,>]) /g, '$1')
}

const script = (files: FirstFiles): string =>
  minifySync('begin.js', `(${begin.toString()})(${JSON.stringify(files)})`, { compress: true, mangle: true }).code.trim()

/** Writes the outline's styles and the first script into the page, and lets the big stylesheet come after the outline. */
export const writeFirst: Plugin = {
  name: 'write-first',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      // What is used of Vite's bundle, which has far more.
      const made = bundle as Bundle | undefined
      const files = { ...(made ? filesIn(made) : NONE), said: said() }
      const sheet = /\s*<link rel="stylesheet"[^>]*>/.exec(html)?.[0] ?? ''
      const written = html
        .replace(sheet, '')
        .replace('<!-- begin -->', () => `<style>${styles()}</style>\n    <script>${script(files)}</script>`)
        .replace('<!-- drawn -->', () => `<script>rialtoDraw()</script>${sheet}`)
      return written
    },
  },
}
