import { isFreeMail, registrableDomain } from '../../algorithms/matching/domain.ts'
import { normaliseName } from '../../algorithms/matching/normalise.ts'
import type { Issue } from '../../kernel/errors.ts'
import { mergeCustom } from '../own-fields.ts'
import type { LockedPartner } from './queries.ts'
import type { Partner, PartnerTrack } from './shapes.ts'

/** Plain columns that a change may set; the main domain, further domains and tracks are looked at apart. */
const OUTER_FIELDS = [
  'legal_name',
  'trading_name',
  'website',
  'phone',
  'description',
  'country',
  'parent_id',
  'distributor_id',
  'executive_sponsor_id',
  'manager_id',
] as const
export const INNER_FIELDS = ['external_id', 'firm_id', 'note', 'custom'] as const
const FIELDS = [...OUTER_FIELDS, ...INNER_FIELDS]

type Patchable = Pick<Partner, (typeof OUTER_FIELDS)[number] | 'region' | 'more_regions' | 'domain' | 'domains' | 'tracks'> & {
  id: string
  external_id: string | null
  firm_id: string | null
  note: string
  custom: Record<string, unknown>
  status: 'onboarding' | 'active'
}
export type PartnerPatch = { [F in keyof Patchable]?: Patchable[F] | undefined }

/** What a row of the database is compared with: a partner with its domains and tracks. */
export interface Known extends LockedPartner {
  domains: string[]
  tracks: PartnerTrack[]
}

export type Changes = Record<string, [unknown, unknown]>

export interface Plan {
  id: string
  known: Known | null
  values: Record<string, unknown>
  domains: string[] | null
  tracks: PartnerTrack[] | null
  changes: Changes
  issues: Issue[]
}

const EMPTY: Record<string, unknown> = { description: '', note: '', custom: {} }

/** A firm's own domain from an address in any form; a free mail domain or no domain is an issue. */
function ownDomain(given: string, path: string, issues: Issue[]): string | null {
  const domain = registrableDomain(given)
  if (domain === null)
    issues.push({
      path,
      message: `'${given}' is no web or mail address: give one as firm.example`,
      code: 'no_site',
      values: { text: given },
    })
  else if (isFreeMail(domain))
    issues.push({
      path,
      message: `'${domain}' gives mailboxes to anybody: give the firm's own address`,
      code: 'free_mail',
      values: { text: domain },
    })
  else return domain
  return null
}

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

function planDomains(plan: Plan, patch: PartnerPatch): void {
  const { known, issues, changes, values } = plan
  if (patch.domain === undefined && patch.domains === undefined) return
  const main =
    patch.domain === undefined
      ? (known?.domain ?? null)
      : patch.domain === null
        ? null
        : ownDomain(patch.domain, 'domain', issues)
  const before = (known?.domains ?? []).filter((domain) => domain !== known?.domain)
  const further = patch.domains?.map((one, i) => ownDomain(one, `domains.${i}`, issues)).filter((one) => one !== null) ?? before
  const domains = [...new Set(main === null ? further : [main, ...further])].sort()
  if (main !== (known?.domain ?? null)) {
    values.domain = main
    changes.domain = [known?.domain ?? null, main]
  }
  if (sameJson(domains, [...(known?.domains ?? [])].sort())) return
  plan.domains = domains
  changes.domains = [known?.domains ?? [], domains]
}

export interface Led {
  region: string | null
  more_regions: string[]
}

/** All regions of a partner, the leading one first. */
export const regionsOf = ({ region, more_regions }: Led): string[] => [...(region === null ? [] : [region]), ...more_regions]

/** The leading region with those beside it, each once; where none leads, the first of the others does. */
export function ledBy(lead: string | null, more: readonly string[]): Led {
  const [region = null, ...more_regions] = new Set([...(lead === null ? [] : [lead]), ...more])
  return { region, more_regions }
}

function planRegions({ known, values, changes }: Plan, { region, more_regions }: PartnerPatch): void {
  if (region === undefined && more_regions === undefined) return
  // Which region leads a new partner, its country may say yet.
  const isOpen = !known && region === undefined
  const lead = region === undefined ? (known?.region ?? null) : region
  const led = ledBy(lead, more_regions ?? known?.more_regions ?? [])
  const after = isOpen ? { region: null, more_regions: more_regions ?? [] } : led
  for (const field of ['region', 'more_regions'] as const) {
    const before = known?.[field] ?? (field === 'region' ? null : [])
    if (sameJson(after[field], before)) continue
    values[field] = after[field]
    changes[field] = [before, after[field]]
  }
}

/** Compares a patch with what is known (null: nothing yet) and says what to write and what changed. */
export function planPartner(id: string, known: Known | null, patch: PartnerPatch): Plan {
  const plan: Plan = { id, known, values: {}, domains: null, tracks: null, changes: {}, issues: [] }
  for (const field of FIELDS) {
    const before = known ? known[field] : (EMPTY[field] ?? null)
    const value = field === 'custom' ? mergeCustom(known?.custom, patch.custom) : patch[field]
    if (value === undefined) continue
    if (sameJson(value, before)) continue
    plan.values[field] = value
    plan.changes[field] = [before, value]
  }
  if (patch.legal_name !== undefined || patch.trading_name !== undefined) {
    const trading = patch.trading_name === undefined ? known?.trading_name : patch.trading_name
    plan.values.name_key = normaliseName(trading ?? patch.legal_name ?? known?.legal_name ?? '').key
    if (plan.values.name_key === '')
      plan.issues.push({ path: 'legal_name', message: 'has no letter or digit', code: 'no_letter' })
  }
  planRegions(plan, patch)
  planDomains(plan, patch)
  if (patch.tracks) planTracks(plan, patch.tracks)
  return plan
}

function planTracks(plan: Plan, given: PartnerTrack[]): void {
  const seen = new Set<string>()
  for (const [i, { track }] of given.entries()) {
    if (seen.has(track))
      plan.issues.push({ path: `tracks.${i}.track`, message: `'${track}' stands twice`, code: 'twice', values: { text: track } })
    seen.add(track)
  }
  const tracks = given.map(({ track, tier }) => ({ track, tier })).sort((a, b) => (a.track < b.track ? -1 : 1))
  if (sameJson(tracks, plan.known?.tracks ?? [])) return
  plan.tracks = tracks
  plan.changes.tracks = [plan.known?.tracks ?? [], tracks]
}
