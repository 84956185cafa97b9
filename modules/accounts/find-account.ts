import { firmDomain, registrableDomain } from '../../algorithms/matching/domain.ts'
import { normaliseName } from '../../algorithms/matching/normalise.ts'
import type { Ctx } from '../../kernel/module.ts'
import { statement } from '../../kernel/statements.ts'
import { numberKeys, wholeNameKeys, wordKeys } from './account-keys.ts'
import { type Found, type Scored, type Sought, scoreAccount } from './score-account.ts'

export interface Customer {
  name: string
  domain?: string | null | undefined
  country?: string | null | undefined
  number?: string | null | undefined
}

interface AccountMatch extends Scored {
  id: string
}

export interface FoundAccounts {
  /** Best first; `same` decides, `review` asks a person. Ids only: the caller may be somebody who never reads accounts. */
  matches: AccountMatch[]
  /** The domain given is shared by many bodies, or by more accounts than one firm has. */
  shared_domain: boolean
}

/** More accounts than this under one domain: no single firm's. */
const FIRM_LIMIT = 8
/** A word held by more accounts than this finds nothing by itself. */
export const BLOCK_LIMIT = 40
/** Keys of a whole name are read this far; more namesakes than this are not told apart anyway. */
export const WHOLE_LIMIT = 100

export interface FoundRow extends Found {
  shared_domain: boolean
}

export const WHOLE = /^[dnsc]:/

export function soughtOf({ name, domain, country, number }: Customer): Sought {
  // A customer named by its site alone.
  const site = !domain && /^\S+\.\S+$/.test(name.trim()) ? registrableDomain(name) : null
  return {
    name: normaliseName(site ? '' : name),
    domain: firmDomain(domain ?? site ?? ''),
    country: country ?? null,
    numbers: numberKeys(number, country).sought,
  }
}

export const keysOf = ({ name, domain, numbers }: Sought): string[] => [
  ...(domain ? [`d:${domain}`] : []),
  ...numbers,
  ...(name.key === '' ? [] : [...wholeNameKeys(name), ...wordKeys(name)]),
]

// One index probe a key, each cut off; a word's block that is too large is no evidence and is dropped whole.
const PROBE = `with hits as (
      select k.key, unnest(array(select a.account_id from account_keys a where a.tenant_id = $1 and a.key = k.key limit ${WHOLE_LIMIT})) as account_id
      from unnest($2::text[]) as k (key)
      union all
      select k.key, unnest(h.ids) from unnest($3::text[]) as k (key) cross join lateral (
        select array(select a.account_id from account_keys a where a.tenant_id = $1 and a.key = k.key limit ${BLOCK_LIMIT + 1}) as ids offset 0) h
      where cardinality(h.ids) <= ${BLOCK_LIMIT}
    ), found as (select account_id, array_agg(key) as keys from hits group by account_id)
    select coalesce(a.merged_into_id, a.id) as id, a.name_key, a.country, a.domain, a.company_number, a.shared_domain, f.keys
    from found f join accounts a on a.tenant_id = $1 and a.id = f.account_id
    where a.archived_at is null or a.merged_into_id is not null`

const probe = (ctx: Ctx, keys: readonly string[]) =>
  statement<FoundRow>(
    PROBE,
    ctx.tenant_id,
    keys.filter((key) => WHOLE.test(key)),
    keys.filter((key) => !WHOLE.test(key)),
  )

/** Of the accounts that share a key with what is sought those that may be it, best first. */
export function matchesAmong(sought: Sought, rows: readonly FoundRow[]): FoundAccounts {
  const there = sought.domain === null ? [] : rows.filter((row) => row.keys.includes(`d:${sought.domain}`))
  const shared_domain = there.length > FIRM_LIMIT || there.some((row) => row.shared_domain)
  const matches = rows.flatMap((row): AccountMatch[] => {
    const scored = scoreAccount(sought, row, shared_domain)
    return scored ? [{ id: row.id, ...scored }] : []
  })
  matches.sort((a, b) => (a.band === b.band ? b.score - a.score || (a.id < b.id ? -1 : 1) : a.band === 'same' ? -1 : 1))
  // A merged account still answers to its old name, for the one that it went into.
  const best = matches.filter((one, i) => matches.findIndex((other) => other.id === one.id) === i)
  return { matches: best.slice(0, 20), shared_domain }
}

/**
 * The host's accounts that may be this customer, found by domain and alias, company number and name. It judges what the caller may
 * not see, and gives ids, bands and kinds of agreement only.
 */
export async function findAccount(ctx: Ctx, customer: Customer): Promise<FoundAccounts> {
  const sought = soughtOf(customer)
  const keys = keysOf(sought)
  if (keys.length === 0) return { matches: [], shared_domain: false }
  return matchesAmong(sought, await ctx.judge(probe(ctx, keys)))
}
