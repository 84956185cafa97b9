// Puts the server's sources and their packages into the few files of dist/server, which load in a third of the time and memory.
// Only `npm start` runs those; tests, checks and `npm run dev` run the sources. Plain JavaScript that parses on Node 20.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './build-web.mjs'
import { builtOnce, filesIn } from './built.mjs'
import { root } from './prepare.mjs'

function sources() {
  const code = ['kernel', 'modules', 'algorithms', 'client', 'cli'].flatMap((folder) => filesIn(join(root, folder)))
  const own = code.filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !/[\\/]ui[\\/]/.test(path))
  return [...own, join(root, 'bin', 'server.vite.mjs'), join(root, 'package-lock.json')].sort()
}

/** Builds dist/server unless it is already made from these very sources. Returns whether it had to build. */
export function buildServer() {
  return builtOnce('server', {
    sources: sources(),
    title: 'Building the server (its sources changed)',
    make: (next) => {
      bundle('bin/server.vite.mjs', { RIALTO_SERVER_OUT: next }, 'The server')
      // What was compiled from the files before is of no more use.
      rmSync(join(root, '.cache', 'compile'), { recursive: true, force: true })
    },
  })
}
