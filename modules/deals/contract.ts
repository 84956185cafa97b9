import * as z from 'zod'
import {
  Currency,
  Day,
  event,
  Id,
  listInput,
  pageOf,
  route,
  Several,
  TimelineEntry,
  timelineInput,
} from '../../kernel/contract.ts'
import { REASON_CODES } from './rules.ts'
import { Country, Deal, DealPrice, DealRow, Protection, Registration, Review, Stage, Succession } from './shapes.ts'

export const list = route('GET', '/deals', {
  summary: 'List deal registrations',
  permission: 'deals.read',
  list: true,
  input: listInput(
    {
      id: Several(Id).optional().describe('Only these, as far as they are yours to see'),
      review: Several(Review).optional(),
      protection: Several(Protection).optional(),
      stage: Several(Stage).optional(),
      partner_id: Id.optional(),
      account_id: Id.optional().describe('Registrations matched to an account of the host; a partner finds none'),
      product: z.string().max(60).optional(),
      country: Country.optional(),
      region: z.string().max(40).optional(),
      closes_from: Day.optional(),
      closes_to: Day.optional(),
      mine: z.enum(['true', 'false']).optional(),
      out_of_territory: z
        .enum(['true', 'false'])
        .optional()
        .describe("With the warning that the customer lies outside the partner's territory, or without"),
    },
    ['created_at', 'closes_on', 'amount', 'account_name', 'number'],
  ),
  output: pageOf(DealRow),
})
export const get = route('GET', '/deals/:id', {
  summary: 'Read a deal',
  permission: 'deals.read',
  input: z.object({ id: Id }),
  output: Deal,
})
export const board = route('GET', '/deals/board', {
  summary: 'Deals by sales stage, the newest of each, with counts and sums at plan rate',
  permission: 'deals.read',
  input: z.object({ partner_id: Id.optional(), product: z.string().max(60).optional() }),
  output: z.object({
    columns: z.array(z.object({ stage: Stage, count: z.int(), sum_plan_minor: z.int().nullable(), items: z.array(DealRow) })),
    currency: Currency,
  }),
})
export const save_draft = route('POST', '/deals/drafts', {
  summary: 'Keep an unfinished registration',
  permission: 'deals.register',
  status: 201,
  input: Registration.partial(),
  output: Deal,
})
export const edit = route('PATCH', '/deals/:id', {
  summary: 'Change a deal; a value raised by more than the terms allow is reviewed anew',
  permission: 'deals.register',
  versioned: true,
  input: z.object({ id: Id }).extend(Registration.omit({ partner_id: true }).partial().shape),
  output: Deal,
})
export const register = route('POST', '/deals', {
  summary: 'Register a deal',
  permission: 'deals.register',
  status: 201,
  input: Registration,
  output: Deal,
})
export const submit = route('POST', '/deals/:id/submit', {
  summary: 'Register a kept draft, with what was changed of it since',
  permission: 'deals.register',
  versioned: true,
  input: z.object({ id: Id }).extend(Registration.omit({ partner_id: true }).partial().shape),
  output: Deal,
})
export const add_evidence = route('POST', '/deals/:id/evidence', {
  summary: 'Add the dated two-way contact with the customer',
  permission: 'deals.register',
  versioned: true,
  input: z.object({
    id: Id,
    on: Day,
    kind: z.enum(['meeting', 'call', 'mail', 'letter', 'poc']),
    note: z.string().trim().max(4000).default(''),
  }),
  output: Deal,
})
export const approve = route('POST', '/deals/:id/approve', {
  summary: 'Approve a deal and protect its scope',
  permission: 'deals.approve',
  versioned: true,
  input: z.object({ id: Id, note: z.string().trim().max(2000).default('') }),
  output: Deal,
})
export const ReasonCode = z.enum(REASON_CODES)
export const reject = route('POST', '/deals/:id/reject', {
  summary: 'Reject a deal with a code and a text that the partner reads',
  permission: 'deals.approve',
  versioned: true,
  input: z.object({
    id: Id,
    reason_code: ReasonCode,
    text: z.string().trim().min(1).max(2000),
    clause: z.int().min(1).max(99).optional(),
  }),
  output: Deal,
})
export const ask = route('POST', '/deals/:id/ask', {
  summary: 'Ask the partner for something; the clock waits',
  permission: 'deals.approve',
  versioned: true,
  input: z.object({ id: Id, text: z.string().trim().min(1).max(2000) }),
  output: Deal,
})
export const answer = route('POST', '/deals/:id/answer', {
  summary: 'Answer what was asked; the clock runs on',
  permission: 'deals.register',
  versioned: true,
  input: z.object({ id: Id, text: z.string().trim().min(1).max(2000) }),
  output: Deal,
})
export const withdraw = route('POST', '/deals/:id/withdraw', {
  summary: 'Withdraw a registration',
  permission: 'deals.register',
  versioned: true,
  input: z.object({ id: Id, text: z.string().trim().max(2000).default('') }),
  output: Deal,
})
export const supersede = route('POST', '/deals/:id/supersede', {
  summary: 'A later registration of the same partner for the same customer takes the place of this one; its scope is free',
  permission: 'deals.register',
  versioned: true,
  input: z.object({ id: Id, by_id: Id.describe('The later registration'), text: z.string().trim().max(2000).default('') }),
  output: Deal,
})
export const overrule = route('POST', '/deals/:id/overrule', {
  summary: "The customer's written word ends a registration, in favour of another where the customer names one",
  permission: 'deals.approve',
  versioned: true,
  input: z.object({
    id: Id,
    written_on: Day.describe('The day of the letter'),
    text: z.string().trim().min(1).max(2000).describe('The partner reads it: name no rival'),
    in_favour_of_id: Id.optional().describe('A registration that met this one; it is approved and protected'),
  }),
  output: Deal,
})
export const reassign = route('POST', '/deals/:id/reassign', {
  summary: 'Hand an open deal of a partner that ended to another partner, or take it over; the protection moves or ends',
  permission: 'deals.reassign',
  versioned: true,
  input: z.object({
    id: Id,
    to_partner_id: Id.nullable().describe('null: the host takes it over, as an opportunity of its own'),
    protection: z.enum(['move', 'end']).default('move').describe('What was left of the protection moves, or it ends'),
    text: z.string().trim().min(1).max(2000).describe('Told to the partner that ended'),
    note: z.string().trim().max(2000).default('').describe('Told to the partner that goes on'),
  }),
  output: Deal,
})
export const succession = route('GET', '/deals/:id/succession', {
  summary: "What took a deal's place, and whose place it took",
  permission: 'deals.read',
  input: z.object({ id: Id }),
  output: z.object({ superseded: Succession.nullable(), in_place_of: z.array(Succession) }),
})
export const extend = route('POST', '/deals/:id/extend', {
  summary: 'Extend a protection, with what has moved since',
  permission: 'deals.register',
  versioned: true,
  input: z.object({ id: Id, progress: z.string().trim().min(1).max(2000) }),
  output: Deal,
})
export const set_stage = route('POST', '/deals/:id/stage', {
  summary: 'Move a deal to another sales stage',
  permission: 'deals.register',
  versioned: true,
  input: z.object({ id: Id, stage: Stage, lost_reason: z.string().trim().max(500).optional() }),
  output: Deal,
})
export const grant_price = route('POST', '/deals/:id/price', {
  summary: 'Grant or refuse the special price, up to what the terms let your role grant',
  permission: 'deals.grant_price',
  versioned: true,
  input: z.object({ id: Id, granted_bps: z.int().min(0).max(9000), text: z.string().trim().max(2000).default('') }),
  output: Deal,
})
export const price = route('GET', '/deals/:id/price', {
  summary: "A deal's special price, and who may grant it",
  permission: 'deals.read',
  input: z.object({ id: Id }),
  output: DealPrice,
})
export const note = route('POST', '/deals/:id/note', {
  summary: 'Keep a note for the host only',
  permission: 'deals.approve',
  versioned: true,
  input: z.object({ id: Id, text: z.string().trim().max(4000) }),
  output: Deal,
})
export const timeline = route('GET', '/deals/:id/timeline', {
  summary: 'What happened to a deal, newest first',
  permission: 'deals.read',
  input: timelineInput,
  output: pageOf(TimelineEntry),
})

