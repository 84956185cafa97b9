import * as z from 'zod'
import { Id, Instant, innerOnly } from '../../kernel/contract.ts'
import { STATUS, TRACKS } from './rules.ts'

/** A site as people write it, with or without its scheme; nothing that a browser would run. */
const Website = z
  .string()
  .trim()
  .max(500)
  .transform((text) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`))
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? '') && /\w\.\w/.test(URL.parse(text)?.hostname ?? ''), {
    message: 'is no address of a web site: give one as https://firm.example',
    params: { code: 'no_url' },
  })
  .meta({ examples: ['https://firm.example'] })

export const Track = z.enum(TRACKS)
export const Status = STATUS.schema
export const Country = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, 'a country code of two letters as DE')
export const Domain = z.string().trim().min(1).max(253)
const Region = z.string().trim().min(1).max(60)
const Name = z.string().trim().min(1).max(200)
const Custom = z.record(z.string().min(1).max(60), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]))

export const PartnerTrack = z.strictObject({ track: Track, tier: z.string().trim().max(60).default('') })
export type PartnerTrack = z.output<typeof PartnerTrack>

/** A partner in a list. `name` is the trading name, else the legal one. */
export const PartnerRow = z.object({
  id: Id,
  number: z.number().int(),
  name: z.string(),
  legal_name: z.string(),
  domain: z.string().nullable(),
  country: z.string(),
  region: z.string().nullable().describe('The leading region: its calendar runs the clocks, and its rules judge'),
  more_regions: z.array(z.string()).describe('Further regions in which it works'),
  tracks: z.array(PartnerTrack),
  status: Status,
  parent_id: Id.nullable(),
  distributor_id: Id.nullable(),
  manager_id: Id.nullable(),
  manager_name: z.string().nullable(),
  version: z.number().int(),
  created_at: Instant,
})
export type PartnerRow = z.output<typeof PartnerRow>

export const Partner = PartnerRow.extend({
  trading_name: z.string().nullable(),
  domains: z.array(z.string()),
  website: z.string().nullable(),
  phone: z.string().nullable(),
  description: z.string(),
  parent_name: z.string().nullable(),
  distributor_name: z.string().nullable(),
  executive_sponsor_id: Id.nullable(),
  executive_sponsor_name: z.string().nullable(),
  status_reason: z.string().nullable(),
  status_text: z.string(),
  status_at: Instant,
  merged_into_id: Id.nullable(),
  updated_at: Instant,
  external_id: innerOnly(z.string().nullable()),
  firm_id: innerOnly(Id.nullable()),
  note: innerOnly(z.string()),
  custom: innerOnly(Custom),
})
export type Partner = z.output<typeof Partner>

/** What may be changed of a partner, each by itself. */
export const PartnerChange = z
  .object({
    legal_name: Name,
    trading_name: Name.nullable(),
    external_id: z.string().trim().min(1).max(120).nullable(),
    domain: Domain.nullable().describe('Main domain; a web or mail address will do'),
    domains: z.array(Domain).max(50).describe('Further domains'),
    website: Website.nullable(),
    phone: z.string().trim().max(60).nullable(),
    description: z.string().max(4000),
    country: Country,
    region: Region.nullable().describe(
      'The leading region; of a new partner the one that is named as its country, unless another is given',
    ),
    more_regions: z.array(Region).max(50).describe('Further regions; they lead where none does'),
    parent_id: Id.nullable(),
    distributor_id: Id.nullable(),
    executive_sponsor_id: Id.nullable(),
    firm_id: Id.nullable(),
    note: z.string().max(10_000),
    custom: Custom.describe('Own fields: only those named change, and null takes one away'),
  })
  .partial()

/** One partner as an import or `create` brings it; `id` or `external_id`, else domain or name with country, says which one is meant. */
export const SavePartner = PartnerChange.extend({
  id: Id.optional(),
  legal_name: Name,
  country: Country,
  manager_id: Id.nullable().optional(),
  tracks: z.array(PartnerTrack).max(TRACKS.length).optional(),
  status: z.enum(['onboarding', 'active']).optional(),
})
export type SavePartner = z.input<typeof SavePartner>

/** A partner that may be the same firm; `agrees` says in what. */
export const Candidate = z.object({
  id: Id,
  name: z.string(),
  country: z.string(),
  status: Status,
  score: z.number(),
  agrees: z.array(z.enum(['domain', 'name', 'country', 'firm'])),
  is_family: z.boolean(),
})
export type Candidate = z.output<typeof Candidate>

export const PartnerPerson = z.object({
  member_id: Id,
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(z.string()),
  status: z.string(),
})
export type PartnerPerson = z.output<typeof PartnerPerson>
