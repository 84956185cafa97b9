import type { Api } from '../../modules/cast.ts'
import type { World } from '../harness.ts'
import { type Objects, registration } from './objects.ts'
import type { Firms } from './people.ts'

/** Whose a token is: a host's own (mh, kh), a firm's (m1 Brightpath, m2 Rivertech, m3 Lakehurst, k1 Kestrel's Brightpath), or one person's (v1). */
export type Nest = 'mh' | 'kh' | 'm1' | 'm2' | 'm3' | 'k1' | 'v1'

export interface Canaries {
  /** A new token of a nest, told by what it was put into. */
  make: (nest: Nest, where: string) => string
  where: Map<string, string>
}

export function canaries(): Canaries {
  const where = new Map<string, string>()
  return {
    where,
    make: (nest, field) => {
      const token = `zq${nest}n${where.size + 1}q`
      where.set(token, field)
      return token
    },
  }
}

/** The tokens in any bytes, whatever became of their letters. */
export const tokensIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/zq(?:mh|kh|m1|m2|m3|k1|v1)n\d+q/gi)].map(([token]) => token.toLowerCase())),
]
export const nestOf = (token: string): Nest => token.slice(2, 4) as Nest

async function plantFirm(api: Api, admin: Api, { make }: Canaries, place: { id: string; nest: Nest; host: Nest }): Promise<void> {
  const { id, nest, host } = place
  const t = (field: string) => make(nest, field)
  const h = (field: string) => make(host, field)
  await admin.partners.update_profile({
    id,
    description: t('partners.description'),
    phone: t('partners.phone'),
    website: `https://${t('partners.website')}.example/`,
  })
  await api.partners.update({
    id,
    note: h('partners.note'),
    external_id: h('partners.external_id'),
    custom: { field: h('partners.custom') },
  })
}

async function plantDeals(
  host: Api,
  seller: Api,
  { make }: Canaries,
  place: { nest: Nest; host: Nest; country: string; product: string; currency: string },
): Promise<string[]> {
  const t = (field: string) => make(place.nest, field)
  const facts = { country: place.country, product: place.product, currency: place.currency }
  const texts = () => ({
    customer: `${t('deals.customer')} Werke`,
    account_domain: `${t('deals.account_domain')}.example`,
    customer_number: t('deals.customer_number'),
    description: t('deals.description'),
    evidence_note: t('deals.evidence_note'),
    contact_name: t('deals.contact_name'),
    contact_email: `${t('deals.contact_email')}@customer.example`,
    contact_basis: 'consent' as const,
  })
  const small = await seller.deals.register(registration({ ...facts, ...texts() }))
  const big = await seller.deals.register(registration({ ...facts, ...texts(), deal_type: 'tender', tender: t('deals.tender') }))
  await host.deals.note({ id: big.id, text: make(place.host, 'deals.note') })
  // Kestrel's rules protect a tender at once, Meridian's ask a person.
  if (big.review === 'approved') return [small.id, big.id]
  await host.deals.ask({ id: big.id, text: t('deals.asked') })
  await seller.deals.answer({ id: big.id, text: t('deals.answered') })
  await host.deals.reject({ id: big.id, reason_code: 'other', text: t('deals.reason_text') })
  return [small.id, big.id]
}

async function plantHost(api: Api, { make }: Canaries, nest: Nest, region: string): Promise<string[]> {
  const t = (field: string) => make(nest, field)
  const account = await api.accounts.create({
    name: `${t('accounts.name')} Holding`,
    country: 'DE',
    domain: `${t('accounts.domain')}.example`,
    note: t('accounts.note'),
    segment: t('accounts.segment'),
    external_id: t('accounts.external_id'),
    company_number: t('accounts.company_number'),
    custom: { field: t('accounts.custom') },
  })
  const opportunity = await api.accounts.create_opportunity({
    account_id: account.id,
    name: t('opportunities.name'),
    stage: t('opportunities.stage'),
    external_id: t('opportunities.external_id'),
    amount_minor: null,
    currency: null,
  })
  await api.accounts.add_named({ id: account.id, from_on: '2027-01-01', note: t('named_accounts.note') })
  const draft = await api.decisions.draft({
    kind: 'engagement',
    title: t('decisions.title'),
    scope: { kind: 'region', value: region },
    body: { clauses: [{ number: 1, title: t('decisions.clause'), text: t('decisions.text') }] },
  })
  await api.access.create_role({ code: `desk_${nest}`, side: 'inner', name: t('roles.name') })
  await api.access.invite({
    name: `${t('members.name')} Invited`,
    email: `${t('members.email')}@sweep.example`,
    roles: [{ role: 'legal', scope: {} }],
  })
  const cells = `${t('imports.cell')};Deutschland;${t('imports.domain')}.example`
  const file = new Uint8Array(Buffer.from(`Firma;Land;Webseite\r\n${cells}\r\n`))
  const one = await api.imports.upload({ kind: 'accounts', name: t('imports.name'), file })
  return [account.id, opportunity.id, draft.id, one.id]
}

/** Puts tokens into every text that people can write, on both sides of both ecosystems, through the verbs. Returns ids of the records. */
export async function plantAll(w: World, birds: Canaries, { firms }: { firms: Firms; objects: Objects }): Promise<string[]> {
  const [vera, otto] = [w.as('vera'), w.as('otto', 'kestrel')]
  const [pat, grace, lead, twice] = [w.as('pat'), w.as('grace'), w.as('rivertech-partner-admin'), w.as('pat', 'kestrel')]
  await plantFirm(vera, pat, birds, { id: firms.brightpath, nest: 'm1', host: 'mh' })
  await plantFirm(vera, lead, birds, { id: firms.rivertech, nest: 'm2', host: 'mh' })
  await plantFirm(vera, grace, birds, { id: firms.lakehurst, nest: 'm3', host: 'mh' })
  await plantFirm(otto, twice, birds, { id: firms.kestrel, nest: 'k1', host: 'kh' })
  const euro = { host: 'mh' as const, product: 'lens', currency: 'EUR' }
  const ids = [
    ...(await plantDeals(vera, pat, birds, { ...euro, nest: 'm1', country: 'DE' })),
    ...(await plantDeals(vera, lead, birds, { ...euro, nest: 'm2', country: 'DE' })),
    ...(await plantDeals(vera, grace, birds, { ...euro, nest: 'm3', country: 'US' })),
    ...(await plantDeals(otto, twice, birds, { host: 'kh', nest: 'k1', product: 'arm', currency: 'USD', country: 'DE' })),
    ...(await plantHost(vera, birds, 'mh', 'SE')),
    ...(await plantHost(otto, birds, 'kh', 'WORLD')),
  ]
  await pat.access.invite({
    name: `${birds.make('m1', 'members.name')} Person`,
    email: `${birds.make('m1', 'members.email')}@sweep.example`,
    roles: [{ role: 'partner_finance', scope: {} }],
  })
  await lead.access.invite({
    name: `${birds.make('m2', 'members.name')} Person`,
    email: `${birds.make('m2', 'members.email')}@sweep.example`,
    roles: [{ role: 'partner_finance', scope: {} }],
  })
  await vera.views.save({ page: 'deals', name: birds.make('v1', 'views.name'), query: { q: birds.make('v1', 'views.query') } })
  await vera.access.create_key({ name: birds.make('v1', 'api_keys.name'), scopes: ['partners.list'] })
  await w.settle()
  return ids
}
