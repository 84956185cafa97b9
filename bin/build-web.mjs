// Builds the web app into dist/web when its sources changed since the last build. Plain JavaScript that parses on Node 20.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { builtOnce, filesIn } from './built.mjs'
import { root } from './prepare.mjs'

/** What the browser's bundle can be made of: the frame, the pages, contracts, rules, and the pure kernel files. */
function sources() {
  const modules = filesIn(join(root, 'modules')).filter((path) =>
    /[\\/]ui[\\/]|(contract|rules|shapes|routes\.gen)\.ts$/.test(path),
  )
  const kernel = readdirSync(join(root, 'kernel'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, 'kernel', name))
  const frame = filesIn(join(root, 'web'))
  return [...frame, ...modules, ...kernel, join(root, 'package-lock.json')].filter((path) => !path.endsWith('.test.ts')).sort()
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

/** Runs a build of the bundler in a process of its own, whose memory ends with it. */
export function bundle(config, env, what) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const done = spawnSync(process.execPath, [vite, 'build', '--config', join(root, config), '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  if (done.status === 0) return
  const said = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ?? ''}`.trim()
  throw new Error(`${what} could not be built:\n${said}`)
}

/** Builds dist/web unless it is already made from these very sources. Returns whether it had to build. */
export function buildWeb() {
  return builtOnce('web', {
    sources: sources(),
    title: 'Building the web app (its sources changed)',
    make: (next) => {
      bundle('web/vite.config.ts', { RIALTO_WEB_OUT: next }, 'The web app')
      compress(next)
    },
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const from = Date.now()
  const built = buildWeb()
  console.log(built ? `Built dist/web in ${((Date.now() - from) / 1000).toFixed(1)} s` : 'dist/web is up to date')
}
