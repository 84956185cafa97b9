import { sql } from 'kysely'
import { type MailFields, type MailTemplate, sendMail } from '../../kernel/mail.ts'
import type { Ctx, HeardEvent } from '../../kernel/module.ts'
import { changesOfRoles, rolesOf } from '../access/roles.ts'
import { decisionsOf } from '../decisions/queries.ts'
import { getEcosystem } from '../ecosystems/queries.ts'
import { permissionsOf } from '../roles.ts'
import { askedMail, decidedMail, handedMail, missedMail, reviewMail } from './mails/deal-mails.ts'

interface Told {
  number: number
  customer: string
  product: string
  partner: string
  asked: string | null
  review: string
  /** What the last decision saw. */
  is_outside: boolean | null
  protected_until: string | null
  hold_until: string | null
  review_until: string | null
  submitter_id: string | null
  manager_id: string | null
}

/** What mails say of a deal, as far as the reader of the context sees it. */
export async function toldOf(ctx: Ctx, deal_id: string): Promise<Told | undefined> {
  const { rows } =
    await sql<Told>`select d.number, d.account_name as customer, (select string_agg(coalesce(f.name, x.code), ' + ' order by x.place) from unnest(array[d.product] || d.more_products) with ordinality as x (code, place)
        left join products f on f.tenant_id = d.tenant_id and f.code = x.code) as product, p.name as partner, d.asked, d.review, d.protected_until,
      (select min(c.due_at) from clocks c where c.tenant_id = d.tenant_id and c.subject_id = d.id and c.name = 'deals.hold' and c.fired_at is null and c.ended_at is null) as hold_until,
      (select min(c.due_at) from clocks c where c.tenant_id = d.tenant_id and c.subject_id = d.id and c.name = 'deals.review' and c.fired_at is null and c.ended_at is null) as review_until,
      (select (x.facts ->> 'out_of_territory')::boolean from decisions x where x.tenant_id = d.tenant_id and x.subject_type = 'deals'
        and x.subject_id = d.id order by x.id desc limit 1) as is_outside,
      d.partner_member_id as submitter_id, p.manager_id
    from deals d join partners p on p.tenant_id = d.tenant_id and p.id = d.partner_id
    where d.tenant_id = ${ctx.tenant_id} and d.id = ${deal_id}`.execute(ctx.db)
  return rows[0]
}

export interface Reader {
  member_id: string
  party_id: string | null
  email: string
  locale: string
}

/** The active people among these members, each with their own language. */
async function readersOf(ctx: Ctx, member_ids: readonly (string | null)[]): Promise<Reader[]> {
  const { rows } = await sql<Reader>`select m.id as member_id, m.party_id, m.email,
      coalesce(app.person(m.person_id) ->> 'locale', 'en') as locale from members m
    where m.tenant_id = ${ctx.tenant_id} and m.state = 'active' and m.id = any(${member_ids.filter(Boolean)}::uuid[])`.execute(
    ctx.db,
  )
  return rows
}

/** The active people of a partner who may register for it, by whatever role. */
async function sellersOf(ctx: Ctx, partner_id: string): Promise<string[]> {
  const outer = (await rolesOf(ctx)).flatMap(({ code, side }) => (side === 'outer' ? [code] : []))
  const changes = await changesOfRoles(ctx, outer)
  const selling = outer.filter((code) => permissionsOf([code], changes).has('deals.register'))
  const { rows } = await sql<{
    member_id: string
  }>`select distinct r.member_id from member_roles r join members m on m.tenant_id = r.tenant_id
    and m.id = r.member_id where r.tenant_id = ${ctx.tenant_id} and m.party_id = ${partner_id} and m.state = 'active'
    and r.role = any(${selling}::text[]) order by 1`.execute(ctx.db)
  return rows.map((row) => row.member_id)
}

