import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'

const MAJOR = '18'

export interface Saved {
  port: number
  password: string
  owner_password: string
}

const secret = () => randomBytes(24).toString('base64url')

/** What is known of the database in `data`; a new one gets new passwords. */
export function readSaved(folder: string, data: string): Saved {
  const file = join(folder, 'postgres.json')
  const refuse = (what: string) =>
    new Error(
      `${file} ${what}: it holds the passwords of the database in ${data}. Put it back from a backup of the folder, or move the folder away to begin anew. Nothing was changed.`,
    )
  if (!existsSync(file)) {
    if (existsSync(data)) throw refuse('is missing')
    return { port: 0, password: secret(), owner_password: secret() }
  }
  let saved: Partial<Saved> | null
  try {
    saved = JSON.parse(readFileSync(file, 'utf8')) as Partial<Saved> | null
  } catch {
    throw refuse('is damaged')
  }
  const { port, password, owner_password } = saved ?? {}
  if (!password || !owner_password || typeof port !== 'number') throw refuse('is damaged (port, password or owner_password)')
  return { port, password, owner_password }
}

/** Written whole or not at all: a start that is killed here must not take the passwords with it. */
export function save(folder: string, saved: Saved): void {
  const file = join(folder, 'postgres.json')
  writeFileSync(`${file}.new`, JSON.stringify(saved), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

/** Refuses what our server could not, or must not, run on. */
export function refuseForeignData(data: string): void {
  const file = join(data, 'PG_VERSION')
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim() : null
  if (version === MAJOR) return
  throw new Error(
    version === null
      ? `${data} is not a PostgreSQL data folder (PG_VERSION is missing). Restore it from a backup, or move it away to begin anew. Nothing was changed.`
      : `${data} was made by PostgreSQL ${version}, and this Rialto brings PostgreSQL ${MAJOR}. Start the Rialto that made it and dump the database (pg_dump), or bring the folder over with pg_upgrade. Nothing was changed.`,
  )
}

function isNameless(): boolean {
  try {
    return userInfo().username === ''
  } catch {
    return true
  }
}

/** A number other than root's that the machine has a name for, by its list of users; PostgreSQL does not run without one. */
export function namedUser(passwd: string): number {
  const known = passwd.split('\n').map((line) => Number(line.split(':')[2] || 0))
  return [1000, 65_534].find((id) => known.includes(id)) ?? known.find((id) => id > 0) ?? 65_534
}

/**
 * What stands before a program of PostgreSQL, which refuses to run as root, and as a number that has no name, as in a container: a user
 * namespace gives it another one there, without touching the machine's users.
 */
export function otherUser(): string[] {
  if (process.platform !== 'linux' || (process.getuid?.() !== 0 && !isNameless())) return []
  const id = namedUser(existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '')
  return ['unshare', '--user', `--map-user=${id}`, `--map-group=${id}`, '--']
}
