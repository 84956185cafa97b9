// Builds the web app into dist/web when its sources changed since the last build. Plain JavaScript that parses on Node 20.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { locked, root } from './prepare.mjs'

const out = join(root, 'dist', 'web')
const stamp = join(out, '.stamp')

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))

/** What the browser's bundle can be made of: the frame, the pages, contracts, rules, and the pure kernel files. */
function sources() {
  const modules = filesIn(join(root, 'modules')).filter((path) => /[\\/]ui[\\/]|(contract|rules|routes\.gen)\.ts$/.test(path))
  const kernel = readdirSync(join(root, 'kernel'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, 'kernel', name))
  const frame = filesIn(join(root, 'web'))
  return [...frame, ...modules, ...kernel, join(root, 'package-lock.json')].filter((path) => !path.endsWith('.test.ts')).sort()
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const path of sources()) hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

function compress(folder) {
  for (const path of filesIn(folder)) {
    if (!/\.(js|css|html|svg|json)$/.test(path)) continue
    const body = readFileSync(path)
    if (body.length < 1024) continue
    writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }))
    writeFileSync(`${path}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
  }
}

function build(want) {
  const next = join(root, 'dist', 'web.next')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  rmSync(next, { recursive: true, force: true })
  const done = spawnSync(
    process.execPath,
    [vite, 'build', '--config', join(root, 'web', 'vite.config.ts'), '--logLevel', 'warn'],
    {
      cwd: root,
      env: { ...process.env, RIALTO_WEB_OUT: next, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    },
  )
  if (done.status !== 0) {
    const said = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ?? ''}`.trim()
    throw new Error(`The web app could not be built:\n${said}`)
  }
  compress(next)
  writeFileSync(join(next, '.stamp'), want)
  rmSync(out, { recursive: true, force: true })
  renameSync(next, out)
}

const isFresh = (want) => existsSync(stamp) && readFileSync(stamp, 'utf8') === want

/** Builds dist/web unless it is already made from these very sources. Returns whether it had to build. */
export function buildWeb() {
  const want = fingerprint()
  if (isFresh(want)) return false
  return locked('web', () => {
    if (isFresh(want)) return false
    console.error('Building the web app (its sources changed)')
    build(want)
    return true
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const from = Date.now()
  const built = buildWeb()
  console.log(built ? `Built dist/web in ${((Date.now() - from) / 1000).toFixed(1)} s` : 'dist/web is up to date')
}
