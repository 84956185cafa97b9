import * as z from 'zod'
import type { Issue } from '../../kernel/errors.ts'
import type { Importable, ImportOutcome, SavedRow, UndoneRow } from '../../kernel/importing.ts'
import type { Ctx } from '../../kernel/module.ts'
import { addMember } from '../access/add-member.ts'
import { invited } from '../access/contract.ts'
import { getMember } from '../access/queries.ts'
import { closeMember, updateMember } from '../access/update-member.ts'
import { partnersNamed } from './partners-named.ts'

const ROLES = ['partner_admin', 'partner_seller', 'partner_marketer', 'partner_technical', 'partner_finance'] as const

const Person = z.object({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(120),
  partner: z.string().trim().min(1).max(200),
  roles: z.array(z.enum(ROLES)).min(1).default(['partner_seller']),
})
type Person = z.output<typeof Person>

interface Known {
  partnerOf: (text: string) => string | undefined
  members: Map<string, { id: string; party_id: string | null }[]>
}

const folded = (text: string) => text.trim().toLowerCase()

async function knownFor(ctx: Ctx, rows: readonly Person[]): Promise<Known> {
  const members = await ctx.db
    .selectFrom('members')
    .select(['id', 'email', 'party_id'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('state', '<>', 'ended')
    .where(
      'email',
      'in',
      rows.map(({ email }) => folded(email)),
    )
    .execute()
  return {
    partnerOf: await partnersNamed(
      ctx,
      rows.map(({ partner }) => partner),
    ),
    members: Map.groupBy(members, ({ email }) => email),
  }
}

const refused = (ctx: Ctx, issue: Issue): ImportOutcome => ({
  outcome: 'refused',
  id: ctx.id(),
  version: 0,
  changes: {},
  issues: [issue],
})

const otherFirm = (email: string): Issue => ({
  path: 'partner',
  message: `${email} is a person of another firm; a person's access ends there first`,
  code: 'other_firm',
  values: { text: email },
})

async function change(ctx: Ctx, id: string, { name }: Person): Promise<ImportOutcome> {
  const member = await getMember(ctx, { id })
  if (member.name === name) return { outcome: 'unchanged', id, version: member.version, changes: {}, issues: [] }
  const { version } = await updateMember(ctx, { id, name })
  return { outcome: 'updated', id, version, changes: { name: [member.name, name] }, issues: [] }
}

/** Adds people of partners as invited, without a mail: the invitation is sent from their page, or to many at once, when all is ready. */
async function savePeople(ctx: Ctx, rows: Person[]): Promise<ImportOutcome[]> {
  const known = await knownFor(ctx, rows)
  const outcomes: ImportOutcome[] = []
  for (const row of rows) {
    const email = folded(row.email)
    const partner_id = known.partnerOf(row.partner)
    const there = known.members.get(email) ?? []
    const own = there.find(({ party_id }) => party_id === partner_id)
    if (!partner_id)
      outcomes.push(
        refused(ctx, {
          path: 'partner',
          message: `'${row.partner}' is no partner of yours, or more than one; give the name, site or number of one`,
          code: 'no_partner',
          values: { text: row.partner },
        }),
      )
    else if (own) outcomes.push(await change(ctx, own.id, row))
    else if (there.length > 0) outcomes.push(refused(ctx, otherFirm(email)))
    else {
      const id = await addMember(
        ctx,
        { name: row.name, email, party_id: partner_id, roles: row.roles.map((role) => ({ role, scope: {} })) },
        null,
      )
      known.members.set(email, [{ id, party_id: partner_id }])
      ctx.emit(invited, { member_id: id, partner_id })
      outcomes.push({ outcome: 'created', id, version: (await getMember(ctx, { id })).version, changes: {}, issues: [] })
    }
  }
  return outcomes
}

/** Takes people back: who was added and has not joined yet is ended, a changed name goes back. */
async function undoPeople(ctx: Ctx, rows: SavedRow[]): Promise<UndoneRow[]> {
  const undone: UndoneRow[] = []
  for (const row of rows) {
    const member = await getMember(ctx, { id: row.id })
    if (member.version !== row.version) undone.push({ id: row.id, outcome: 'touched' })
    else if (row.outcome === 'created' && member.state === 'active') undone.push({ id: row.id, outcome: 'in_use' })
    else {
      if (row.outcome === 'created') await closeMember(ctx, member, null)
      else await updateMember(ctx, { id: row.id, name: String(row.changes.name?.[0]) })
      undone.push({ id: row.id, outcome: 'undone' })
    }
  }
  return undone
}

/** People of partners from a file. */
export const peopleImport: Importable = {
  label: { en: 'People of partners', de: 'Personen bei Partnern' },
  permission: 'access.invite',
  schema: Person,
  keys: ['email'],
  title: ({ name, email }) => String(name ?? email ?? ''),
  save: savePeople,
  undo: undoPeople,
  columns: [
    {
      field: 'name',
      kind: 'text',
      required: true,
      label: { en: 'Name', de: 'Name' },
      aliases: ['full name', 'contact', 'contact name', 'person', 'ansprechpartner'],
    },
    {
      field: 'email',
      kind: 'mail',
      required: true,
      label: { en: 'E-mail', de: 'E-Mail' },
      aliases: ['mail', 'e-mail address', 'email address', 'e-mail-adresse'],
    },
    {
      field: 'partner',
      kind: 'text',
      required: true,
      label: { en: 'Partner', de: 'Partner' },
      aliases: ['company', 'firm', 'partner name', 'firma', 'account'],
    },
    {
      field: 'roles',
      kind: 'list',
      label: { en: 'Roles', de: 'Rollen' },
      aliases: ['role', 'rolle', 'function', 'funktion'],
      choices: {
        partner_admin: ['admin', 'administrator'],
        partner_seller: ['seller', 'sales', 'vertrieb'],
        partner_marketer: ['marketer', 'marketing'],
        partner_technical: ['technical', 'technik', 'engineer'],
        partner_finance: ['finance', 'finanzen'],
      },
    },
  ],
}
