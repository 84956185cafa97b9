import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Log } from '../../kernel/log.ts'
import { refuseForeign } from '../../kernel/request.ts'
import { parseInput } from '../../kernel/run.ts'
import type { OpenAuth } from './auth.ts'
import { Email } from './contract.ts'

/** The paths that send a mail to whoever has the address, with what they answer everybody, login or not. */
const ANSWERS: Readonly<Record<string, object>> = {
  '/sign-in/magic-link': { status: true },
  '/request-password-reset': {
    status: true,
    message: 'If this email exists in our system, check your email for the reset link',
  },
}

export const asksMail = (path: string): boolean => path in ANSWERS

/** What is asked for; what does not hang on whether there is such a login is refused at once: no address, or a link to somebody else's page. */
function readAsk({ headers, body }: FastifyRequest, public_url: string) {
  refuseForeign(headers)
  const own = new Set([new URL(public_url).host, headers.host])
  const page = z
    .string()
    .max(2000)
    .refine((address) => own.has(URL.parse(address, public_url)?.host), 'is no page of this site')
    .optional()
  return parseInput(z.object({ email: Email, callbackURL: page, errorCallbackURL: page, redirectTo: page }), body ?? {})
}

interface Asking {
  path: string
  request: FastifyRequest
  reply: FastifyReply
  auth: Pick<OpenAuth, 'later' | 'asked'>
  public_url: string
}

/** Keeps what is asked for, answers, and looks for the login after that, so that neither the answer nor its time tells whether there is one. */
export async function answerAsk({ path, request, reply, auth, public_url }: Asking): Promise<FastifyReply> {
  const body = readAsk(request, public_url)
  const id = await auth.asked.keep({ path, host: request.headers.host ?? '', body })
  const answered = new Promise<void>((resolve) => {
    reply.raw.once('finish', resolve)
    reply.raw.once('close', resolve)
  })
  auth.later(async () => {
    await answered
    await auth.asked.send(id)
  })
  return reply.header('cache-control', 'no-store').send(ANSWERS[path])
}

/** Work that nobody waits for but a stop. */
export function makeLater(log: Log): { later: (work: () => Promise<void>) => void; rest: () => Promise<void> } {
  const underway = new Set<Promise<void>>()
  return {
    later: (work) => {
      const done: Promise<void> = work()
        .catch((error: unknown) => log.error('A mail that was asked for is not sent', { error }))
        .finally(() => underway.delete(done))
      underway.add(done)
    },
    rest: async () => {
      while (underway.size > 0) await Promise.all(underway)
    },
  }
}
