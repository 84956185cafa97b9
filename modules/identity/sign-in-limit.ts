import type pg from 'pg'
import { Refusal } from '../../kernel/errors.ts'

interface Who {
  email: string
  address: string
}

const TRIES = 5
const MINUTES = 15

/** Refuses a sign-in after five failures in fifteen minutes of one account from one address; others are untouched. */
export async function refuseTooManyFailures(pool: pg.Pool, { email, address }: Who): Promise<void> {
  const { rows } = await pool.query<{ failures: number; wait: number }>(
    `select count(*)::int as failures, coalesce(ceil(extract(epoch from min(at) + interval '${MINUTES} minutes' - now())), 0)::int as wait
     from sign_in_failures where email = $1 and address = $2 and at > now() - interval '${MINUTES} minutes'`,
    [email, address],
  )
  const { failures, wait } = rows[0] ?? { failures: 0, wait: 0 }
  if (failures >= TRIES)
    throw new Refusal('limit', `Too many tries: wait ${Math.ceil(wait / 60)} minutes, or sign in another way`, {
      retry_after: wait,
    })
}

export async function failedSignIn(pool: pg.Pool, { email, address }: Who): Promise<void> {
  await pool.query(`delete from sign_in_failures where at < now() - interval '1 day'`)
  await pool.query('insert into sign_in_failures (email, address, at) values ($1, $2, now())', [email, address])
}

export async function forgetFailures(pool: pg.Pool, { email, address }: Who): Promise<void> {
  await pool.query('delete from sign_in_failures where email = $1 and address = $2', [email, address])
}
