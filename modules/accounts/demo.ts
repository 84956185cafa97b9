import { type CastTools, KESTREL_PLACE } from '../cast.ts'
import type { SaveAccount } from './shapes.ts'

type Firm = Omit<SaveAccount, 'id' | 'parent_external_id'> & { external_id: string; parent?: string; aliases?: string[] }

const firm = (key: string, name: string, country: string, more: Partial<Firm> = {}): Firm => ({
  external_id: `crm-${key}`,
  name,
  country,
  domain: `${key}.example`,
  ...more,
})

const MERIDIAN_ACCOUNTS: readonly Firm[] = [
  firm('nordwind', 'Nordwind Logistik GmbH', 'DE', {
    company_number: 'HRB 118203',
    segment: 'logistics',
    aliases: ['nordwind-group.example'],
  }),
  firm('port-veldhaven', 'Port of Veldhaven', 'NL', {
    domain: 'veldhaven.public.example',
    shared_domain: true,
    segment: 'public',
  }),
  firm('city-veldhaven', 'City of Veldhaven', 'NL', {
    domain: 'veldhaven.public.example',
    shared_domain: true,
    segment: 'public',
  }),
  firm('helvio', 'Helvio Inc', 'US', { is_customer: true, customer_since_on: '2024-05-02', segment: 'life sciences' }),
  firm('helvio-pharma', 'Helvio Pharma AG', 'CH', {
    parent: 'helvio',
    company_number: 'CHE-114.208.531',
    segment: 'life sciences',
  }),
  firm('aurelia', 'Aurelia Versicherung AG', 'AT', { segment: 'insurance' }),
  firm('vantor', 'Vantor Energy BV', 'NL', { company_number: '60218734', segment: 'energy' }),
  firm('tindra', 'Tindra Sjømat AS', 'NO', { segment: 'food' }),
  firm('alcorta', 'Grupo Alcorta S.A.', 'ES', { segment: 'retail' }),
  firm('greatbasin', 'Great Basin Rail Inc.', 'US', { is_customer: true, customer_since_on: '2023-11-01', segment: 'transport' }),
  firm('solace', 'Solace Health Inc.', 'US', { segment: 'health' }),
  firm('hoshina', 'Hoshina Motors K.K.', 'JP', { segment: 'automotive' }),
  firm('kolibri', 'Kolibri Foods GmbH', 'DE', { is_customer: true, customer_since_on: '2025-03-10', segment: 'food' }),
  firm('halvorsen', 'Halvorsen Telecom ASA', 'NO', { segment: 'telecoms' }),
]

const daysBefore = (now: string, days: number): string => new Date(Date.parse(now) - days * 86_400_000).toISOString().slice(0, 10)

/** Dana's own work at Vantor: its typed date lies three weeks before the moment it was first seen. */
export async function tellVantor(tools: CastTools, opened_on: string): Promise<void> {
  const dana = (await tools.as('dana').identity.me()).ecosystems.find((one) => one.slug === 'meridian')
  await tools.as('dana').accounts.create_opportunity({
    external_id: 'crm-opp-vantor',
    account_external_id: 'crm-vantor',
    name: 'Vantor metering platform',
    product: 'lake',
    amount_minor: 39_000_000,
    currency: 'EUR',
    stage: 'discovery',
    owner_id: dana?.member_id ?? null,
    opened_on,
  })
}

/** The customers and prospects of the story, one named account, and Dana's opportunity at Vantor; Kestrel knows Nordwind, too. */
export async function cast(tools: CastTools): Promise<void> {
  const { accounts } = tools.as('vera')
  const ids = new Map<string, string>()
  for (const { parent, aliases, ...row } of MERIDIAN_ACCOUNTS) {
    const parent_id = parent ? (ids.get(`crm-${parent}`) ?? null) : null
    const { id } = await accounts.create({ ...row, parent_id })
    ids.set(row.external_id, id)
    for (const domain of aliases ?? []) await accounts.add_domain({ id, domain })
  }
  const now = await tools.now()
  await accounts.add_named({
    id: ids.get('crm-halvorsen') ?? '',
    from_on: daysBefore(now, 0),
    note: 'Strategic account of the board',
  })
  if (!tools.story) await tellVantor(tools, daysBefore(now, 30))
  const otto = tools.as('otto', 'kestrel').accounts
  const { id } = await otto.create({
    name: `Nordwind Logistik GmbH, ${KESTREL_PLACE}`,
    country: 'DE',
    domain: 'nordwind.example',
    note: `Their depot at ${KESTREL_PLACE}`,
  })
  await otto.create_opportunity({
    account_id: id,
    name: `Warehouse arms for ${KESTREL_PLACE}`,
    product: 'arm',
    amount_minor: 90_000_000,
    currency: 'USD',
  })
}
