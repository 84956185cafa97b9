import * as z from 'zod'
import { event, Id, Instant, listInput, pageOf, route, TimelineEntry, timelineInput } from '../../kernel/contract.ts'
import { Founding, Slug } from '../ecosystems/contract.ts'
import { Email, Locale, Password, PersonName } from '../identity/contract.ts'
import { ApiKey, HeldRole, HeldRoles, MailRow, Member, MemberState, RoleRow, Scope } from './shapes.ts'

export const list = route('GET', '/members', {
  summary: 'People with access: the host sees all, a firm its own',
  permission: 'access.read',
  list: true,
  input: listInput(
    {
      state: MemberState.optional(),
      side: z.enum(['inner', 'outer']).optional(),
      party_id: Id.optional(),
      role: z.string().max(60).optional(),
    },
    ['name', 'created_at'],
  ),
  output: pageOf(Member),
})

export const get = route('GET', '/members/:id', {
  summary: 'One person with access',
  permission: 'access.read',
  input: z.object({ id: Id }),
  output: Member,
})

export const invite = route('POST', '/members', {
  summary: 'Invite a person by mail, to the host or to a firm',
  permission: 'access.invite',
  status: 201,
  input: z.object({
    name: PersonName,
    email: Email,
    party_id: Id.nullable().optional().describe('The firm; a firm’s own admin leaves it out'),
    roles: HeldRoles,
    locale: Locale.optional().describe(
      'The language of the mail, by default the first one of the ecosystem; who has a login already is written to in their own',
    ),
  }),
  output: Member,
})

export const resend = route('POST', '/members/:id/resend', {
  summary: 'Send the invitation again; the earlier link ends',
  permission: 'access.invite',
  input: z.object({
    id: Id,
    locale: Locale.optional().describe(
      'The language of the mail; by default the one of the invitation before, else the first one of the ecosystem',
    ),
  }),
  output: Member,
})

export const update = route('PATCH', '/members/:id', {
  summary: 'Change the name or the roles of a person',
  permission: 'access.update',
  versioned: true,
  input: z.object({ id: Id, name: PersonName.optional(), roles: HeldRoles.optional() }),
  output: Member,
})

export const end = route('POST', '/members/:id/end', {
  summary: 'End a person’s access at once; their clocks may pass to another',
  permission: 'access.update',
  versioned: true,
  input: z.object({
    id: Id,
    pass_to: Id.nullable().default(null).describe('Who takes over running clocks: an active person of the same side and firm'),
  }),
  output: Member,
})

export const roles = route('GET', '/roles', {
  summary: 'Roles and what each may do here',
  permission: 'access.read',
  input: z.object({}),
  output: z.object({ items: z.array(RoleRow) }),
})

export const change_role = route('PUT', '/roles/:role', {
  summary: 'Give a role a permission or take it away; null goes back to the default',
  permission: 'access.change_roles',
  input: z.object({ role: z.string().max(60), permission: z.string().max(120), granted: z.boolean().nullable() }),
  output: RoleRow,
})

export const create_role = route('POST', '/roles', {
  summary: 'Make a role of your own; it may do what another role may, or nothing yet',
  permission: 'access.change_roles',
  status: 201,
  input: z.object({
    code: z
      .string()
      .regex(/^[a-z][a-z0-9_]{1,39}$/, 'must be small letters, digits and _, starting with a letter')
      .meta({ examples: ['deal_desk'] }),
    side: z.enum(['inner', 'outer']),
    name: z.string().trim().min(1).max(80),
    like: z.string().max(60).nullable().default(null).describe('A role of the same side whose permissions it begins with'),
  }),
  output: RoleRow,
})

export const rename_role = route('PATCH', '/roles/:role', {
  summary: 'Call a role of your own by another name',
  permission: 'access.change_roles',
  input: z.object({ role: z.string().max(60), name: z.string().trim().min(1).max(80) }),
  output: RoleRow,
})

export const retire_role = route('POST', '/roles/:role/retire', {
  summary: 'Retire a role of your own that nobody holds; its code is not used again',
  permission: 'access.change_roles',
  input: z.object({ role: z.string().max(60) }),
  output: z.object({ code: z.string() }),
})

const Giving = HeldRole.extend({ scope: Scope, changed: z.boolean().describe('By a change of this host') })

export const explain = route('GET', '/access/explain', {
  summary: 'Why can I do or see this?',
  permission: 'access.read',
  input: z.object({
    permission: z.string().max(120).optional(),
    subject_type: z.string().max(60).optional().describe('As `deals`'),
    subject_id: Id.optional(),
  }),
  output: z.object({
    member_id: Id.nullable(),
    side: z.enum(['inner', 'outer']),
    party: z.object({ id: Id, name: z.string() }).nullable(),
    scope: Scope,
    permission: z.object({ name: z.string(), held: z.boolean(), through: z.array(Giving) }).nullable(),
    subject: z
      .object({
        visible: z.boolean(),
        because: z.enum(['host', 'own_firm', 'chain', 'public', 'out_of_scope', 'nothing', 'no_role']),
        permission: z.string().nullable().describe('What reading such a record needs; null where no one record is read'),
        through: z.array(Giving).describe('The roles that hold it'),
        let_in_by: Scope.nullable().describe(
          'The part of the scope in which the record lies, {} where nothing limits it; null where it is not seen',
        ),
      })
      .nullable(),
  }),
})

