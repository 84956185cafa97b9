import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { bearer, magicLink, twoFactor } from 'better-auth/plugins'
import type { Pool } from 'pg'
import { uuidv7 } from '../../kernel/ids.ts'
import { ASK } from './asked-mails.ts'
import { ADDRESS, type AuthOptions } from './auth.ts'
import { enterAddress } from './enter-by-link.ts'

const DAY = 86_400

const ownOrigin = (request?: Request): string[] => {
  const host = request?.headers.get('host')
  return host ? [`http://${host}`, `https://${host}`] : []
}

const askOf = (request?: Request) => request?.headers.get(ASK) ?? null

/** The sign-in library with its settings; nobody signs up by themselves. */
export function openLibrary({ public_url, secret, log, mail }: AuthOptions, pool: Pool) {
  const site = new URL(public_url)
  // A passkey belongs to a name, never to a number: on one's own machine that is localhost.
  const rp_id = /^[\d.]+$|^\[/.test(site.hostname) ? 'localhost' : site.hostname
  const named = Object.assign(new URL(public_url), { hostname: rp_id }).origin
  return betterAuth({
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
      // Who forgot the password has mistyped it first; the new one is good at once.
      onPasswordReset: async ({ user }) => {
        await pool.query('delete from sign_in_failures where email = $1', [user.email])
      },
      sendResetPassword: async ({ user, url: link }, request) =>
        mail('reset_password', { email: user.email, url: link }, askOf(request)),
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
        sendMagicLink: async ({ email, url: link, token }, context) =>
          mail('magic_link', { email, url: enterAddress(public_url, link, token) }, askOf(context?.request)),
      }),
      twoFactor({ issuer: 'Rialto' }),
      passkey({ rpID: rp_id, rpName: 'Rialto', origin: [named] }),
    ],
  })
}
