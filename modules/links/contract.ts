import * as z from 'zod'
import { Id, Instant, route } from '../../kernel/contract.ts'
import { Branding } from '../identity/contract.ts'

const Token = z.string().min(20).max(200)

const LinkState = z.enum(['open', 'used', 'ended', 'no_access'])

/** What the holder of a link is told before anything happens: no amount, nobody else's name. */
const Extension = z.object({
  deal_id: Id,
  number: z.int().nullable(),
  customer: z.string(),
  product: z.string(),
  partner: z.string(),
  person: z.string(),
  zone: z.string().describe('The zone in which the days are read'),
  protected_until: Instant,
  until: Instant.describe('Until when it would be protected'),
  moved_from: Instant.nullable().describe('The end by days alone, where that is no working day'),
  left: z.int().describe('How many extensions the terms leave after this one'),
})

export const open_extension = route('POST', '/links/extensions/open', {
  summary: 'What a mailed link would extend, by its token; nothing is used up. Name the ecosystem in x-ecosystem',
  permission: 'public',
  per_minute: 20,
  input: z.object({ token: Token }),
  output: z.object({
    state: LinkState,
    ecosystem: z.string(),
    branding: Branding.nullable(),
    expires_at: Instant,
    used_at: Instant.nullable(),
    extension: Extension.nullable(),
  }),
})

export const extend = route('POST', '/links/extensions', {
  summary: 'Extend a protection by the link of a mail, without signing in, as the person it was mailed to; once',
  permission: 'public',
  per_minute: 20,
  input: z.object({ token: Token, progress: z.string().trim().min(1).max(2000).describe('Notes of what has moved since') }),
  output: z.object({ id: Id, protected_until: Instant.nullable() }),
})

export const permissions = {}
