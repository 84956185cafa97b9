#!/usr/bin/env node
// npm start: makes ready what is missing, builds the web app when its sources changed, and runs the product.
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildWeb } from './build-web.mjs'
import { prepare, root } from './prepare.mjs'

await prepare()
// Compiled code is kept between starts, so that the second one is quicker.
nodeModule.enableCompileCache?.(join(root, '.cache', 'compile'))
if (process.env.RIALTO_ROLE !== 'worker') await buildWeb()
await import(pathToFileURL(join(root, 'modules', 'start.ts')).href)
