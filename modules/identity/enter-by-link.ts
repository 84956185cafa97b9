import type { FastifyRequest } from 'fastify'
import { invalid, Refusal } from '../../kernel/errors.ts'
import { refuseForeign } from '../../kernel/request.ts'
import { LinkToken } from './contract.ts'

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
  const token = LinkToken.safeParse(typeof body === 'object' && body !== null && 'token' in body ? body.token : null)
  if (!token.success) throw invalid([{ path: 'token', message: 'send the one of the link' }])
  return token.data
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
