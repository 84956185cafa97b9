import { idSource } from '../../kernel/module.ts'
import { type Api, type CastTools, KESTREL_PLACE } from '../cast.ts'
import type { PartnerTrack, SavePartner } from './shapes.ts'

interface Firm {
  key: string
  legal_name: string
  country: string
  tracks: PartnerTrack[]
  description?: string
  parent?: string
  distributor?: string
  /** Given where the domain is not `key.example`. */
  domain?: string
  more_regions?: string[]
  onboarding?: boolean
  people?: [name: string, roles: string[]][]
}

const LEAD = ['partner_admin', 'partner_seller']
const track = (name: PartnerTrack['track'], tier = ''): PartnerTrack => ({ track: name, tier })

export const MERIDIAN_PARTNERS: readonly Firm[] = [
  {
    key: 'brightpath',
    legal_name: 'Brightpath B.V.',
    country: 'NL',
    tracks: [track('si', 'Gold')],
    description: 'Data platforms for logistics, insurance and the public sector.',
    people: [
      ['Pat', LEAD],
      ['Mona', ['partner_marketer']],
    ],
  },
  {
    key: 'brightpath-de',
    legal_name: 'Brightpath Deutschland GmbH',
    country: 'DE',
    tracks: [track('si')],
    parent: 'brightpath',
    domain: 'brightpath.example',
  },
  {
    key: 'brightpath-gb',
    legal_name: 'Brightpath UK Ltd',
    country: 'GB',
    tracks: [track('si')],
    parent: 'brightpath',
    domain: 'brightpath.example',
  },
  {
    key: 'rivertech',
    legal_name: 'Rivertech GmbH',
    country: 'DE',
    tracks: [track('si', 'Silver'), track('reseller', 'Silver')],
    people: [['Rivka', ['partner_seller']]],
  },
  {
    key: 'pellworth',
    legal_name: 'Pellworth Group plc',
    country: 'GB',
    tracks: [track('si', 'Platinum')],
    people: [['Arjun', LEAD]],
  },
  {
    key: 'castellan',
    legal_name: 'Castellan Distribuzione S.p.A.',
    country: 'IT',
    more_regions: ['ES', 'FR'],
    tracks: [track('distributor', 'Distributor')],
    people: [['Bruno', LEAD]],
  },
  {
    key: 'olivar',
    legal_name: 'Olivar Sistemas S.L.',
    country: 'ES',
    tracks: [track('reseller', 'Silver')],
    distributor: 'castellan',
    people: [['Lucía', LEAD]],
  },
  {
    key: 'ponteverde',
    legal_name: 'Ponteverde Lda',
    country: 'PT',
    tracks: [track('reseller', 'Registered')],
    distributor: 'castellan',
  },
  {
    key: 'fjordkilde',
    legal_name: 'Fjordkilde AS',
    country: 'NO',
    tracks: [track('reseller', 'Registered')],
    people: [['Nils', LEAD]],
  },
  { key: 'madar', legal_name: 'Madar Cloud LLC', country: 'SA', tracks: [track('msp', 'Gold')], people: [['Amira', LEAD]] },
  { key: 'lakehurst', legal_name: 'Lakehurst Inc.', country: 'US', tracks: [track('msp', 'Gold')], people: [['Grace', LEAD]] },
  {
    key: 'harrowpeak',
    legal_name: 'Harrow Peak LLC',
    country: 'US',
    tracks: [track('msp', 'Silver')],
    people: [['Tomas', LEAD]],
  },
  { key: 'corvane', legal_name: 'Corvane Inc.', country: 'US', tracks: [track('isv', 'Validated')], people: [['Mei', LEAD]] },
  {
    key: 'sora',
    legal_name: 'Sora Integration K.K.',
    country: 'JP',
    tracks: [track('si', 'Silver')],
    people: [['Haruka', LEAD]],
  },
  {
    key: 'quillfeather',
    legal_name: 'Quillfeather Ltd',
    country: 'GB',
    tracks: [track('influence')],
    people: [['Imogen', LEAD]],
  },
  {
    key: 'wattlebird',
    legal_name: 'Wattlebird Pty Ltd',
    country: 'AU',
    tracks: [track('referral', 'Member')],
    people: [['Josh', LEAD]],
  },
  { key: 'tsubaki', legal_name: 'Tsubaki Works K.K.', country: 'JP', tracks: [track('si', 'Registered')], onboarding: true },
]

