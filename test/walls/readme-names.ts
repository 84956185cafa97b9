import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isTestFile, type Source } from './source.ts'

const FILE = /^[\w./-]+\.(?:tsx?|mjs)$/
const NAME = /^[a-z]+[A-Z]\w+/

/** Files and functions that a README names in backticks and that are not there (any more). */
export function readmeNames(root: string, sources: readonly Source[]): string[] {
  const paths = sources.map((source) => source.path)
  const own = sources.filter((source) => !isTestFile(source.path))
  const words = new Set(own.flatMap((source) => source.code.match(/\w+/g) ?? []))
  const isThere = (token: string): boolean => {
    if (FILE.test(token)) return paths.some((path) => path === token || path.endsWith(`/${token}`) || basename(path) === token)
    const name = NAME.exec(token)?.[0]
    return name === undefined || words.has(name)
  }
  return globSync('{modules,algorithms}/*/README.md', { cwd: root }).flatMap((readme) => {
    const text = readFileSync(join(root, readme), 'utf8').replace(/```[\s\S]*?```/g, '')
    const tokens = [...text.matchAll(/`([^`\n]+)`/g)].map(([, token = '']) => token)
    return [...new Set(tokens.filter((token) => !isThere(token)))].map((token) => `${readme}: there is no '${token}'`)
  })
}
