#!/usr/bin/env node
// npm start: makes ready what is missing, builds what its sources changed, and runs the product.
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prepare, root } from './prepare.mjs'

await prepare(async () => (await import('../modules/look-ahead.ts')).lookAhead())
// Compiled code is kept between starts, so that the second one is quicker.
nodeModule.enableCompileCache?.(join(root, '.cache', 'compile'))
const { buildServer } = await import('./build-server.mjs')
const { buildWeb } = await import('./build-web.mjs')
if (process.env.RIALTO_ROLE !== 'worker') buildWeb()
buildServer()
await import(pathToFileURL(join(root, 'dist', 'server', 'start.js')).href)
