import type pg from 'pg'
import { Refusal } from '../../kernel/errors.ts'

interface Who {
  email: string
  address: string
}

const TRIES = 5
const MINUTES = 15

/**
 * Counts a try of one account from one address as a failure before it is made, so that tries made at once are counted as well, and refuses
 * the sixth in fifteen minutes. Others are untouched. Returns how to take the count back.
 */
export async function countTry(pool: pg.Pool, { email, address }: Who): Promise<() => Promise<void>> {
  await pool.query(`delete from sign_in_failures where at < now() - interval '1 day'`)
  const { rows: made } = await pool.query<{ at: string }>(
    'insert into sign_in_failures (email, address, at) values ($1, $2, clock_timestamp()) returning at::text',
    [email, address],
  )
  const takeBack = async () => {
    await pool.query('delete from sign_in_failures where email = $1 and address = $2 and at = $3', [email, address, made[0]?.at])
  }
  const { rows } = await pool.query<{ tries: number; wait: number }>(
    `select count(*)::int as tries, coalesce(ceil(extract(epoch from min(at) + interval '${MINUTES} minutes' - now())), 0)::int as wait
     from sign_in_failures where email = $1 and address = $2 and at > now() - interval '${MINUTES} minutes'`,
    [email, address],
  )
  const { tries, wait } = rows[0] ?? { tries: 0, wait: 0 }
  if (tries <= TRIES) return takeBack
  await takeBack()
  throw new Refusal('limit', `Too many tries: wait ${Math.ceil(wait / 60)} minutes, or sign in another way`, {
    retry_after: wait,
  })
}

export async function forgetFailures(pool: pg.Pool, { email, address }: Who): Promise<void> {
  await pool.query('delete from sign_in_failures where email = $1 and address = $2', [email, address])
}
