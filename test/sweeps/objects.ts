import type { RawInput } from '../../kernel/contract.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { asSystem } from '../../kernel/run.ts'
import type { Api } from '../../modules/cast.ts'
import type { register } from '../../modules/deals/contract.ts'
import { publishNow } from '../../modules/decisions/demo.ts'
import { makeLink } from '../../modules/links/make-link.ts'
import type { World } from '../harness.ts'
import type { Firms } from './people.ts'

export const FILE = new Uint8Array(Buffer.from('Firma;Land;Webseite\r\nKühlhaus Süd;Deutschland;kuehlhaus.example\r\n'))

/** Records of one kind, by whose they are. */
export interface Owned {
  /** Brightpath's, where records belong to partners; else the host's own. */
  own: string
  /** Rivertech's. */
  sibling?: string
  /** A firm's in another region. */
  far?: string
  /** The reseller's below Castellan. */
  chain?: string
  /** Of the other ecosystem. */
  other: string
}

/** Records by the first segment of the paths that name them, and by route where it needs one in a certain state. */
export interface Objects {
  kinds: Record<string, Owned>
  routes: Record<string, string>
  /** What a route's input must hold to mean something. */
  inputs: Record<string, Record<string, unknown>>
  /** What the host's owner must send to be done. */
  good: Record<string, Record<string, unknown>>
}

type Registration = RawInput<typeof register>
let count = 0
export const registration = (changes: Partial<Registration> = {}): Registration => {
  count += 1
  const name = `${['Quist', 'Varga', 'Lomax', 'Ferrand', 'Ostrow', 'Tamsin'][count % 6]}${String.fromCharCode(97 + (count % 26), 97 + ((count * 7) % 26))}`
  return {
    customer: `${name} Werke ${count} AG`,
    account_domain: `${name.toLowerCase()}${count}.example`,
    country: 'DE',
    product: 'flow',
    amount_minor: 5_000_000,
    currency: 'EUR',
    closes_on: '2027-06',
    evidence_on: '2026-11-16',
    evidence_kind: 'meeting',
    ...changes,
  }
}

/** An open deal of a firm that has left the programme. */
async function ofAnEndedPartner(w: World, vera: Api): Promise<string> {
  const partner = await vera.partners.create({ legal_name: 'Ended Firm GmbH', country: 'DE', status: 'active', is_new: true })
  const { id } = await vera.deals.register(registration({ partner_id: partner.id }))
  await vera.partners.terminate({ id: partner.id, reason: 'mutual' })
  await w.settle()
  return id
}

async function dealsIn(w: World, ids: { pat: Api; vera: Api }): Promise<Record<string, string>> {
  const { pat, vera } = ids
  const made = async (changes: Partial<Registration> = {}) => (await pat.deals.register(registration(changes))).id
  const big = { amount_minor: 90_000_000 }
  const asked = await made(big)
  await vera.deals.ask({ id: asked, text: 'Who is the sponsor?' })
  const draft = (await pat.deals.save_draft({ ...registration(), partner_id: undefined })).id
  const held = await made({ evidence_on: null, evidence_kind: null })
  const price = await made({ ...big, discount_asked_bps: 1500 })
  const review = await made(big)
  const protectedDeal = await made()
  const earlier = registration()
  const earlierId = (await pat.deals.register(earlier)).id
  const laterId = (await pat.deals.register({ ...earlier, product: 'lens' })).id
  const names = ['approve', 'reject', 'ask', 'note', 'withdraw', 'overrule'].map((verb) => [`deals.${verb}`, review])
  return {
    ...Object.fromEntries(names),
    'deals.answer': asked,
    'deals.submit': draft,
    'deals.add_evidence': held,
    'deals.grant_price': price,
    'deals.extend': protectedDeal,
    'deals.set_stage': protectedDeal,
    'deals.edit': draft,
    'deals.get': protectedDeal,
    'deals.price': price,
    'deals.supersede': earlierId,
    later: laterId,
    'deals.reassign': await ofAnEndedPartner(w, vera),
  }
}

/** The token of a link, as a mail to Pat holds it, that extends a protection. */
async function linkOf(w: World, pat: Api): Promise<string> {
  const deal = await pat.deals.register(registration())
  const member_id = (await pat.identity.me()).ecosystems.find((one) => one.slug === 'meridian')?.member_id ?? ''
  const [basis, party_id] = [deal.protected_until ?? '', deal.partner_id]
  const link = { verb: 'deals.extend', subject_id: deal.id, basis, member_id, party_id, expires_at: basis }
  return asSystem(w.house, w.tenants.meridian, (ctx) => makeLink(ctx, link))
}

