import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { build } from 'vite'

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }

const source = mkdtempSync(join(tmpdir(), 'overlap-web-'))
const built = join(source, 'dist')
after(() => rmSync(source, { recursive: true }))

const PAGE = `
import { channelPair } from '${import.meta.dirname}/memory-channel.ts'
import { browserPool } from '${import.meta.dirname}/pool-browser.ts'
import { joinOverlap, serveOverlap } from '${import.meta.dirname}/protocol.ts'
globalThis.overlap = async (mine, theirs) => {
  const pool = browserPool(2)
  const [left, right] = channelPair()
  const party = { kind: 'domain', pool }
  const [joiner] = await Promise.all([joinOverlap(left, { ...party, keys: mine }, 'both'), serveOverlap(right, { ...party, keys: theirs })])
  pool.close()
  return joiner.rows
}`

test('Vite bundles the browser side without Node modules, with the WASM only in the worker', async () => {
  writeFileSync(
    join(source, 'index.html'),
    '<!doctype html><title>overlap</title><script type="module" src="./page.js"></script>',
  )
  writeFileSync(join(source, 'page.js'), PAGE)
  await build({ root: source, logLevel: 'silent', build: { outDir: built } })
  const files = readdirSync(join(built, 'assets')).map((name) => ({
    name,
    code: readFileSync(join(built, 'assets', name), 'utf8'),
  }))
  for (const { name, code } of files) assert.ok(!/["']node:|__vite-browser-external/.test(code), `${name} needs a Node module`)
  const page = files.find(({ name }) => name.startsWith('index'))
  assert.ok(page && files.some(({ name }) => name.startsWith('worker-browser')))
  const size = gzipSync(page.code).length
  assert.ok(size < 10_000, `the page itself loads ${size} bytes`)
})

test('Web Workers in Chromium find the plain intersection', {
  skip: !existsSync(CHROMIUM) && `no Chromium at ${CHROMIUM}`,
}, async () => {
  const server = createServer((request, response) => {
    const path = join(built, request.url === '/' ? 'index.html' : (request.url ?? ''))
    if (!existsSync(path)) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(readFileSync(path))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-sync',
  ]
  const browser = await chromium.launch({ executablePath: CHROMIUM, args })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const mine = Array.from({ length: 2500 }, (_, i) => `c${i}.example`)
    const theirs = Array.from({ length: 1500 }, (_, i) => `c${i * 3}.example`)
    const found = await page.evaluate(
      ([a, b]) =>
        (globalThis as unknown as { overlap: (a: string[], b: string[]) => Promise<number[]> }).overlap(a ?? [], b ?? []),
      [mine, theirs],
    )
    assert.deepEqual(
      found,
      mine.flatMap((key, i) => (theirs.includes(key) ? [i] : [])),
    )
  } finally {
    await browser.close()
    server.close()
  }
})