interface News {
  template: MailTemplate
  /** Members who hear of it; the submitter when none is named. */
  to?: readonly (string | null)[]
  /** Where nobody submitted it or is there any more, as after a handing over, those who may register hear of it. */
  is_for_the_firm?: boolean
  /** `until` is told as a day, `below` is a page of the ecosystem other than the deal's. */
  fields: (told: Told, reader: Reader) => Fields | Promise<Fields>
}
type Fields = MailFields & { until?: string | null; below?: string }

/** A moment as the day that it is in a zone, in words. */
export const dayIn = (timeZone: string, locale: string, at: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(new Date(at))

/** Mails what is new of a deal, to each reader in their language. */
export async function tell(
  ctx: Ctx,
  event: HeardEvent<About>,
  { template, to = [], is_for_the_firm = to.length === 0, fields }: News,
): Promise<void> {
  const told = await toldOf(ctx, event.data.deal_id)
  if (!told) return
  const ecosystem = await getEcosystem(ctx)
  const named = await readersOf(ctx, to.length > 0 ? to : [told.submitter_id])
  const readers =
    named.length === 0 && is_for_the_firm ? await readersOf(ctx, await sellersOf(ctx, event.data.partner_id)) : named
  for (const reader of readers) {
    const { email, locale } = reader
    const { until, below, ...own } = await fields(told, reader)
    const due = until ? dayIn('UTC', locale, until) : null
    const { number, customer, product, partner } = told
    await sendMail(ctx, template, {
      to: email,
      locale,
      fields: {
        number,
        customer,
        product,
        partner,
        due,
        sender: ecosystem.name,
        colour: ecosystem.branding?.primary ?? null,
        path: `/e/${ecosystem.slug}${below ?? `/deals/${event.data.deal_id}`}`,
        ...own,
      },
    })
  }
}

interface About {
  deal_id: string
  partner_id: string
}

/** The partner hears each outcome; the manager what waits for a decision. */
export async function mailDecision(
  ctx: Ctx,
  event: HeardEvent<About & { outcome: string; by: string; clause: number | null }>,
): Promise<void> {
  const { outcome, by, clause } = event.data
  const until = (told: Told) => (outcome === 'approve' ? told.protected_until : outcome === 'hold' ? told.hold_until : null)
  await tell(ctx, event, {
    template: decidedMail,
    // What the host registers or imports for a firm is judged at once, a file of it by the thousand: that is told by the host.
    is_for_the_firm: by !== 'rule',
    fields: (told) => ({ outcome, by, clause, outside: told.is_outside && outcome !== 'reject' ? 1 : null, until: until(told) }),
  })
  if (outcome !== 'review') return
  const told = await toldOf(ctx, event.data.deal_id)
  if (told?.manager_id) {
    await tell(ctx, event, {
      template: reviewMail,
      to: [told.manager_id],
      fields: (one) => ({ outside: one.is_outside ? 1 : null, until: one.review_until }),
    })
  }
}

export const mailQuestion = (ctx: Ctx, event: HeardEvent<About>): Promise<void> =>
  tell(ctx, event, { template: askedMail, fields: (told) => ({ asked: told.asked }) })

/** Those who register for the partner hear that a deal was handed to it, with the host's words. */
export async function mailHandOver(ctx: Ctx, event: HeardEvent<About>): Promise<void> {
  const to = await sellersOf(ctx, event.data.partner_id)
  const [decision] = await decisionsOf(ctx, { subject_type: 'deals', subject_id: event.data.deal_id }, 1)
  if (to.length === 0) return
  await tell(ctx, event, {
    template: handedMail,
    to,
    fields: (told) => ({ note: decision?.note ?? '', until: told.protected_until }),
  })
}

/** A missed clock is reported to the channel chief. */
export async function mailMiss(ctx: Ctx, event: HeardEvent<About>): Promise<void> {
  const chiefs = await ctx.db
    .selectFrom('member_roles')
    .select('member_id')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('role', '=', 'admin')
    .execute()
  if (chiefs.length === 0) return
  await tell(ctx, event, { template: missedMail, to: chiefs.map((chief) => chief.member_id), fields: () => ({}) })
}
