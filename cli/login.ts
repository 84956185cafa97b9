import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { password, text } from '@clack/prompts'
import type { Command } from 'commander'

const FILE = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'rialto', 'login.json')

interface Kept {
  url: string
  token: string
  ecosystem?: string
}

export interface Login {
  url: string
  headers: Record<string, string>
}

/** Where a path lies at an address that a person gave. */
export function placeOf(path: string, url: string): URL {
  const place = URL.parse(path, url)
  if (place && /^https?:$/.test(place.protocol)) return place
  throw new Error(`'${url}' is no address: give one as http://127.0.0.1:3000, with --url at \`rialto login\` or with RIALTO_URL`)
}

/** The JSON of an answer; a program that is not Rialto answers something else. */
export async function jsonOf(answer: Response, url: string): Promise<unknown> {
  const text = await answer.text()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch (error) {
    const remedy = 'name the address of Rialto with --url at `rialto login`, or with RIALTO_URL'
    throw new Error(`What answers at ${url} is not Rialto (${answer.status}): ${remedy}`, { cause: error })
  }
}

function readKept(): Kept {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as Kept
  } catch (error) {
    throw new Error(`${FILE} is damaged: run \`rialto login\` again`, { cause: error })
  }
}

/** Where to call and as whom: RIALTO_URL with RIALTO_KEY (an API key), or what `rialto login` kept. */
export function readLogin(): Login {
  const { RIALTO_URL, RIALTO_KEY, RIALTO_ECOSYSTEM } = process.env
  if (RIALTO_KEY)
    return {
      url: RIALTO_URL ?? 'http://127.0.0.1:3000',
      headers: { 'x-api-key': RIALTO_KEY, ...(RIALTO_ECOSYSTEM ? { 'x-ecosystem': RIALTO_ECOSYSTEM } : {}) },
    }
  if (!existsSync(FILE)) throw new Error('You are not signed in: run `rialto login`, or set RIALTO_URL and RIALTO_KEY')
  const kept = readKept()
  const ecosystem = RIALTO_ECOSYSTEM ?? kept.ecosystem
  return {
    url: RIALTO_URL ?? kept.url,
    headers: { authorization: `Bearer ${kept.token}`, ...(ecosystem ? { 'x-ecosystem': ecosystem } : {}) },
  }
}

interface Signed {
  token?: string
  message?: string
  detail?: string
  twoFactorRedirect?: boolean
}

interface LoginOptions {
  url: string
  email?: string
  password?: string
  ecosystem?: string
}

/** The first line of what is piped in, so that no password stands in the list of processes. */
async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line
  return ''
}

async function secretOf({ password: given }: LoginOptions): Promise<string> {
  if (given) return given
  return process.stdin.isTTY ? String(await password({ message: 'Password' })) : firstLine()
}

function whyRefused(status: number, body: Signed): string {
  if (body.twoFactorRedirect)
    return 'This login asks for a second factor: make an API key in the browser (People and access, API keys) and set RIALTO_URL and RIALTO_KEY'
  return `Sign-in was refused: ${body.detail ?? body.message ?? status}`
}

async function logIn(options: LoginOptions): Promise<void> {
  if (!options.email && !process.stdin.isTTY) throw new Error('Name the login with --email')
  const email = options.email ?? String(await text({ message: 'E-mail' }))
  const secret = await secretOf(options)
  const answer = await fetch(placeOf('/api/auth/sign-in/email', options.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: secret }),
  }).catch((error: Error) => {
    throw new Error(`Nothing answers at ${options.url}: start Rialto there, or name its address with --url`, { cause: error })
  })
  const body = ((await jsonOf(answer, options.url)) ?? {}) as Signed
  if (!body.token) throw new Error(whyRefused(answer.status, body))
  mkdirSync(dirname(FILE), { recursive: true, mode: 0o700 })
  const kept: Kept = { url: options.url, token: body.token, ...(options.ecosystem ? { ecosystem: options.ecosystem } : {}) }
  writeFileSync(FILE, JSON.stringify(kept), { mode: 0o600 })
  chmodSync(FILE, 0o600)
  console.log(`Signed in at ${options.url} as ${email}`)
}

export function addLogin(program: Command): void {
  program
    .command('login')
    .description('Sign in at a running Rialto; the token is kept in a file that only you can read')
    .option('--url <url>', 'its address', process.env.RIALTO_URL ?? 'http://127.0.0.1:3000')
    .option('--email <email>')
    .option('--password <password>', 'better left out: you are asked')
    .option('--ecosystem <slug>', 'which of yours')
    .action(logIn)
}
