import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { bearer, magicLink, twoFactor } from 'better-auth/plugins'
import { Pool } from 'pg'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Log } from '../../kernel/log.ts'

export type SignInMail = (kind: 'magic_link' | 'reset_password', to: { email: string; url: string }) => Promise<void>

export interface AuthOptions {
  url: string
  public_url: string
  secret: string
  log: Log
  mail: SignInMail
}

const DAY = 86_400

/** The header in which the door tells the sign-in library who calls; what a client sends in it is dropped. */
export const ADDRESS = 'x-rialto-address'

const ownOrigin = (request?: Request): string[] => {
  const host = request?.headers.get('host')
  return host ? [`http://${host}`, `https://${host}`] : []
}

/** The sign-in library on its own pool, role and schema; nobody signs up by themselves. */
export function openAuth({ url, public_url, secret, log, mail }: AuthOptions) {
  const pool = new Pool({
    connectionString: url,
    max: 4,
    options: '-c search_path=auth -c timezone=UTC',
    idleTimeoutMillis: 30_000,
  })
  pool.on('error', () => {})
  const site = new URL(public_url)
  // A passkey belongs to a name, never to a number: on one's own machine that is localhost.
  const rp_id = /^[\d.]+$|^\[/.test(site.hostname) ? 'localhost' : site.hostname
  const named = Object.assign(new URL(public_url), { hostname: rp_id }).origin
  const auth = betterAuth({
    appName: 'Rialto',
    baseURL: public_url,
    basePath: '/api/auth',
    secret,
    database: pool,
    telemetry: { enabled: false },
    logger: { log: (level, message) => (level === 'error' ? log.warn('Sign-in', { message }) : undefined) },
    rateLimit: { enabled: false },
    onAPIError: { errorURL: new URL('/sign-in', public_url).href },
    trustedOrigins: async (request) => ownOrigin(request),
    user: { additionalFields: { locale: { type: 'string', required: false, input: false } } },
    session: { expiresIn: 30 * DAY, updateAge: DAY },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, url: link }) => mail('reset_password', { email: user.email, url: link }),
    },
    advanced: {
      cookiePrefix: 'rialto',
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [ADDRESS] },
    },
    plugins: [
      bearer(),
      magicLink({
        disableSignUp: true,
        expiresIn: 900,
        sendMagicLink: async ({ email, url: link }) => mail('magic_link', { email, url: link }),
      }),
      twoFactor({ issuer: 'Rialto' }),
      passkey({ rpID: rp_id, rpName: 'Rialto', origin: [named] }),
    ],
  })
  return { auth, pool, secure: site.protocol === 'https:', close: () => pool.end() }
}

export type OpenAuth = ReturnType<typeof openAuth>