const body = { clauses: [{ number: 1, title: 'First', text: 'The first complete registration is protected.' }] }

async function documentsIn(vera: Api): Promise<Record<string, string>> {
  const draft = async (title: string) =>
    (await vera.decisions.draft({ kind: 'engagement', title, scope: { kind: 'region', value: 'DE' }, body })).id
  const tested = await draft('Tested')
  await vera.decisions.test({ id: tested })
  const open = await draft('Draft')
  const { id } = await publishNow(vera, { kind: 'engagement', title: 'In force', scope: { kind: 'region', value: 'NL' }, body })
  return {
    'decisions.publish': tested,
    'decisions.replay': tested,
    'decisions.edit': open,
    'decisions.test': open,
    'decisions.retire': id,
  }
}

async function partnersIn(w: World, firms: Firms): Promise<Record<string, string>> {
  const { items } = await w.as('vera').partners.list({ limit: 200, status: ['onboarding'] })
  return { 'partners.activate': items[0]?.id ?? '', 'partners.reinstate': firms.suspended }
}

/** Work that a tenant's worker has given up: a mail that is gone. */
async function parkedIn(w: World, tenant_id: string): Promise<string> {
  const work = { tenant_id, job: 'mail.send', ref: { mail_id: uuidv7() } }
  const rows = await w.owner<{ id: string }>(
    'insert into parked_jobs (tenant_id, id, job, ref, reason, parked_at) values ($1, $2, $3, $4, $5, now()) returning id',
    [work.tenant_id, uuidv7(), work.job, JSON.stringify(work.ref), 'connect ECONNREFUSED 127.0.0.1:25'],
  )
  return rows[0]?.id ?? ''
}

const opportunity = (account_id: string) => ({
  account_id,
  name: 'Data platform',
  product: 'lake',
  amount_minor: 100_000,
  currency: 'EUR',
  stage: 'discovery',
})

const memberOf = async (api: Api, name: string) =>
  (await api.access.list({ q: name, limit: 200 })).items.find((one) => one.name.toLowerCase() === name)?.id ?? ''
const keyOf = async (api: Api) => (await api.access.create_key({ name: 'Own', scopes: ['partners.list'] })).id
const mailOf = async (api: Api) => (await api.access.list_mails({ limit: 1 })).items[0]?.id ?? ''
const viewOf = async (api: Api) => (await api.views.save({ page: 'deals', name: 'Mine', query: {} })).id
const fileOf = async (api: Api) => (await api.imports.upload({ kind: 'accounts', name: 'sweep.csv', file: FILE })).id
async function documentOf(api: Api): Promise<string> {
  const { id } = await api.decisions.draft({ kind: 'engagement', title: 'Own', body })
  return (await api.decisions.test({ id })).document.id
}

async function kindsIn(w: World, firms: Firms, ids: { account: string; theirMember: string }): Promise<Objects['kinds']> {
  const [vera, otto] = [w.as('vera'), w.as('otto', 'kestrel')]
  const register = async (api: Api, changes: Partial<Registration> = {}) => (await api.deals.register(registration(changes))).id
  const theirAccount = (await otto.accounts.list({ limit: 200 })).items[0]?.id ?? ''
  return {
    partners: {
      own: firms.brightpath,
      sibling: firms.rivertech,
      far: firms.lakehurst,
      chain: firms.olivar,
      other: firms.kestrel,
    },
    members: {
      own: await memberOf(vera, 'mona'),
      sibling: await memberOf(vera, 'rivka'),
      far: await memberOf(vera, 'grace'),
      chain: await memberOf(vera, 'lucia'),
      other: ids.theirMember,
    },
    accounts: { own: ids.account, other: theirAccount },
    opportunities: {
      own: (await vera.accounts.create_opportunity(opportunity(ids.account))).id,
      other: (await otto.accounts.create_opportunity(opportunity(theirAccount))).id,
    },
    deals: {
      own: await register(w.as('pat')),
      sibling: await register(w.as('rivka')),
      far: await register(w.as('grace'), { country: 'US' }),
      chain: await register(w.as('lucia'), { country: 'ES' }),
      other: await register(otto, { partner_id: firms.kestrel, product: 'arm', currency: 'USD' }),
    },
    'rule-documents': { own: await documentOf(vera), other: await documentOf(otto) },
    'api-keys': { own: await keyOf(vera), other: await keyOf(otto) },
    imports: { own: await fileOf(vera), other: await fileOf(otto) },
    views: { own: await viewOf(vera), other: await viewOf(otto) },
    'parked-jobs': { own: await parkedIn(w, w.tenants.meridian), other: await parkedIn(w, w.tenants.kestrel) },
    outbox: { own: await mailOf(vera), other: await mailOf(otto) },
  }
}

