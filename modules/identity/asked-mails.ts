import type { Pool } from 'pg'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Log } from '../../kernel/log.ts'
import type { SignInMail } from './auth.ts'

/** The header in which what was asked for tells its id to the sign-in library, so that the mail can be taken with it. */
export const ASK = 'x-rialto-ask'

// Younger ones are under way where they were asked for.
const GRACE = '10 seconds'
// Whoever waited so long has asked again.
const KEPT = '1 hour'

interface Ask {
  path: string
  host: string
  body: Readonly<Record<string, string | undefined>>
}

interface Options {
  pool: Pool
  public_url: string
  log: Log
  handle: (request: Request) => Promise<Response>
  mail: SignInMail
}

/** Mails that were asked for, kept in the database from before the answer until they are stored as mails, or nobody has the address. */
export function keepAskedMails({ pool, public_url, log, handle, mail }: Options) {
  const failed = new Map<string, unknown>()

  const keep = async ({ path, host, body }: Ask): Promise<string> => {
    const id = uuidv7()
    await pool.query('insert into asked_mails (id, path, host, body) values ($1, $2, $3, $4)', [
      id,
      path,
      host,
      JSON.stringify(body),
    ])
    return id
  }

  const send = async (id: string): Promise<void> => {
    const { rows } = await pool.query<Ask>('select path, host, body from asked_mails where id = $1', [id])
    const [ask] = rows
    if (!ask) return
    const { origin } = new URL(public_url)
    const headers = { 'content-type': 'application/json', host: ask.host, origin, [ASK]: id }
    const url = new URL(`/api/auth${ask.path}`, public_url)
    const { status } = await handle(new Request(url, { method: 'POST', headers, body: JSON.stringify(ask.body) }))
    // The library keeps some errors of the mail to itself.
    const error = failed.get(id) ?? (status >= 500 ? new Error(`The sign-in library failed with ${status}`) : undefined)
    failed.delete(id)
    if (error) throw error
    await pool.query('delete from asked_mails where id = $1', [id])
    if (status >= 400) throw new Error(`The sign-in library refused with ${status}`)
  }

  /** Sends what others left, as a process that died between answer and mail. */
  const resume = async (): Promise<void> => {
    await pool.query(`delete from asked_mails where asked_at < now() - interval '${KEPT}'`)
    const { rows } = await pool.query<{ id: string }>(
      `select id from asked_mails where asked_at < now() - interval '${GRACE}' order by asked_at limit 100`,
    )
    for (const { id } of rows)
      await send(id).catch((error: unknown) => log.error('A mail that was asked for is not sent yet', { error }))
  }

  return {
    keep,
    send,
    resume,
    mail: async (kind, to, ask) => {
      try {
        await mail(kind, to, ask)
      } catch (error) {
        if (ask) failed.set(ask, error)
        throw error
      }
    },
  } satisfies Record<string, unknown> & { mail: SignInMail }
}