export const timeline = route('GET', '/members/:id/timeline', {
  summary: 'What happened to a person’s access, the newest first',
  permission: 'access.read',
  list: true,
  input: timelineInput,
  output: pageOf(TimelineEntry),
})

const Token = z.string().min(20).max(200)

export const open_invitation = route('POST', '/invitations/open', {
  summary: 'What an invitation is for, by its token; name the ecosystem in x-ecosystem',
  permission: 'public',
  per_minute: 20,
  input: z.object({ token: Token }),
  output: z.object({ name: z.string(), email: z.string(), ecosystem: z.string(), has_login: z.boolean() }),
})

export const accept_invitation = route('POST', '/invitations/accept', {
  summary: 'Accept an invitation with a new password, for somebody without a login',
  permission: 'public',
  per_minute: 20,
  input: z.object({ token: Token, name: PersonName.optional(), password: Password, locale: Locale.default('en') }),
  output: z.object({ member_id: Id, email: z.string() }),
})

export const join = route('POST', '/invitations/join', {
  summary: 'Accept an invitation with the login I have',
  permission: 'person',
  per_minute: 20,
  input: z.object({ token: Token }),
  output: z.object({ member_id: Id, email: z.string() }),
})

export const first_run = route('GET', '/first-run', {
  summary: 'Is this installation new?',
  permission: 'public',
  input: z.object({}),
  output: z.object({ open: z.boolean() }),
})

export const found = route('POST', '/first-run', {
  summary: 'Make the first ecosystem and its owner; only while there is none',
  permission: 'public',
  status: 201,
  per_minute: 20,
  input: z.object({
    ecosystem_name: Founding.shape.name,
    slug: Slug,
    reporting_currency: Founding.shape.reporting_currency,
    name: PersonName,
    email: Email,
    password: Password,
  }),
  output: z.object({ tenant_id: Id, member_id: Id, slug: z.string() }),
})

export const list_keys = route('GET', '/api-keys', {
  summary: 'My API keys',
  permission: 'access.use_keys',
  input: z.object({}),
  output: z.object({ items: z.array(ApiKey) }),
})

export const create_key = route('POST', '/api-keys', {
  summary: 'Make an API key that may do a part of what I may; the key is shown once',
  permission: 'access.use_keys',
  status: 201,
  secret: 'key',
  input: z.object({
    name: z.string().trim().min(1).max(120),
    scopes: z.array(z.string().max(120)).min(1).max(500),
    expires_at: Instant.nullable().default(null),
  }),
  output: ApiKey.extend({ key: z.string() }),
})

export const revoke_key = route('DELETE', '/api-keys/:id', {
  summary: 'End an API key at once',
  permission: 'access.use_keys',
  input: z.object({ id: Id }),
  output: ApiKey,
})

export const list_mails = route('GET', '/outbox', {
  summary: 'Mails of this ecosystem; without a mail server they stay here',
  permission: 'access.read_outbox',
  list: true,
  input: listInput({ to_address: z.string().max(254).optional() }, ['created_at']),
  output: pageOf(MailRow),
})

export const get_mail = route('GET', '/outbox/:id', {
  summary: 'One mail with its content',
  permission: 'access.read_outbox',
  audit: 'read',
  input: z.object({ id: Id }),
  output: MailRow.extend({ html: z.string().nullable(), plain: z.string().nullable() }),
})

const MemberEvent = z.object({ member_id: Id, partner_id: Id.nullable() })
export const invited = event('members.invited', MemberEvent, { party: 'partner_id' })
export const joined = event('members.joined', MemberEvent, { party: 'partner_id' })
export const updated = event('members.updated', MemberEvent, { party: 'partner_id' })
export const ended = event('members.ended', MemberEvent, { party: 'partner_id' })
export const role_changed = event(
  'roles.changed',
  z.object({ change_id: Id, role: z.string(), permission: z.string(), granted: z.boolean().nullable() }),
  {
    audience: 'inner',
  },
)
export const role_made = event('roles.made', z.object({ role_id: Id, role: z.string(), side: z.string() }), { audience: 'inner' })
export const role_renamed = event('roles.renamed', z.object({ role_id: Id, role: z.string(), name: z.string() }), {
  audience: 'inner',
})
export const role_retired = event('roles.retired', z.object({ role_id: Id, role: z.string() }), { audience: 'inner' })
export const key_created = event('api_keys.created', z.object({ key_id: Id, member_id: Id, partner_id: Id.nullable() }), {
  party: 'partner_id',
})
export const key_revoked = event('api_keys.revoked', z.object({ key_id: Id, member_id: Id, partner_id: Id.nullable() }), {
  party: 'partner_id',
})

const HOST = 'admin channel_manager direct_seller partner_marketing enablement finance legal auditor executive'.split(' ')
const PARTNER = ['partner_admin', 'partner_seller', 'partner_marketer', 'partner_technical', 'partner_finance']
export const permissions = {
  'access.read': [...HOST, ...PARTNER],
  'access.invite': ['admin', 'channel_manager', 'partner_admin'],
  'access.update': ['admin', 'channel_manager', 'partner_admin'],
  'access.manage_hosts': ['admin'],
  'access.change_roles': ['admin'],
  'access.use_keys': [...HOST, ...PARTNER],
  'access.read_outbox': ['admin'],
  'access.metrics': ['admin'],
}
