import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

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
