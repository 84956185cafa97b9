import * as z from 'zod'
import { Id, route } from '../../kernel/contract.ts'

export const Locale = z.enum(['en', 'de', 'ar'])
export const PersonName = z.string().trim().min(1).max(120)
export const Password = z.string().min(10, 'must have 10 characters or more').max(128)
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('is not an e-mail address').max(254))
  .meta({ examples: ['pat@brightpath.example'] })

const Person = z.object({ id: Id, name: z.string(), email: z.string(), locale: z.string() })

export const Branding = z.strictObject({
  primary: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour as #0b5fff'),
  accent: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour as #0b5fff'),
  logo_url: z
    .string()
    .max(300_000)
    .regex(/^(https:\/\/|\/|data:image\/(png|webp|jpeg);base64,)/, 'must be an address or an image')
    .nullable(),
  corner: z.int().min(0).max(24),
  typeface: z.string().max(80),
})

const Membership = z.object({
  tenant_id: Id,
  slug: z.string(),
  name: z.string(),
  side: z.enum(['inner', 'outer']),
  member_id: Id,
  party: z.object({ id: Id, name: z.string() }).nullable(),
  roles: z.array(z.string()),
  permissions: z.array(z.string()),
  branding: Branding.nullable(),
  languages: z.array(z.string()),
})

export const me = route('GET', '/me', {
  summary: 'Who I am, and my ecosystems with roles and permissions',
  permission: 'person',
  input: z.object({}),
  output: z.object({ person: Person, ecosystems: z.array(Membership) }),
})

export const update_me = route('PATCH', '/me', {
  summary: 'Change my name or language',
  permission: 'person',
  input: z.object({ name: PersonName.optional(), locale: Locale.optional() }),
  output: Person,
})

const Session = z.object({
  id: z.string(),
  created_at: z.string(),
  seen_at: z.string(),
  expires_at: z.string(),
  address: z.string().nullable(),
  agent: z.string().nullable(),
})

export const sessions = route('GET', '/me/sessions', {
  summary: 'Where I am signed in',
  permission: 'person',
  input: z.object({}),
  output: z.object({ items: z.array(Session) }),
})

export const revoke_session = route('DELETE', '/me/sessions/:id', {
  summary: 'Sign out somewhere else',
  permission: 'person',
  input: z.object({ id: z.string().min(1).max(64) }),
  output: z.void(),
})

export const security = route('GET', '/me/security', {
  summary: 'Which ways of signing in I have set up',
  permission: 'person',
  input: z.object({}),
  output: z.object({ password: z.boolean(), two_factor: z.boolean(), passkeys: z.int() }),
})

export const LinkToken = z
  .string()
  .regex(/^[A-Za-z]{16,64}$/, 'send the one of the link')
  .meta({ examples: ['kXbQwPzRtYuIoPaSdFgHjKlMnBvCxZqW'] })

export const open_link = route('POST', '/sign-in/link/open', {
  summary: 'Whom a link by mail would sign in, by its token; nothing is used up',
  permission: 'public',
  per_minute: 60,
  input: z.object({ token: LinkToken }),
  output: z.object({ email: z.string().describe('As its owner knows it again: d…@meridian.example') }),
})

export const permissions = {}