async function importIn(w: World, vera: Api): Promise<string> {
  const id = await fileOf(vera)
  await w.settle()
  await vera.imports.run({ id })
  await w.settle()
  return id
}

const AT_HOME = { party_id: null, roles: [{ role: 'finance', scope: {} }] }

const inputsFor = (ids: {
  account: string
  second: string | undefined
  later: string | undefined
  firms: Firms
}): Objects['inputs'] => ({
  'access.invite': { email: 'somebody-new@sweep.example', ...AT_HOME },
  'access.create_role': { side: 'inner', like: 'finance' },
  'accounts.add_domain': { domain: 'nordwind-new.example' },
  'accounts.create_opportunity': {
    account_id: ids.account,
    account_external_id: undefined,
    account_domain: undefined,
    account_name: undefined,
  },
  // What everybody who grants prices may grant; above it each role has its own limit.
  'deals.grant_price': { granted_bps: 500 },
  'deals.supersede': { by_id: ids.later },
  'deals.overrule': { written_on: '2026-11-16', in_favour_of_id: undefined },
  'deals.reassign': { to_partner_id: ids.firms.brightpath },
  'decisions.draft': { kind: 'engagement', scope: { kind: 'ecosystem', value: null }, body },
  'ecosystems.import_ecb': { content: 'Date, USD, GBP,\n20 November 2026, 1.0950, 0.8460,\n' },
  'imports.upload': { kind: 'accounts' },
  'accounts.merge': { into_id: ids.second },
  'accounts.remove_domain': { domain: 'nordwind-group.example' },
  'partners.merge': { into_id: ids.firms.castellan },
})

const PLAIN = {
  deal_type: 'new',
  tender: null,
  closes_on: '2027-06',
  evidence_on: '2026-11-16',
  evidence_kind: 'meeting',
  product: 'flow',
}

/** Makes records of every kind for both partners and both ecosystems, through the verbs. */
export async function makeObjects(w: World, firms: Firms): Promise<Objects> {
  const [vera, otto, pat] = [w.as('vera'), w.as('otto', 'kestrel'), w.as('pat')]
  const host = (await vera.accounts.list({ limit: 200 })).items
  const account = host.find((one) => one.domain === 'nordwind.example')?.id ?? ''
  const named = host.find((one) => one.domain === 'halvorsen.example')?.id ?? account
  const { roles } = AT_HOME
  const invited = await vera.access.invite({ name: 'Invited One', email: 'invited@sweep.example', roles })
  const theirInvited = await otto.access.invite({ name: 'Their One', email: 'theirs@sweep.example', roles })
  await w.settle()
  const kinds = await kindsIn(w, firms, { account, theirMember: theirInvited.id })
  const imported = await importIn(w, vera)
  const { later, ...deals } = await dealsIn(w, { pat, vera })
  const routes = {
    'imports.undo': imported,
    ...deals,
    ...(await documentsIn(vera)),
    ...(await partnersIn(w, firms)),
    'access.resend': invited.id,
    'accounts.remove_named': named,
  }
  await vera.partners.suspend({ id: firms.suspended, reason: 'other' })
  await w.settle()
  const second = host.find((one) => one.id !== account && !one.parent_id)?.id
  const forBrightpath = { ...PLAIN, partner_id: firms.brightpath }
  const token = await linkOf(w, pat)
  const { code } = await vera.access.create_role({ code: 'renamed_desk', side: 'inner', name: 'Renamed desk' })
  const good = {
    'deals.register': forBrightpath,
    'deals.save_draft': forBrightpath,
    'links.open_extension': { token },
    'links.extend': { token },
    'access.rename_role': { role: code },
  }
  return { kinds, routes, inputs: inputsFor({ account, second, later, firms }), good }
}
