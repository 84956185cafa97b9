import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../kernel/errors.ts'
import { sendProblem } from '../../kernel/http.ts'
import { ADDRESS, type OpenAuth } from './auth.ts'
import { failedSignIn, forgetFailures, refuseTooManyFailures } from './sign-in-limit.ts'

const SIGN_IN = '/api/auth/sign-in/email'
// A mail to anybody who types an address: each asking counts.
const ASKS_MAIL = new Set(['/api/auth/sign-in/magic-link', '/api/auth/request-password-reset'])

function toRequest(request: FastifyRequest, public_url: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && name !== 'content-length') headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  headers.set(ADDRESS, request.ip)
  const bodiless = request.method === 'GET' || request.body === undefined || request.body === null
  return new Request(new URL(request.url, public_url), {
    method: request.method,
    headers,
    ...(bodiless ? {} : { body: JSON.stringify(request.body) }),
  })
}

async function pass(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  reply.code(response.status)
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  reply.header('cache-control', 'no-store')
  return reply.send(await response.text())
}

const emailOf = (body: unknown): string | null => {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : null
  return typeof email === 'string' ? email.trim().toLowerCase().slice(0, 254) : null
}

/** Puts the sign-in library under /api/auth, with failed sign-ins limited by account and address. */
export function mountAuth(app: FastifyInstance, { auth, pool }: OpenAuth, public_url: string): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    bodyLimit: 65_536,
    handler: async (request, reply) => {
      const path = request.url.split('?')[0] ?? ''
      const asks = ASKS_MAIL.has(path)
      const email = path === SIGN_IN || asks ? emailOf(request.body) : null
      const who = email === null ? null : { email: asks ? `mail ${email}` : email, address: request.ip }
      if (who) await refuseTooManyFailures(pool, who)
      if (who && asks) await failedSignIn(pool, who)
      const response = await auth.handler(toRequest(request, public_url))
      if (who && !asks && response.status === 401) await failedSignIn(pool, who)
      if (who && !asks && response.status === 200) await forgetFailures(pool, who)
      if (response.status >= 500)
        return sendProblem(reply, new Refusal('unavailable', 'Signing in does not work just now; try again in a moment'))
      return pass(response, reply)
    },
  })
}