/** The address of somebody of the cast: the first name in plain letters, at the firm's domain. */
export const addressOf = (name: string, key: string): string =>
  `${name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()}@${key}.example`

const TRADING: Record<string, string> = {
  brightpath: 'Brightpath',
  rivertech: 'Rivertech',
  pellworth: 'Pellworth Group',
  castellan: 'Castellan',
  olivar: 'Olivar Sistemas',
  ponteverde: 'Ponteverde',
  fjordkilde: 'Fjordkilde',
  madar: 'Madar Cloud',
  lakehurst: 'Lakehurst',
  harrowpeak: 'Harrow Peak',
  corvane: 'Corvane',
  sora: 'Sora Integration',
  quillfeather: 'Quillfeather',
  wattlebird: 'Wattlebird',
  tsubaki: 'Tsubaki Works',
}

async function memberId(tools: CastTools, name: string): Promise<string> {
  const { ecosystems } = await tools.as(name).identity.me()
  const own = ecosystems.find((one) => one.slug === 'meridian')
  if (!own) throw new Error(`${name} is no member of Meridian`)
  return own.member_id
}

const MANAGERS: Record<string, string> = { US: 'ana', JP: 'kenji', AU: 'kenji' }

async function addFirm(vera: Api, firm: Firm, ids: Map<string, string>): Promise<string> {
  const domain = firm.domain ?? `${firm.key}.example`
  const row: Omit<SavePartner, 'id'> = {
    legal_name: firm.legal_name,
    country: firm.country,
    domain,
    website: `https://www.${domain}`,
    tracks: firm.tracks,
    status: firm.onboarding ? 'onboarding' : 'active',
    external_id: `crm-${firm.key}`,
  }
  const trading = TRADING[firm.key]
  if (trading) row.trading_name = trading
  if (firm.description) row.description = firm.description
  if (firm.more_regions) row.more_regions = firm.more_regions
  if (firm.parent) row.parent_id = ids.get(firm.parent)
  if (firm.distributor) row.distributor_id = ids.get(firm.distributor)
  const { id } = await vera.partners.create({ ...row, is_new: Boolean(firm.parent) })
  ids.set(firm.key, id)
  return id
}

/** The named partners of Meridian with their people, and Brightpath as a partner of Kestrel. */
export async function cast(tools: CastTools): Promise<void> {
  const vera = tools.as('vera')
  const ids = new Map<string, string>()
  const managers = new Map<string, string>()
  for (const name of ['carl', 'ana', 'kenji']) managers.set(name, await memberId(tools, name))
  const firm_id = idSource.next()
  for (const firm of MERIDIAN_PARTNERS) {
    if (firm.onboarding && tools.story) continue
    const id = await addFirm(vera, firm, ids)
    // Tsubaki Works waits for a manager: its stalled onboarding is part of the story.
    if (!firm.onboarding)
      await vera.partners.assign_manager({ id, manager_id: managers.get(MANAGERS[firm.country] ?? 'carl') ?? null })
    for (const [name, roles] of firm.people ?? []) {
      const email = addressOf(name, firm.key)
      // Two years ago Tomas was with Lakehurst; the story tells how he left.
      const party_id = (tools.story && name === 'Tomas' ? ids.get('lakehurst') : undefined) ?? id
      const held = roles.map((role) => ({ role, scope: {} }))
      await tools.person({ ecosystem: 'meridian', name, email, party_id, roles: held, locale: name === 'Amira' ? 'ar' : 'en' })
    }
  }
  await vera.partners.update({ id: ids.get('brightpath') ?? '', firm_id })
  const otto = tools.as('otto', 'kestrel')
  const own = await otto.partners.create({
    legal_name: 'Brightpath B.V.',
    trading_name: `Brightpath ${KESTREL_PLACE}`,
    country: 'NL',
    region: 'WORLD',
    domain: 'brightpath.example',
    description: `Robots for the warehouses around ${KESTREL_PLACE}`,
    note: `Met at the fair in ${KESTREL_PLACE}`,
    tracks: [track('si', 'Bronze')],
    status: 'active',
    firm_id,
  })
  const roles = LEAD.map((role) => ({ role, scope: {} }))
  await tools.person({ ecosystem: 'kestrel', name: 'Pat', email: 'pat@brightpath.example', party_id: own.id, roles })
}
