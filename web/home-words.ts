import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** What Home writes of another module: the rows of its inbox, and how a deal stands. */
const KEYS = ['inbox', 'inbox_do', 'register', 'stage', 'review', 'protection']
const QUERY = '?home'

type Words = { [key: string]: string | Words | undefined }

/** Titles of pages and of commands stand in the tabs and in the palette of every page, so they come with the frame. */
function titles(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const path of globSync('modules/*/ui/{console,portal}.tsx', { cwd: join(import.meta.dirname, '..') }))
    for (const [, module = '', key = ''] of readFileSync(join(import.meta.dirname, '..', path), 'utf8').matchAll(
      /title: '(\w+):([\w.]+)'/g,
    ))
      found.set(module, [...(found.get(module) ?? []), key])
  return found
}

function put(into: Words, from: Words, [key = '', ...rest]: string[]): void {
  const value = from[key]
  if (value === undefined) return
  if (rest.length === 0 || typeof value === 'string') into[key] = value
  else put((into[key] ??= {}) as Words, value, rest)
}

/** Lets `words.json?home` be those few keys of a module's words, so that the first route carries no more. */
export const homeWords: Plugin = {
  name: 'home-words',
  load(id) {
    if (!id.endsWith(`.json${QUERY}`)) return null
    const path = id.slice(0, -QUERY.length)
    const words = JSON.parse(readFileSync(path, 'utf8')) as Words
    const module = path.split('/').at(-3) ?? ''
    const some: Words = {}
    for (const key of [...KEYS, ...(titles().get(module) ?? [])]) put(some, words, key.split('.'))
    return { code: `export default ${JSON.stringify(some)}`, moduleType: 'js' }
  },
}
