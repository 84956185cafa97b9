import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'pg'

/** The secret that signs sessions: made once in the data folder, readable by its owner only. */
export function readSecret(data_dir: string): string {
  const file = join(data_dir, 'secret')
  if (!existsSync(file)) {
    mkdirSync(data_dir, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < 32)
    throw new Error(
      `The secret in ${file} is damaged. Restore it from a backup, or remove the file: everybody then signs in anew.`,
    )
  return secret
}

/** Refuses a node whose secret is another than that of the nodes before it on this database: neither would know who signed in at the other. */
export async function agreeOnSecret(pool: Pool, data_dir: string): Promise<void> {
  const fingerprint = createHash('sha256')
    .update(`rialto:signing-secret:${readSecret(data_dir)}`)
    .digest('base64url')
  await pool.query('insert into signing_secret (fingerprint) values ($1) on conflict (one) do nothing', [fingerprint])
  const { rows } = await pool.query<{ fingerprint: string }>('select fingerprint from signing_secret')
  if (rows[0]?.fingerprint === fingerprint) return
  throw new Error(
    `The secret in ${join(data_dir, 'secret')} is not the one that signs sessions on this database: whoever signs in at one node would be unknown at the other. ` +
      `Copy the file from the DATA_DIR of a node that runs. If it was changed on purpose, and on every node, forget the old one first: ` +
      `psql "$DATABASE_URL" -c 'delete from auth.signing_secret'. Everybody then signs in anew.`,
  )
}
