import { createHmac } from 'node:crypto'
import { Refusal } from '../../kernel/errors.ts'
import type { OpenAuth } from '../identity/auth.ts'
import { castList } from './cast-list.ts'

const WEEK = 7 * 86_400

export interface Visitor {
  email: string
  address: string
  agent: string
}

/** Signs somebody of the cast in without a password: the session's token, and the cookie that holds it. */
export async function beSomeone(
  { library, pool, secure }: OpenAuth,
  { email, address, agent }: Visitor,
): Promise<{ name: string; token: string; cookie: string }> {
  const who = castList().find((one) => one.email === email.toLowerCase())
  const { rows } = who
    ? await pool.query<{ id: string; name: string }>('select id, name from "user" where email = $1', [who.email])
    : { rows: [] }
  const [person] = rows
  if (!person) throw new Refusal('not_found', 'email: nobody of the cast has this address; GET /api/demo lists them')
  const context = await (await library()).$context
  const { token } = await context.internalAdapter.createSession(person.id, false, { ipAddress: address, userAgent: agent })
  const signature = createHmac('sha256', context.secret).update(token).digest('base64')
  const name = `${secure ? '__Secure-' : ''}rialto.session_token`
  const value = encodeURIComponent(`${token}.${signature}`)
  const cookie = `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${WEEK}${secure ? '; Secure' : ''}`
  return { name: person.name, token, cookie }
}
