import type { Plugin } from 'vite'

type Imports = ReadonlyMap<string, readonly string[]>

/** Files that import one another in a circle, or null. */
export function circleIn(imports: Imports): string[] | null {
  const done = new Set<string>()
  const walk = (file: string, way: readonly string[]): string[] | null => {
    const start = way.indexOf(file)
    if (start >= 0) return way.slice(start)
    if (done.has(file)) return null
    for (const next of imports.get(file) ?? []) {
      const found = walk(next, [...way, file])
      if (found) return found
    }
    done.add(file)
    return null
  }
  for (const file of imports.keys()) {
    const found = walk(file, [])
    if (found) return found
  }
  return null
}

/** Refuses a build whose files wait for one another: which of them runs first is chance, and a page that comes too early shows nothing but an error. */
export const noCircles: Plugin = {
  name: 'no-circles',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one.imports] as const] : []))
    const circle = circleIn(new Map(chunks))
    if (circle)
      this.error(`These files import one another: ${circle.join(', ')}. Lower entriesAwareMergeThreshold in web/vite.config.ts.`)
  },
}
