import * as z from 'zod'
import { Id, Instant, nameRoutes, pageOf, route } from '../../kernel/contract.ts'

// These stand apart from the contracts of the house: a production start has none of them, nor has its API document.
const state = route('GET', '/demo', {
  summary: 'Whether this is the demo world, who can be played, and what time it is there',
  permission: 'public',
  input: z.object({}),
  output: z.object({
    on: z.literal(true),
    now: Instant,
    telling: z.number().min(0).max(1).nullable().describe('How far the world is told anew, while it is'),
    cast: z.array(
      z.object({
        name: z.string(),
        email: z.string(),
        role: z.string(),
        ecosystem: z.string(),
        side: z.enum(['inner', 'outer']),
      }),
    ),
  }),
})
const be = route('POST', '/demo/be', {
  summary: 'Be somebody of the cast',
  permission: 'public',
  input: z.object({ email: z.email().max(254) }),
  output: z.object({ name: z.string(), email: z.string(), token: z.string() }),
})
const advance = route('POST', '/demo/advance', {
  summary: 'Advance the clock; what falls due meanwhile fires',
  permission: 'public',
  input: z.object({ by: z.enum(['hour', 'day', 'deadline']) }),
  output: z.object({ now: Instant, fired: z.int() }),
})
const reset = route('POST', '/demo/reset', {
  summary: 'Put the demo world back as it was when it was loaded',
  permission: 'public',
  input: z.object({}),
  output: z.object({ now: Instant, millis: z.int() }),
})
const Mail = z.object({
  id: Id,
  to_address: z.string(),
  subject: z.string().nullable(),
  state: z.string(),
  created_at: Instant,
})
const outbox = route('GET', '/demo/outbox', {
  summary: 'The mails of the ecosystem that the header names, newest first; without a mail server they stay here',
  permission: 'public',
  input: z.object({ to_address: z.string().max(254).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  output: pageOf(Mail),
})
const mail = route('GET', '/demo/outbox/:id', {
  summary: 'One mail with its content',
  permission: 'public',
  input: z.object({ id: Id }),
  output: Mail.extend({ html: z.string().nullable(), plain: z.string().nullable() }),
})

export const demo = nameRoutes({ demo: { state, be, advance, reset, outbox, mail } }).demo
