#!/usr/bin/env node
// npm run dev: the server restarts and the browser reloads when a file changes.
import { join } from 'node:path'
import { prepare, root, run } from './prepare.mjs'

await prepare()
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
const watch = ['kernel', 'modules', 'algorithms', 'migrations'].flatMap((folder) => ['--watch-path', join(root, folder)])
const server = run(process.execPath, ['--watch-preserve-output', ...watch, join(root, 'modules', 'start.ts')])
const web = run(process.execPath, [vite, '--config', join(root, 'web', 'vite.config.ts')])
await Promise.race([server, web])
process.exit(0)
