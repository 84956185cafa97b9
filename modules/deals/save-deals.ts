import { sql } from 'kysely'
import { type Issue, Refusal } from '../../kernel/errors.ts'
import { type ImportOutcome, type SavedRow, type UndoneRow } from '../../kernel/importing.ts'
import type { Ctx } from '../../kernel/module.ts'
import { type NamedProducts, productsNamed } from '../ecosystems/products-named.ts'
import { getEcosystem } from '../ecosystems/queries.ts'
import { partnersNamed } from '../partners/partners-named.ts'
import { edited, withdrawn } from './contract.ts'
import { productsOf } from './find-rivals.ts'
import { columnsOf, newDeal, refuseIncomplete, unusedCurrency } from './new-deal.ts'
import { changeDeal, releaseScope } from './outcomes.ts'
import { type DealState, dealForUpdate } from './queries.ts'
import { fileDeal } from './register-deal.ts'
import { registerMany } from './register-many.ts'
import { CLOSED, closeDay } from './rules.ts'
import type { SaveDeal } from './shapes.ts'

const CHANGEABLE = ['amount_minor', 'currency', 'closes_on', 'description'] as const
const CLOSED_DEAL = {
  path: 'external_id',
  message: 'this deal is closed; register it anew, under another external id',
  code: 'closed_deal',
}
const SCOPE = ['account_name', 'country', 'deal_type'] as const

type Row = SaveDeal & { more_products: string[] }

/** A file names several products as people write them: "Lens + Guard", or one whose name has such a mark itself. */
function withProducts(row: SaveDeal, { codeOf }: NamedProducts): Row {
  const texts = codeOf(row.product) ? [row.product] : row.product.split(/\s*[,;+]\s*/).filter(Boolean)
  const [product = row.product, ...more_products] = texts.map((text) => codeOf(text) ?? text)
  return { ...row, product, more_products }
}

const sameProducts = (deal: DealState, row: Row): boolean => {
  const asked = [...productsOf(deal), ...deal.refused_products].sort().join()
  return asked === [...new Set(productsOf(row))].sort().join()
}

interface Known {
  partnerOf: (text: string) => string | undefined
  products: NamedProducts
  currencies: string[]
  deals: Map<string, DealState>
}

/** Everything that the rows refer to, read once for all of them. */
async function knownFor(ctx: Ctx, rows: readonly SaveDeal[]): Promise<Known> {
  const external = rows.flatMap((row) => row.external_id ?? [])
  const deals =
    external.length === 0
      ? []
      : await ctx.db
          .selectFrom('deals')
          .selectAll()
          .where('tenant_id', '=', ctx.tenant_id)
          .where(sql<boolean>`external_id = any(${external}::text[])`)
          .orderBy('id')
          .forUpdate()
          .execute()
  return {
    partnerOf: await partnersNamed(
      ctx,
      rows.map(({ partner }) => partner),
    ),
    products: await productsNamed(ctx),
    currencies: (await getEcosystem(ctx)).currencies,
    deals: new Map(deals.map((deal) => [deal.external_id ?? '', deal])),
  }
}

function issuesOf(ctx: Ctx, row: Row, partner_id: string | undefined, { products, currencies }: Known): Issue[] {
  const unused = unusedCurrency(row.currency, currencies)
  const known = products.names.join(', ')
  return [
    ...(partner_id
      ? []
      : [
          {
            path: 'partner',
            message: `'${row.partner}' is no partner; give the name, site or number of one`,
            code: 'no_partner',
            values: { text: row.partner },
          },
        ]),
    ...productsOf(row)
      .filter((product) => !products.codeOf(product))
      .map((product) => ({
        path: 'product',
        message: known
          ? `'${product}' is not a product; there are ${known}`
          : 'there are no products yet: add them in the settings',
        code: known ? 'no_product' : 'no_products',
        values: { text: product, products: known },
      })),
    ...(unused ? [unused] : []),
    ...(closeDay(row.closes_on) < ctx.now.slice(0, 10)
      ? [{ path: 'closes_on', message: 'the month lies in the past', code: 'past_month' }]
      : []),
  ]
}

const othersDeal = (external_id: string): Issue => ({
  path: 'partner',
  message: `external id '${external_id}' is a deal of another partner; name that one, or give this deal an id of its own`,
  code: 'others_deal',
  values: { text: external_id },
})

