// Folders of dist that are made from sources, each made again only when those changed. Plain JavaScript that parses on Node 20.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { locked, root } from './prepare.mjs'

export const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))

const hashOf = (paths, told) => {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(relative(root, path)).update('\0').update(told(path)).update('\0')
  return hash.digest('hex')
}

const timesOf = (paths) =>
  hashOf(paths, (path) => {
    const { size, mtimeMs } = statSync(path)
    return `${size} ${mtimeMs}`
  })

/** Makes dist/NAME with `make(folder)` unless it is made from these very sources. Returns whether it had to. */
export function builtOnce(name, { sources, title, make }) {
  const out = join(root, 'dist', name)
  const [stamp, seen] = [join(out, '.stamp'), join(out, '.seen')]
  const holds = (file, text) => existsSync(file) && readFileSync(file, 'utf8') === text
  const times = timesOf(sources)
  // Sizes and times tell in a few milliseconds that nothing changed; only when they differ is every file read.
  if (holds(seen, times)) return false
  const want = hashOf(sources, (path) => readFileSync(path))
  return locked(name, () => {
    const fresh = holds(stamp, want)
    if (!fresh) {
      console.error(title)
      const next = `${out}.next`
      rmSync(next, { recursive: true, force: true })
      make(next)
      writeFileSync(join(next, '.stamp'), want)
      rmSync(out, { recursive: true, force: true })
      renameSync(next, out)
    }
    writeFileSync(seen, times)
    return !fresh
  })
}
