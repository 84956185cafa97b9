#!/usr/bin/env node
// npm run dev: the pages at PORT, and the API through them from the port after it; the server restarts and the browser reloads when a file changes.
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

await prepare()
const port = Number(process.env.PORT || 3000)
if (!Number.isInteger(port) || port < 1 || port > 65534) {
  console.error(
    `PORT=${process.env.PORT}: a port number from 1 to 65534; the pages are there, and the server takes the next one.`,
  )
  process.exit(1)
}
const host = process.env.HOST || '127.0.0.1'
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
const page = ['--config', join(root, 'web', 'vite.config.ts'), '--host', host, '--port', String(port), '--strictPort']
const watch = ['kernel', 'modules', 'algorithms', 'migrations'].flatMap((folder) => ['--watch-path', join(root, folder)])
const behind = { PORT: String(port + 1), PUBLIC_URL: process.env.PUBLIC_URL || `http://localhost:${port}` }
const both = [
  run(process.execPath, ['--watch-preserve-output', ...watch, join(root, 'modules', 'start.ts'), '--without-pages'], {
    env: { ...process.env, ...behind },
  }),
  run(process.execPath, [vite, ...page], { env: { ...process.env, RIALTO_API: `http://127.0.0.1:${port + 1}` } }),
]
const code = await Promise.race(both)
// One without the other is of no use: run() passes the signal on.
process.emit('SIGTERM')
await Promise.all(both)
process.exit(code)
