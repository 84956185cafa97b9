import { resolve } from 'node:path'

// Without packages: a wrong value is told before they are fetched.
/** What a variable takes, where the text is not that. */
type Check = (text: string) => string | null

const any: Check = () => null
const oneOf =
  (values: readonly string[]): Check =>
  (text) =>
    values.includes(text) ? null : `one of ${values.join(', ')}`
const port: Check = (text) =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535 ? null : 'a port number from 1 to 65535'
const url =
  (...schemes: string[]): Check =>
  (text) =>
    schemes.includes(URL.parse(text)?.protocol.slice(0, -1) ?? '')
      ? null
      : `an address starting with ${schemes.map((s) => `${s}://`).join(' or ')}`
// Pages, mails and the sign-in are told one origin; below a path none of them would be found.
const origin: Check = (text) => {
  const { pathname, search, hash, username } = URL.parse(text) ?? {}
  const isBare = pathname === '/' && !search && !hash && !username
  return url('http', 'https')(text) ?? (isBare ? null : 'an address without a path, as https://rialto.example.com')
}

const ROLES = ['all', 'web', 'worker'] as const
const CHECKS: Readonly<Record<string, Check>> = {
  PORT: port,
  HOST: any,
  DATA_DIR: any,
  DATABASE_URL: url('postgres', 'postgresql'),
  DATABASE_APP_URL: url('postgres', 'postgresql'),
  RIALTO_DEMO: oneOf(['on', 'off']),
  RIALTO_ROLE: oneOf(ROLES),
  SMTP_URL: url('smtp', 'smtps'),
  S3_URL: url('http', 'https', 's3'),
  PUBLIC_URL: origin,
}
/** What the command line, the builds and the tests read. */
const BESIDE = /^RIALTO_(URL|KEY|ECOSYSTEM|API|WEB_OUT|SERVER_OUT|TEST_\w+|DEPTH|SEED|TABLES)$/
/** What Kubernetes gives where a service is named so. */
const OF_SERVICES = /_SERVICE_(HOST|PORT)|_PORT_\d+_(TCP|UDP)/

/** How many letters lie between two words. */
function lettersBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j += 1)
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === b[j] ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}

/** Variables that look like ours and are none: they would be of no effect, and nobody would know. */
function misspelt(environment: Record<string, string | undefined>): string[] {
  const strange = Object.entries(environment).filter(
    ([name, value]) =>
      value &&
      /^RIALTO_/i.test(name) &&
      !(Object.hasOwn(CHECKS, name) || BESIDE.test(name) || OF_SERVICES.test(name) || /^(tcp|udp):\/\//.test(value)),
  )
  return strange.map(([name]) => {
    const far = (known: string) =>
      Math.min(...[name, name.slice('RIALTO_'.length)].map((one) => lettersBetween(one.toUpperCase(), known)))
    const [nearest] = Object.keys(CHECKS).sort((a, b) => far(a) - far(b))
    return `  ${name} is no variable of Rialto: the nearest is ${nearest}`
  })
}

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
  const known = Object.entries(environment).filter(([name, value]) => Object.hasOwn(CHECKS, name) && value)
  const given = Object.fromEntries(known)
  const wrong = Object.entries(given).flatMap(([name, text = '']) => {
    const takes = CHECKS[name]?.(text)
    // An address may hold a password, so it is not repeated.
    return takes ? [`  ${name.endsWith('_URL') ? name : `${name}=${text}`}: ${takes}`] : []
  })
  wrong.push(...misspelt(environment))
  if (wrong.length > 0)
    throw new Error(`The environment is not right:\n${wrong.join('\n')}\nThe README lists every variable and its values.`)
  const embedded = given.DATABASE_URL === undefined
  if (embedded && given.DATABASE_APP_URL) throw new Error('DATABASE_APP_URL needs DATABASE_URL, the same database as its owner.')
  const [host, number] = [given.HOST ?? '127.0.0.1', Number(given.PORT ?? 3000)]
  return {
    port: number,
    host,
    data_dir: resolve(base, given.DATA_DIR ?? './data'),
    database_url: given.DATABASE_URL ?? null,
    database_app_url: given.DATABASE_APP_URL ?? null,
    demo: given.RIALTO_DEMO ? given.RIALTO_DEMO === 'on' : embedded,
    role: ROLES.find((role) => role === given.RIALTO_ROLE) ?? 'all',
    smtp_url: given.SMTP_URL ?? null,
    s3_url: given.S3_URL ?? null,
    public_url: given.PUBLIC_URL ? new URL(given.PUBLIC_URL).origin : localAddress(host, number),
  }
}
