import { dirname, relative, resolve } from 'node:path'
import type { Source } from './source.ts'

const DECLARED =
  /^export\s+(?:default\s+)?(?:async\s+)?(?:function\*?|const|let|class|interface|type|enum)\s+([A-Za-z_$][\w$]*)/gm
const NAMED = /^(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/gm
const WHOLE =
  /(?:^(?:import|export)\s+(?:type\s+)?(?:\*(?:\s+as\s+[\w$]+)?|[\w$]+)\s+from\s*|\bimport\(\s*|\bnew URL\(\s*)['"]([^'"]+)['"]/gm
// `const { a, b } = await import('…')` names what it takes.
const TAKEN = /\{([^{}]*)\}\s*=\s*(?:\([^)]*\)\s*)?await\s+import\(\s*['"]([^'"]+)['"]/g

// Found by their place, not by an import; and what users of the algorithms and the client take.
const ENTRIES =
  /\/ui\/(console|portal)\.tsx$|^modules\/[^/]+\.gen\.ts$|^algorithms\/[^/]+\/(index|pool-\w+)\.ts$|^client\/index\.ts$|^web\/kit\/|\.d\.mts$/

const first = (name: string): string =>
  name
    .trim()
    .replace(/^type\s+/, '')
    .split(/\s+as\s+|\s*:\s*/)[0] ?? ''

/** What a file takes from others: names by the file's path; `*` for all of it. */
function taken(root: string, source: Source): [path: string, name: string][] {
  const at = (from: string) =>
    from.startsWith('.') ? relative(root, resolve(root, dirname(source.path), from)).replaceAll('\\', '/') : null
  const found: [string, string][] = []
  const lazily = new Set<string>()
  for (const [all, names = '', from = ''] of [...source.code.matchAll(NAMED), ...source.code.matchAll(TAKEN)]) {
    const path = at(from)
    if (path) for (const name of names.split(',').map(first)) if (name) found.push([path, name])
    if (path && all.includes('await')) lazily.add(path)
  }
  for (const [all, from = ''] of source.code.matchAll(WHOLE)) {
    const path = at(from)
    if (path && !(all.startsWith('import(') && lazily.has(path))) found.push([path, '*'])
  }
  return found
}

/** Exports that nobody uses: no other file takes them, and their own does not name them again. */
export function deadExports(root: string, sources: readonly Source[]): string[] {
  const used = new Map<string, Set<string>>()
  for (const source of sources)
    for (const [path, name] of taken(root, source)) used.set(path, (used.get(path) ?? new Set()).add(name))
  return sources.flatMap((source) => {
    const names = used.get(source.path) ?? new Set()
    if (ENTRIES.test(source.path) || names.has('*')) return []
    const declared = [...source.code.matchAll(DECLARED)].map(([, name = '']) => name)
    const again = (name: string) =>
      (source.code.match(new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g')) ?? []).length > 1
    const dead = declared.filter((name) => !names.has(name) && !again(name))
    return dead.map((name) => `${source.path}: nobody uses the export ${name}: remove it`)
  })
}
