import { Pool } from 'pg'
import type { Log } from '../../kernel/log.ts'
import { makeLater } from './ask-mail.ts'

export type SignInMail = (kind: 'magic_link' | 'reset_password', to: { email: string; url: string }) => Promise<void>

export interface AuthOptions {
  url: string
  public_url: string
  secret: string
  log: Log
  mail: SignInMail
}

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
  const open = async () => (await import('./auth-library.ts')).openLibrary(options, pool)
  let opened: ReturnType<typeof open> | undefined
  const { later, rest } = makeLater(options.log)
  return {
    later,
    rest,
    library: () => (opened ??= open()),
    pool,
    secure: new URL(options.public_url).protocol === 'https:',
    close: async () => {
      await rest()
      await pool.end()
    },
  }
}

export type OpenAuth = ReturnType<typeof openAuth>
