import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const SESSION = /(?:^|;\s*)(?:__Secure-)?rialto\.session_token=/

interface Encoded {
  br: Buffer
  gzip: Buffer
  plain: Buffer
}

const encoded = (html: string): Encoded => ({
  br: brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: gzipSync(html, { level: 9 }),
  plain: Buffer.from(html),
})

/** The one page of the app, and the hashes of the scripts written into it, which its policy lets run. */
function readPage(folder: string) {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, code = '']) => code)
  const hashes = scripts.map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`)
  // It says whether anybody was signed in when it was asked for: without one it need not ask, and draws the door at once.
  // And it says where no demo world is, so that nobody asks for one in vain.
  const kept = new Map<string, Encoded>()
  const bodies = (signed: boolean, isDemo: boolean): Encoded => {
    const said = `${signed ? '' : 'data-session="none" '}${isDemo ? '' : 'data-world="own" '}`
    const here = kept.get(said) ?? encoded(html.replace('<html ', `<html ${said}`))
    kept.set(said, here)
    return here
  }
  return { bodies, policy: hashes.join(' ') }
}

function servePage(folder: string): (request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  const { bodies, policy } = readPage(folder)
  return (request, reply) => {
    // The demo's controls are mounted after this, if at all.
    const isDemo = request.server.hasRoute({ method: 'GET', url: '/api/demo' })
    const body = bodies(SESSION.test(request.headers.cookie ?? ''), isDemo)
    const takes = request.headers['accept-encoding'] ?? ''
    const encoding = /\bbr\b/.test(takes) ? 'br' : /\bgzip\b/.test(takes) ? 'gzip' : null
    if (encoding) reply.header('content-encoding', encoding)
    const stated = String(reply.getHeader('content-security-policy') ?? '')
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', stated.replace("script-src 'self'", `script-src 'self' ${policy}`))
      .header('cache-control', 'no-cache, private')
      .header('vary', 'accept-encoding, cookie')
      .send(body[encoding ?? 'plain'])
  }
}

/** The built web app: its files, and its one page at every other address. */
export async function serveWeb(server: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html')))
    throw new Error(`The web app is not built: ${folder} has no index.html. Run npm start, which builds it.`)
  // One route for all files: a route of its own for each of several hundred takes time and memory at every start.
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
  const files = new Set(names.filter((name) => /^[^.].*\.(?!html$)\w+$/.test(name)))
  await server.register(fastifyStatic, {
    root: folder,
    serve: false,
    index: false,
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
  })
  const page = servePage(folder)
  server.get('/', page)
  server.get('/*', async (request, reply) => {
    const name = (request.url.split('?')[0] ?? '').slice(1)
    if (files.has(name)) return reply.sendFile(name)
    // A script of an earlier build is gone; the page would be no answer to it.
    if (!request.url.startsWith('/api/') && !request.url.startsWith('/assets/')) return page(request, reply)
    reply.callNotFound()
    return reply
  })
}
