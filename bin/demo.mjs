#!/usr/bin/env node
// npm run demo [-- --reset]: tells the demo world into an empty database, or puts it back as it was.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

await prepare()
const reset = process.argv.includes('--reset')
const unknown = process.argv.slice(2).find((word) => word !== '--reset')
if (unknown) {
  console.error(`'${unknown}' is not known here; npm run demo -- --reset puts the demo world back.`)
  process.exit(1)
}

/** Rialto itself, where it runs on this data folder: it does the work then. */
function running() {
  const file = join(resolve(process.env.DATA_DIR || './data'), 'rialto.pid')
  if (!existsSync(file)) return false
  try {
    // The process, and when it began.
    process.kill(Number.parseInt(readFileSync(file, 'utf8'), 10), 0)
    return true
  } catch {
    return false
  }
}

if (!running()) process.exit(await run(process.execPath, [join(root, 'modules', 'demo', 'command.ts'), ...process.argv.slice(2)]))
const address =
  process.env.PUBLIC_URL ||
  `http://${process.env.HOST && process.env.HOST !== '0.0.0.0' ? process.env.HOST : '127.0.0.1'}:${process.env.PORT || 3000}`
if (reset) console.log(`Rialto runs at ${address}: it puts the demo world back (half a minute)`)
try {
  const answer = await fetch(`${address}/api/demo${reset ? '/reset' : ''}`, { method: reset ? 'POST' : 'GET' })
  if (!answer.ok) throw new Error((await answer.json()).detail)
  console.log(reset ? 'The demo world is as it was. Everybody is signed out.' : `The demo world is there: ${address}`)
} catch (error) {
  console.error(
    `Rialto runs on this data folder, but does not answer at ${address}: ${error.message}. Give PORT or PUBLIC_URL as it was started, or stop it first.`,
  )
  process.exitCode = 1
}
