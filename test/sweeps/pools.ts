import type { World } from '../harness.ts'
import type { Pools } from './arbitrary.ts'
import type { Firms } from './people.ts'

const FIXED: Pools = {
  account_external_id: [undefined],
  account_domain: ['nordwind.example'],
  account_name: ['Nordwind Logistik GmbH'],
  subject_type: ['deals'],
  country: ['DE', 'NL', 'ES'],
  region: ['DE', 'NL'],
  regions: ['EMEA', 'DE'],
  more_regions: ['AT', 'CH', 'US'],
  parent_code: [null, 'EMEA'],
  currency: ['EUR', 'USD', 'GBP'],
  reporting_currency: ['EUR'],
  base: ['EUR', 'USD'],
  from: ['EUR', 'USD', '2027-01-01T00:00:00Z'],
  to: ['EUR', 'GBP'],
  rate: ['1.0825', '0.5'],
  product: ['lake', 'flow', 'lens'],
  role: ['finance', 'legal'],
  permission: ['deals.read', 'partners.list'],
  scopes: ['deals.read', 'partners.list'],
  expires_at: [null, '2030-01-01T00:00:00Z'],
  token: ['not-a-token-that-anybody-has'],
  slug: ['meridian', 'kestrel'],
  cursor: [undefined],
  calendar: [
    { zone: 'Europe/Berlin', week: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', holidays: 'DE' },
    { zone: 'Asia/Riyadh', week: [7, 1, 2, 3, 4], from: '08:00', to: '16:00', holidays: null },
  ],
  kind: ['accounts', 'partners', 'manual', 'engagement'],
  zone: ['Europe/Berlin', 'Asia/Riyadh'],
  holidays: [null, 'DE'],
  website: ['https://www.firm.example/about', null],
}

/** What fields of inputs may be called and hold in the world of the sweeps. */
export async function poolsOf(w: World, firms: Firms): Promise<Pools> {
  const [vera, pat] = [w.as('vera'), w.as('pat')]
  const [members, accounts, deals] = await Promise.all([
    vera.access.list({ limit: 200 }),
    vera.accounts.list({ limit: 200 }),
    pat.deals.list({ limit: 200 }),
  ])
  const hosts = members.items.filter((one) => one.side === 'inner' && one.state === 'active').map((one) => one.id)
  const managers = members.items.filter((one) => one.roles.some(({ role }) => role === 'channel_manager')).map((one) => one.id)
  const accountIds = accounts.items.map((one) => one.id)
  return {
    ...FIXED,
    partner_id: [firms.brightpath, firms.rivertech],
    party_id: [firms.brightpath, null],
    parent_id: [firms.castellan, null],
    distributor_id: [firms.castellan],
    into_id: [firms.castellan, accountIds[1]],
    manager_id: managers,
    executive_sponsor_id: hosts,
    owner_id: hosts,
    pass_to: [hosts[0], null],
    account_id: accountIds,
    subject_id: deals.items.map((one) => one.id),
  }
}
