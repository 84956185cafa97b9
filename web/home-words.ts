import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** What Home writes of another module: the rows of its inbox, and how a deal stands. */
const KEYS = ['inbox', 'inbox_do', 'register', 'stage', 'review', 'protection']
const QUERY = '?home'

/** Lets `words.json?home` be those few keys of a module's words, so that the first route carries no more. */
export const homeWords: Plugin = {
  name: 'home-words',
  load(id) {
    if (!id.endsWith(`.json${QUERY}`)) return null
    const words = JSON.parse(readFileSync(id.slice(0, -QUERY.length), 'utf8')) as Record<string, unknown>
    const some = Object.fromEntries(KEYS.flatMap((key) => (key in words ? [[key, words[key]]] : [])))
    return { code: `export default ${JSON.stringify(some)}`, moduleType: 'js' }
  },
}
