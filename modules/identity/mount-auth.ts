import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../kernel/errors.ts'
import { sendProblem } from '../../kernel/http.ts'
import { answerAsk, asksMail } from './ask-mail.ts'
import { ADDRESS, type OpenAuth } from './auth.ts'
import { AUTH_PATHS } from './auth-paths.ts'
import { GONE, LINK, refusedLink, toLinkRequest } from './enter-by-link.ts'
import { countTry, forgetFailures } from './sign-in-limit.ts'

function toRequest(request: FastifyRequest, public_url: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && name !== 'content-length') headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  headers.set(ADDRESS, request.ip)
  // A program sends neither cookie nor origin; the library's guard is against a browser's cookies, which another site could use.
  if (!request.headers.cookie && !request.headers.origin) {
    for (const name of ['sec-fetch-mode', 'sec-fetch-site', 'sec-fetch-dest']) headers.delete(name)
    headers.set('origin', new URL(public_url).origin)
  }
  const bodiless = request.method === 'GET' || request.body === undefined || request.body === null
  if (request.routeOptions.url === LINK) return toLinkRequest(request, public_url, headers)
  return new Request(new URL(request.url, public_url), {
    method: request.method,
    headers,
    ...(bodiless ? {} : { body: JSON.stringify(request.body) }),
  })
}

/** The library's refusal as a problem document; its own `code` and `message` stay. */
function asProblem(status: number, text: string): string {
  let told: Record<string, unknown> = {}
  try {
    told = JSON.parse(text) as Record<string, unknown>
  } catch {
    // An empty or plain body: the status says it all.
  }
  const detail = typeof told.message === 'string' ? told.message : 'This cannot be done'
  return JSON.stringify({ type: 'urn:rialto:sign-in', title: 'Signing in was refused', status, detail, ...told })
}

async function pass(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  reply.code(response.status)
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  reply.header('cache-control', 'no-store')
  const text = await response.text()
  if (response.status < 400) return reply.send(text)
  return reply.type('application/problem+json').send(asProblem(response.status, text))
}

const emailOf = (body: unknown): string | null => {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : null
  return typeof email === 'string' ? email.trim().toLowerCase().slice(0, 254) : null
}

/** Puts the open paths of the sign-in library under /api/auth, with failed sign-ins limited by account and address; what they write ends what is remembered of callers. */
export function mountAuth(
  app: FastifyInstance,
  auth: OpenAuth,
  { public_url, forget }: { public_url: string; forget: () => void },
): void {
  const { library, pool } = auth
  for (const [method, path] of AUTH_PATHS) {
    // A mail to anybody who types an address: each asking counts, not only failures.
    const [signsIn, asks] = [path === '/sign-in/email', asksMail(path)]
    app.route({
      method,
      url: `/api/auth${path}`,
      bodyLimit: 65_536,
      config: { rateLimit: { max: 240, timeWindow: 60_000 } },
      handler: async (request, reply) => {
        const email = signsIn || asks ? emailOf(request.body) : null
        const who = email === null ? null : { email: asks ? `mail ${email}` : email, address: request.ip }
        const takeBack = who ? await countTry(pool, who) : null
        if (asks) return answerAsk({ path, request, reply, auth, public_url })
        const response = await (await library()).handler(toRequest(request, public_url))
        if (method !== 'GET') forget()
        if (who && signsIn && response.status === 200) await forgetFailures(pool, who)
        // What was no try of a password, as a request that is not right, is none that failed.
        else if (takeBack && signsIn && response.status !== 401) await takeBack()
        if (refusedLink(request, response)) return sendProblem(reply, GONE)
        if (response.status < 500) return pass(response, reply)
        return sendProblem(reply, new Refusal('unavailable', 'Signing in does not work just now; try again in a moment'))
      },
    })
  }
}
