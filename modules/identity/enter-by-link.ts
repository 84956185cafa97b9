import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { Refusal } from '../../kernel/errors.ts'
import { sendProblem } from '../../kernel/http.ts'
import { refuseForeign } from '../../kernel/request.ts'

// Programs that look at mails for harm open every link in them. A link is therefore only a page that asks;
// what signs in is the button on it.

export const LINK = '/api/auth/magic-link/verify'
export const GONE = new Refusal('not_found', 'This link no longer works: it was used, or its time ran out')

/** Where the link of a mail leads: a page of ours, with the token and the page that was wanted. */
export function enterAddress(public_url: string, link: string, token: string): string {
  const wanted = new URL(link).searchParams.get('callbackURL') ?? '/'
  const page = new URL('/enter', public_url)
  page.searchParams.set('token', token)
  if (/^\/(?!\/)/.test(wanted) && wanted !== '/') page.searchParams.set('to', wanted)
  return page.href
}

const tokenIn = (body: unknown): string => {
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : null
  if (typeof token !== 'string' || !/^[A-Za-z]{16,64}$/.test(token))
    throw new Refusal('invalid', 'token: send the one of the link')
  return token
}

/** The library signs in by a bare GET; ours is a write, of our own pages only. */
export function toLinkRequest(request: FastifyRequest, public_url: string, headers: Headers): Request {
  refuseForeign(request.headers)
  const address = new URL(LINK, public_url)
  address.searchParams.set('token', tokenIn(request.body))
  headers.delete('content-type')
  return new Request(address, { method: 'GET', headers })
}

/** The library leads to a page where a link is good no more; a program is told so. */
export const refusedLink = (request: FastifyRequest, response: Response): boolean =>
  request.routeOptions.url === LINK && response.status >= 300 && response.status < 400

/** An address as its owner knows it again and nobody else reads it. */
export const masked = (email: string): string => email.replace(/^(.).*@/, '$1…@')

/** Whom a link signs in, without using it up. */
export function mountOpenLink(app: FastifyInstance, pool: Pool): void {
  app.post(
    '/api/auth/magic-link/open',
    { bodyLimit: 4096, config: { rateLimit: { max: 60, timeWindow: 60_000 } } },
    async (request, reply) => {
      const { rows } = await pool.query<{ value: string }>(
        'select value from verification where identifier = $1 and "expiresAt" > now()',
        [tokenIn(request.body)],
      )
      const [found] = rows
      reply.header('cache-control', 'no-store')
      if (!found) return sendProblem(reply, GONE)
      const { email } = JSON.parse(found.value) as { email: string }
      return reply.send({ email: masked(email) })
    },
  )
}
