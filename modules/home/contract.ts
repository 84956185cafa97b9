import * as z from 'zod'
import { Id, Instant, route } from '../../kernel/contract.ts'

export const InboxRow = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  why: z.object({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])) }),
  subject_type: z.string(),
  subject_id: Id,
  due_at: Instant.nullable(),
  started_at: Instant.nullable(),
  left_minutes: z.int().nullable(),
  ball: z.enum(['inner', 'outer']),
})
export type InboxRow = z.output<typeof InboxRow>

export const inbox = route('GET', '/inbox', {
  summary: 'What needs me now, the nearest deadline first',
  permission: 'home.inbox',
  input: z.object({}),
  output: z.object({ items: z.array(InboxRow), now: Instant }),
})
export const search = route('GET', '/search', {
  summary: 'Search everything that I may see',
  permission: 'home.search',
  input: z.object({ q: z.string().trim().min(1).max(100) }),
  output: z.object({
    items: z.array(
      z.object({
        type: z.string(),
        id: Id,
        title: z.string(),
        detail: z.string(),
        said: z
          .array(z.object({ as: z.string(), value: z.string(), more: z.string().optional() }))
          .optional()
          .describe('The detail in parts: a text, or the code of a country, product or track'),
      }),
    ),
  }),
})

export const FirstSteps = z.object({
  regions: z.boolean(),
  currencies: z.boolean().describe('Each currency in use has a rate'),
  products: z.boolean(),
  people: z.boolean().describe('Somebody of the host beside me'),
  partners: z.boolean(),
  accounts: z.boolean(),
  rule: z.boolean().describe('A rule of registration is published'),
  hidden: z.boolean().describe('I do not want to see these steps any more'),
})
export type FirstSteps = z.output<typeof FirstSteps>

export const first_steps = route('GET', '/first-steps', {
  summary: 'What a new house has already, and what is still to be set up',
  permission: 'ecosystems.update',
  input: z.object({}),
  output: FirstSteps,
})
export const hide_first_steps = route('POST', '/first-steps/hide', {
  summary: 'Hide the first steps from me, wherever I sign in',
  permission: 'ecosystems.update',
  input: z.object({}),
  output: z.void(),
})

const everybody = [
  'owner',
  'admin',
  'channel_manager',
  'direct_seller',
  'partner_marketing',
  'enablement',
  'finance',
  'legal',
  'auditor',
  'executive',
  'partner_admin',
  'partner_seller',
  'partner_marketer',
  'partner_technical',
  'partner_finance',
]
export const permissions = { 'home.inbox': everybody, 'home.search': everybody }
