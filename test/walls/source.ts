import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Import {
  from: string
  /** Erased before it runs: `import type`. */
  type_only: boolean
  /** Loaded when it is needed: `import('…')`. */
  lazy: boolean
}

export interface Source {
  path: string
  text: string
  /** The text without comments; strings stay, since SQL stands in them. */
  code: string
  imports: Import[]
}

export const isTestFile = (path: string): boolean => /\.test\.tsx?$/.test(path) || /^(test|bench)\//.test(path)

const PIECE =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|\/(?![*/\s])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*(?=[\s.,;)\]])/g

const withoutComments = (text: string): string =>
  text.replace(PIECE, (piece) => (piece.startsWith('//') || piece.startsWith('/*') ? piece.replace(/[^\n]/g, '') : piece))

const STATIC = /^(?:import|export)\s+(type\s+)?(?:([^'"();]*?)\s*from\s*)?['"]([^'"]+)['"]/gm
const LAZY = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every specifier says `type`, as in `import { type A, type B }`. */
const onlyTypes = (names: string | undefined): boolean => {
  const inside = /^\{([\s\S]*)\}$/.exec(names?.trim() ?? '')?.[1]
  return inside !== undefined && inside.split(',').every((name) => name.trim() === '' || /^type\s/.test(name.trim()))
}

function importsOf(code: string): Import[] {
  const found = [...code.matchAll(STATIC)].map(([, type, names, from = '']) => ({
    from,
    type_only: type !== undefined || onlyTypes(names),
    lazy: false,
  }))
  // `import('…').Name` in a type is erased as well, but `lazy` covers what a page may do with either.
  const lazy = [...code.matchAll(LAZY)].map(([, from = '']) => ({ from, type_only: false, lazy: true }))
  return [...found, ...lazy]
}

export function sourceOf(root: string, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const code = withoutComments(text)
  return { path, text, code, imports: importsOf(code) }
}