const about = { deal_id: Id, partner_id: Id }
const own = { party: 'partner_id' } as const
export const registered = event('deals.registered', z.object({ ...about, product: z.string(), country: z.string() }), own)
export const decided = event(
  'deals.decided',
  z.object({ ...about, outcome: z.string(), by: z.string(), clause: z.int().nullable() }),
  own,
)
export const approved = event('deals.approved', z.object(about), own)
export const rejected = event('deals.rejected', z.object({ ...about, reason_code: z.string() }), own)
export const asked = event('deals.asked', z.object(about), own)
export const answered = event('deals.answered', z.object(about), own)
export const withdrawn = event('deals.withdrawn', z.object(about), own)
/** Another took its place: a later one of the partner, the customer's choice, or one that the host handed on. */
export const superseded = event('deals.superseded', z.object({ ...about, by: z.enum(['partner', 'customer', 'host']) }), own)
/** A deal of another came to this partner, who does not learn whose it was. */
export const handed_over = event('deals.handed_over', z.object(about), own)
export const edited = event('deals.edited', z.object(about), own)
export const evidence_added = event('deals.evidence_added', z.object(about), own)
export const hold_lapsed = event('deals.hold_lapsed', z.object(about), own)
export const extended = event('deals.extended', z.object(about), own)
export const protection_warned = event('deals.protection_warned', z.object({ ...about, days: z.int() }), own)
export const expired = event('deals.expired', z.object(about), own)
export const released = event('deals.released', z.object(about), own)
export const stage_moved = event('deals.stage_moved', z.object({ ...about, stage: z.string() }), own)
export const price_decided = event('deals.price_decided', z.object({ ...about, granted_bps: z.int() }), own)
/** The clock of a special price ran out; the price still waits for a person. */
export const price_waited = event('deals.price_waited', z.object(about), own)
export const clock_missed = event('deals.clock_missed', z.object(about), own)
/** A registration met another's: the host's early warning; never the parties' to read. */
export const collided = event('deals.collided', z.object({ deal_id: Id, other_deal_id: Id }), { audience: 'inner' })

const readers = [
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
]
export const permissions = {
  'deals.read': [...readers, 'partner_admin', 'partner_seller', 'partner_technical', 'partner_finance', 'partner_marketer'],
  'deals.register': ['partner_admin', 'partner_seller', 'channel_manager', 'admin', 'owner'],
  'deals.approve': ['channel_manager', 'admin', 'owner'],
  'deals.reassign': ['channel_manager', 'admin', 'owner'],
  'deals.grant_price': ['finance', 'channel_manager', 'admin', 'owner'],
}
