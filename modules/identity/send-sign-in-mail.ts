import { sql } from 'kysely'
import { sendMail } from '../../kernel/mail.ts'
import { asSystem, type House } from '../../kernel/run.ts'
import type { SignInMail } from './auth.ts'
import { magicLinkMail, resetPasswordMail } from './mails/sign-in.ts'

interface Home {
  tenant_id: string
  ecosystem: string
  colour: string | null
  locale: string
  two_factor: boolean
}

/** Mails of signing in come from the person's own ecosystem; strangers get none, and the answer does not tell. */
export function makeSignInMail(house: House): SignInMail {
  return async (kind, { email, url }, ask) => {
    const home = await house.database.tx(
      { tenant_id: null, parties: [], actor_id: null },
      { read_only: true },
      async ({ db }) => {
        const { rows } = await sql<{ home: Home | null }>`select app.mail_home(${email}) as home`.execute(db)
        return rows[0]?.home
      },
    )
    // A link alone would go round the second factor of who has set one up.
    if (!home || (kind === 'magic_link' && home.two_factor)) return
    const template = kind === 'magic_link' ? magicLinkMail : resetPasswordMail
    const fields = { url, sender: home.ecosystem, colour: home.colour }
    await asSystem(house, home.tenant_id, async (ctx) => {
      // Of several who are at what one process left, one stores the mail.
      const { rows } = await sql<{ is_due: boolean }>`select app.take_asked_mail(${ask}::uuid) as is_due`.execute(ctx.db)
      if (ask === null || rows[0]?.is_due) await sendMail(ctx, template, { to: email, locale: home.locale, fields })
    })
  }
}
