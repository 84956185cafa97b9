import { resolve } from 'node:path'
import * as z from 'zod'

const PORT = 'a port number from 1 to 65535'
const port = z
  .string()
  .regex(/^\d{1,5}$/, PORT)
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65535, PORT)
const url = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (v) => URL.canParse(v) && schemes.includes(new URL(v).protocol.slice(0, -1)),
      `an address starting with ${schemes.map((s) => `${s}://`).join(' or ')}`,
    )
// Pages, mails and the sign-in are told one origin; below a path none of them would be found.
const origin = url('http', 'https').refine((v) => {
  if (!URL.canParse(v)) return true
  const { pathname, search, hash, username } = new URL(v)
  return pathname === '/' && search + hash + username === ''
}, 'an address without a path, as https://rialto.example.com')

const Environment = z.object({
  PORT: port.prefault('3000'),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  DATABASE_APP_URL: url('postgres', 'postgresql').optional(),
  RIALTO_DEMO: z.enum(['on', 'off']).optional(),
  RIALTO_ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  SMTP_URL: url('smtp', 'smtps').optional(),
  S3_URL: url('http', 'https', 's3').optional(),
  PUBLIC_URL: origin.transform((v) => new URL(v).origin).optional(),
})

export interface Config {
  port: number
  host: string
  data_dir: string
  database_url: string | null
  database_app_url: string | null
  demo: boolean
  role: 'all' | 'web' | 'worker'
  smtp_url: string | null
  s3_url: string | null
  public_url: string
}

/** Where a browser of this machine finds what listens there. */
function localAddress(host: string, port: number): string {
  const name = ['0.0.0.0', '127.0.0.1', '::', '::1'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/** Reads the environment; throws one message that names each wrong variable and what it takes. */
export function readConfig(environment: Record<string, string | undefined>, base: string): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([key, value]) => key in Environment.shape && value !== ''))
  const read = Environment.safeParse(given)
  if (!read.success) {
    // An address may hold a password, so it is not repeated.
    const shown = (name: string) => (name.endsWith('_URL') ? name : `${name}=${given[name] ?? ''}`)
    const lines = read.error.issues.map((i) => `  ${shown(String(i.path[0]))}: ${i.message}`)
    throw new Error(`The environment is not right:\n${lines.join('\n')}\nThe README lists every variable and its values.`)
  }
  const e = read.data
  const embedded = e.DATABASE_URL === undefined
  if (embedded && e.DATABASE_APP_URL) throw new Error('DATABASE_APP_URL needs DATABASE_URL, the same database as its owner.')
  return {
    port: e.PORT,
    host: e.HOST,
    data_dir: resolve(base, e.DATA_DIR),
    database_url: e.DATABASE_URL ?? null,
    database_app_url: e.DATABASE_APP_URL ?? null,
    demo: e.RIALTO_DEMO ? e.RIALTO_DEMO === 'on' : embedded,
    role: e.RIALTO_ROLE,
    smtp_url: e.SMTP_URL ?? null,
    s3_url: e.S3_URL ?? null,
    public_url: e.PUBLIC_URL ?? localAddress(e.HOST, e.PORT),
  }
}
