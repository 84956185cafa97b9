import { Pool } from 'pg'
import type { Log } from '../../kernel/log.ts'
import { makeLater } from './ask-mail.ts'
import { keepAskedMails } from './asked-mails.ts'

/** Stores a mail of signing in; `ask` is what it was asked for by, and is taken with it. */
export type SignInMail = (
  kind: 'magic_link' | 'reset_password',
  to: { email: string; url: string },
  ask: string | null,
) => Promise<void>

export interface AuthOptions {
  url: string
  public_url: string
  secret: string
  log: Log
  mail: SignInMail
}

const FIRST_LOOK_MILLIS = 1000
const LOOK_MILLIS = 60_000

/** The header in which the door tells the sign-in library who calls; what a client sends in it is dropped. */
export const ADDRESS = 'x-rialto-address'

/** The sign-in library on its own pool, role and schema. It is read when somebody signs in first: knowing a session takes none of it. */
export function openAuth(options: AuthOptions) {
  const pool = new Pool({
    connectionString: options.url,
    max: 4,
    options: '-c search_path=auth -c timezone=UTC',
    idleTimeoutMillis: 30_000,
  })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const { later, rest } = makeLater(options.log)
  const handle = async (request: Request) => (await library()).handler(request)
  const asked = keepAskedMails({ ...options, pool, handle })
  const open = async () => (await import('./auth-library.ts')).openLibrary({ ...options, mail: asked.mail }, pool)
  let opened: ReturnType<typeof open> | undefined
  const library = () => (opened ??= open())
  const look = () => later(asked.resume)
  const looks = [setTimeout(look, FIRST_LOOK_MILLIS).unref(), setInterval(look, LOOK_MILLIS).unref()]
  return {
    later,
    rest,
    library,
    asked,
    pool,
    secure: new URL(options.public_url).protocol === 'https:',
    close: async () => {
      for (const one of looks) clearTimeout(one)
      await rest()
      await pool.end()
    },
  }
}

export type OpenAuth = ReturnType<typeof openAuth>
