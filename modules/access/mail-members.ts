import { sql } from 'kysely'
import { type MailFields, type MailTemplate, sendMail } from '../../kernel/mail.ts'
import type { Ctx } from '../../kernel/module.ts'
import { getEcosystem } from '../ecosystems/queries.ts'

interface Recipient {
  name: string
  email: string
  locale: string
}

/** Active members as the receivers of mail, each with the language of the person. */
async function recipientsOf(ctx: Ctx, member_ids: readonly string[]): Promise<Recipient[]> {
  if (member_ids.length === 0) return []
  const { rows } =
    await sql<Recipient>`select m.name, m.email, coalesce(app.person(m.person_id) ->> 'locale', 'en') as locale from members m
    where m.tenant_id = ${ctx.tenant_id} and m.id = any(${[...member_ids]}::uuid[]) and m.state = 'active' order by m.id`.execute(
      ctx.db,
    )
  return rows
}

/**
 * Mails members in their language and their ecosystem's colour. `name`, `sender` and `colour` are filled in; give `path` for the button,
 * starting after `/e/<slug>`. For listeners, clocks and jobs, which see every member.
 */
export async function mailMembers(
  ctx: Ctx,
  member_ids: readonly string[],
  template: MailTemplate,
  fields: MailFields,
): Promise<void> {
  const recipients = await recipientsOf(ctx, member_ids)
  if (recipients.length === 0) return
  const { name: sender, slug, branding } = await getEcosystem(ctx)
  const path = typeof fields.path === 'string' ? `/e/${slug}${fields.path}` : null
  for (const { name, email, locale } of recipients)
    await sendMail(ctx, template, {
      to: email,
      locale,
      fields: { ...fields, path, name, sender, colour: branding?.primary ?? null },
    })
}