async function change(ctx: Ctx, deal: DealState, row: Row, partner_id: string): Promise<ImportOutcome> {
  const values = columnsOf({ ...row, product: row.product })
  const moved =
    SCOPE.find((column) => values[column] !== undefined && values[column] !== deal[column]) ??
    (sameProducts(deal, row) ? undefined : 'product')
  const none = { id: deal.id, version: deal.version, changes: {} }
  if (deal.partner_id !== partner_id) return { ...none, outcome: 'refused', issues: [othersDeal(row.external_id ?? '')] }
  if (moved)
    return {
      ...none,
      outcome: 'refused',
      issues: [{ path: moved, message: 'a registered scope does not change; register the other scope', code: 'scope_stays' }],
    }
  const changed = CHANGEABLE.filter((column) => values[column] !== undefined && values[column] !== deal[column])
  if (changed.length === 0) return { ...none, outcome: 'unchanged', issues: [] }
  if (CLOSED.includes(deal.review)) return { ...none, outcome: 'refused', issues: [CLOSED_DEAL] }
  const changes = Object.fromEntries(changed.map((column) => [column, [deal[column], values[column]] as const]))
  await changeDeal(ctx, deal.id, Object.fromEntries(changed.map((column) => [column, values[column]])))
  ctx.emit(
    edited,
    { deal_id: deal.id, partner_id: deal.partner_id },
    { changes: changes.description ? { ...changes, description: [null, null] } : changes },
  )
  return { id: deal.id, version: deal.version + 1, outcome: 'updated', changes, issues: [] }
}

/** Why a draft cannot be filed, if so. */
function incomplete(deal: DealState): readonly Issue[] {
  try {
    refuseIncomplete(deal)
    return []
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return (error.details.issues as Issue[] | undefined) ?? [{ path: '', message: error.message }]
  }
}

const storedDeal = (ctx: Ctx, id: string): Promise<DealState> =>
  ctx.db.selectFrom('deals').selectAll().where('tenant_id', '=', ctx.tenant_id).where('id', '=', id).executeTakeFirstOrThrow()

/** Registers many deals, each with the full check and its own decision; one that is known by its external id is changed instead. */
export async function saveDeals(ctx: Ctx, rows: SaveDeal[]): Promise<ImportOutcome[]> {
  const known = await knownFor(ctx, rows)
  const outcomes: ImportOutcome[] = []
  let drafts = new Map<string, DealState>()
  const flush = async () => {
    await registerMany(ctx, [...drafts.values()])
    for (const deal of drafts.values()) if (deal.external_id) known.deals.set(deal.external_id, { ...deal, version: 1 })
    drafts = new Map()
  }
  for (const given of rows) {
    const row = withProducts(given, known.products)
    const partner_id = known.partnerOf(row.partner)
    // A row that changes a registration of this very batch waits until that one is stored.
    if (row.external_id && drafts.has(row.external_id)) await flush()
    const deal = row.external_id ? known.deals.get(row.external_id) : undefined
    const refused = { outcome: 'refused' as const, id: ctx.id(), version: 0, changes: {} }
    const issues = issuesOf(ctx, row, partner_id, known)
    if (issues.length > 0 || !partner_id) {
      outcomes.push({ ...refused, issues })
      continue
    }
    if (deal) {
      const done = await change(ctx, deal, row, partner_id)
      const now = Object.fromEntries(Object.entries(done.changes).map(([column, [, after]]) => [column, after]))
      known.deals.set(deal.external_id ?? '', { ...deal, ...now, version: done.version })
      outcomes.push(done)
      continue
    }
    const { partner: _, external_id = null, ...fields } = row
    const draft = { ...newDeal(ctx, partner_id, fields), external_id }
    const missing = incomplete(draft)
    if (missing.length > 0) outcomes.push({ ...refused, issues: missing })
    else {
      const created = { id: draft.id, version: 1, outcome: 'created' as const, changes: {}, issues: [] }
      // One of several products may leave some of them to others, which is weighed for it alone.
      if (draft.more_products.length > 0) {
        await flush()
        await fileDeal(ctx, draft)
        const stored = await storedDeal(ctx, draft.id)
        if (external_id) known.deals.set(external_id, stored)
        outcomes.push({ ...created, version: stored.version })
      } else {
        drafts.set(external_id ?? draft.id, draft)
        outcomes.push(created)
      }
    }
  }
  await flush()
  return outcomes
}

/** Takes imported deals back: what was registered is withdrawn and frees its scope, what was changed gets its old values. */
export async function undoDeals(ctx: Ctx, rows: SavedRow[]): Promise<UndoneRow[]> {
  const undone: UndoneRow[] = []
  for (const row of rows) {
    const deal = await dealForUpdate(ctx, row.id)
    if (deal.version !== row.version) undone.push({ id: row.id, outcome: 'touched' })
    else {
      if (row.outcome === 'created') {
        await releaseScope(ctx, deal)
        await changeDeal(ctx, row.id, { review: 'withdrawn', external_id: null })
        ctx.emit(withdrawn, { deal_id: deal.id, partner_id: deal.partner_id })
      } else
        await changeDeal(
          ctx,
          row.id,
          Object.fromEntries(Object.entries(row.changes).map(([column, [before]]) => [column, before])),
        )
      undone.push({ id: row.id, outcome: 'undone' })
    }
  }
  return undone
}
