import { states } from '../../kernel/states.ts'

/** Is it judged, and how: the host's question. */
export const REVIEW = states(
  {
    draft: { submit: 'submitted', withdraw: 'withdrawn' },
    submitted: {
      approve: 'approved',
      reject: 'rejected',
      review: 'under_review',
      withdraw: 'withdrawn',
      lapse: 'lapsed',
      supersede: 'superseded',
    },
    under_review: {
      approve: 'approved',
      reject: 'rejected',
      ask: 'info_requested',
      withdraw: 'withdrawn',
      supersede: 'superseded',
    },
    info_requested: {
      answer: 'under_review',
      approve: 'approved',
      reject: 'rejected',
      withdraw: 'withdrawn',
      supersede: 'superseded',
    },
    approved: { review: 'under_review', withdraw: 'withdrawn', supersede: 'superseded' },
    rejected: { restore: 'approved' },
    lapsed: { submit: 'submitted' },
    withdrawn: {},
    superseded: {},
  },
  { initial: 'draft' },
)

/** Is its scope kept for the partner: the rule's question. */
export const PROTECTION = states(
  {
    none: { hold: 'held', protect: 'protected' },
    held: { protect: 'protected', lapse: 'none', release: 'none' },
    protected: { expire: 'expired', release: 'released', extend: 'protected' },
    expired: { protect: 'protected' },
    released: { protect: 'protected' },
  },
  { initial: 'none' },
)

/** How far the sale is: the partner's question. */
export const STAGE = states(
  {
    open: { qualify: 'qualified', propose: 'proposed', commit: 'committed', win: 'won', lose: 'lost' },
    qualified: { propose: 'proposed', commit: 'committed', win: 'won', lose: 'lost', reopen: 'open' },
    proposed: { commit: 'committed', win: 'won', lose: 'lost', qualify: 'qualified' },
    committed: { win: 'won', lose: 'lost', propose: 'proposed' },
    won: { reverse: 'committed' },
    lost: { reopen: 'open' },
  },
  { initial: 'open' },
)

/** Is a special price asked and granted: finance's question, never answered by a clock. */
export const PRICE = states(
  {
    list: { ask: 'asked' },
    asked: { grant: 'granted', refuse: 'refused' },
    granted: { ask: 'asked' },
    refused: { ask: 'asked' },
  },
  { initial: 'list' },
)

const TLD_COUNTRY: Record<string, string> = { uk: 'GB' }
const GENERIC = new Set(['eu', 'io', 'ai', 'co', 'tv', 'me'])

export interface CustomerGuess {
  name: string
  domain: string | null
  country: string | null
}

const SITE = /^(?:[a-z]+:\/\/)?(?:www\.)?((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,})(?:[/:?#].*)?$/iu

/** Reads what a person typed as the customer: a name, or a site from which name and country are guessed. */
export function guessCustomer(typed: string): CustomerGuess {
  const text = typed.trim()
  const host = SITE.exec(text.replace(/^.*@/, ''))?.[1]?.toLowerCase()
  // 'Dr.Oetker' is a name that lacks a space, as no site goes on with a capital.
  if (!host || /\.\p{Lu}\p{Ll}/u.test(text)) return { name: text, domain: null, country: null }
  const parts = host.split('.')
  const tld = parts.at(-1) ?? ''
  const label = (parts.length > 2 && (parts.at(-2) ?? '').length <= 3 ? parts.at(-3) : parts.at(-2)) ?? host
  const name = label
    .split('-')
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
  const country = TLD_COUNTRY[tld] ?? (tld.length === 2 && !GENERIC.has(tld) ? tld.toUpperCase() : null)
  return { name, domain: host, country }
}

/** What stands in a draft's columns where nothing was said yet; a registration with it is refused, and nobody reads it. */
export const UNSAID = { account_name: 'Unnamed customer', country: 'ZZ', product: '', amount_minor: 1 } as const

/** The day that a close month means: its last one; a full date stays. */
export function closeDay(month: string): string {
  if (month.length === 10) return month
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year ?? 0, number ?? 1, 0)).toISOString().slice(0, 10)
}

const WAITING: readonly string[] = ['submitted', 'under_review', 'info_requested']

interface Standing {
  review: string
  protection: string
  protected_until: string | null
  stage: string
}

/** Whether a registration waits for its scope or holds it; one that is over stands in nobody's way, nor in its own partner's. */
export function stands({ review, protection, protected_until, stage }: Standing, now: string): boolean {
  if (stage === 'lost') return false
  if (protection === 'protected') return Date.parse(protected_until ?? '') > Date.parse(now)
  return WAITING.includes(review) && (protection === 'none' || protection === 'held')
}

/** Reviews after which nothing of a registration changes any more. */
export const CLOSED: readonly string[] = ['rejected', 'withdrawn', 'superseded']

/** The country and product of a scope overlap where either side names all (null) or both the same. */
export const overlaps = (a: string | null, b: string | null): boolean => a === null || b === null || a === b

export interface PriceLimit {
  role: string
  max_bps: number
}

/** Which role grants which discount by itself, unless the terms say otherwise. */
export const PRICE_LIMITS: PriceLimit[] = [
  { role: 'channel_manager', max_bps: 1000 },
  { role: 'finance', max_bps: 9000 },
  { role: 'admin', max_bps: 9000 },
  { role: 'owner', max_bps: 9000 },
]

/** The widest limit among a person's roles; null where none of them is listed. */
export const priceLimit = (limits: readonly PriceLimit[], roles: readonly string[]): PriceLimit | null =>
  limits
    .filter(({ role }) => roles.includes(role))
    .reduce<PriceLimit | null>((widest, one) => (widest && widest.max_bps >= one.max_bps ? widest : one), null)

/** Which roles may grant a discount of this size. */
export const grantersOf = (limits: readonly PriceLimit[], bps: number): string[] =>
  limits.flatMap(({ role, max_bps }) => (max_bps >= bps ? [role] : []))

/** How long things hold and last, where published terms do not say otherwise. */
export const TERMS = {
  protection_days: 90,
  hold_working_days: 5,
  review_working_hours: 16,
  price_working_hours: 16,
  warn_days: [30, 14, 3],
  extension_days: 30,
  max_extensions: 2,
  amend_review_percent: 20,
  host_opportunity_days: 60,
}

/** Why a person refuses a registration. */
export const REASON_CODES = [
  'already_protected',
  'host_opportunity',
  'named_account',
  'existing_customer',
  'not_genuine',
  'incomplete',
  'out_of_programme',
  'other',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]
