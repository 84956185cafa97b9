import { KESTREL_PLACE } from '../cast.ts'
import { MERIDIAN_REGIONS } from '../ecosystems/demo.ts'
import { dayBefore, momentOf, type StoryTools, type Thread } from '../story.ts'
import { KESTREL_FIRMS, PELLWORTH_CHILDREN, STORY_FIRMS, type StoryFirm, sellerOf } from './story-firms.ts'

const HOME = 'NL'
const MANAGERS: Record<string, string> = { US: 'ana', JP: 'kenji', AU: 'kenji', SG: 'kenji', IN: 'kenji' }
const SELLS = [
  { role: 'partner_admin', scope: {} },
  { role: 'partner_seller', scope: {} },
]

const calendarOf = (country: string) => {
  const home = MERIDIAN_REGIONS.find((one) => one.code === country) ?? MERIDIAN_REGIONS.find((one) => one.code === HOME)
  if (!home) throw new Error(`There is no region ${country}`)
  return home.calendar
}

async function memberOf(tools: StoryTools, name: string): Promise<string> {
  const own = (await tools.as(name).identity.me()).ecosystems.find((one) => one.slug === 'meridian')
  if (!own) throw new Error(`${name} is no member of Meridian`)
  return own.member_id
}

/** The id of a partner that the story names. */
export const partnerIdOf = (tools: StoryTools, key: string): Promise<string> =>
  tools.inside('meridian', async (ctx) => {
    const { id } = await ctx.db
      .selectFrom('partners')
      .select('id')
      .where('tenant_id', '=', ctx.tenant_id)
      .where('external_id', '=', `crm-${key}`)
      .executeTakeFirstOrThrow()
    return id
  })

const descriptions: Record<string, string> = {
  reseller: 'Sells and renews data platforms to mid-sized firms.',
  si: 'Plans and builds data platforms.',
  msp: 'Runs data platforms for its customers, day and night.',
  isv: 'Makes an application on top of the platform.',
  referral: 'Knows people, and brings them together.',
  influence: 'Advises and writes; never sells.',
  distributor: 'Stocks, finances and trains a chain of resellers.',
}

async function join(tools: StoryTools, firm: StoryFirm): Promise<string> {
  const { id } = await tools.as('vera').partners.create({
    legal_name: firm.legal_name,
    country: firm.country,
    domain: `${firm.key}.example`,
    website: `https://www.${firm.key}.example`,
    description: descriptions[firm.track] ?? '',
    external_id: `crm-${firm.key}`,
    tracks: [{ track: firm.track, tier: firm.tier }],
    status: firm.fate === 'onboarding' ? 'onboarding' : 'active',
    manager_id: await memberOf(tools, MANAGERS[firm.country] ?? 'carl'),
    ...(firm.below ? { distributor_id: await partnerIdOf(tools, firm.below) } : {}),
  })
  return id
}

/** One firm: it joins, somebody sells there, and some leave again. */
async function* life(tools: StoryTools, firm: StoryFirm, order: number): Thread {
  const calendar = calendarOf(firm.country)
  const random = tools.random(`partner ${firm.key}`)
  const joined = firm.fate === 'onboarding' ? 20 + order : 729 - Math.floor(order / 6)
  yield momentOf(calendar, dayBefore(calendar, tools.end, joined), random.next())
  const id = await join(tools, firm)
  await seat(tools, firm, id)
  if (firm.fate === 'suspended') {
    yield momentOf(calendar, dayBefore(calendar, tools.end, 40 + order), 0.4)
    await tools
      .as('vera')
      .partners.suspend({ id, reason: 'agreement_expired', text: 'The agreement ran out and is not signed again yet.' })
  }
  if (firm.fate === 'terminated') {
    yield momentOf(calendar, dayBefore(calendar, tools.end, 150 + order), 0.4)
    await tools.as('vera').partners.terminate({ id, reason: 'mutual', text: 'We part as friends.' })
  }
  if (firm.fate === 'acquired') {
    yield momentOf(calendar, dayBefore(calendar, tools.end, 200), 0.3)
    await tools.as('vera').partners.terminate({
      id,
      reason: 'acquired_by_competitor',
      text: 'Stonebrook now belongs to a competitor of ours; access ended at once.',
    })
  }
}

/** A firm's seller: with a login by mailed link, or, where the firm has just begun, with an invitation. */
async function seat(tools: StoryTools, firm: StoryFirm, id: string): Promise<void> {
  const email = sellerOf(firm)
  if (firm.fate === 'onboarding')
    await tools.as('vera').access.invite({ name: firm.seller, email, party_id: id, roles: SELLS, locale: 'en' })
  else await tools.person({ ecosystem: 'meridian', name: firm.seller, email, party_id: id, roles: SELLS, password: false })
}

async function* pellworth(tools: StoryTools): Thread {
  yield momentOf(calendarOf('GB'), dayBefore(calendarOf('GB'), tools.end, 729), 0.2)
  const parent_id = await partnerIdOf(tools, 'pellworth')
  for (const { key, legal_name, country, seller } of PELLWORTH_CHILDREN) {
    const { id } = await tools.as('vera').partners.create({
      legal_name,
      country,
      region: country === 'US' ? 'US' : 'APAC',
      domain: 'pellworth.example',
      external_id: `crm-${key}`,
      tracks: [{ track: 'si', tier: 'Platinum' }],
      status: 'active',
      parent_id,
      manager_id: await memberOf(tools, MANAGERS[country] ?? 'carl'),
      is_new: true,
    })
    const email = `${seller.toLowerCase()}@pellworth.example`
    await tools.person({ ecosystem: 'meridian', name: seller, email, party_id: id, roles: SELLS, password: false })
  }
}

/** Ponteverde's seller, whom the cast leaves out. */
async function* ponteverde(tools: StoryTools): Thread {
  yield momentOf(calendarOf('PT'), dayBefore(calendarOf('PT'), tools.end, 728), 0.2)
  const party_id = await partnerIdOf(tools, 'ponteverde')
  const person = { ecosystem: 'meridian', name: 'Duarte', email: 'duarte@ponteverde.example', party_id, roles: SELLS }
  await tools.person({ ...person, password: false })
}

/** Sixty days ago two people left Lakehurst: Wade the programme, Tomas for Harrow Peak, where another had sold until then. */
async function* tomas(tools: StoryTools): Thread {
  const calendar = calendarOf('US')
  yield momentOf(calendar, dayBefore(calendar, tools.end, 728), 0.3)
  const party_id = await partnerIdOf(tools, 'harrowpeak')
  const firm = { ecosystem: 'meridian', party_id, roles: SELLS }
  await tools.person({ ...firm, name: 'Wes', email: 'wes@harrowpeak.example', password: false })
  await tools.person({
    ecosystem: 'meridian',
    party_id: await partnerIdOf(tools, 'lakehurst'),
    roles: [{ role: 'partner_technical', scope: {} }],
    name: 'Wade',
    email: 'wade@lakehurst.example',
    password: false,
  })
  yield momentOf(calendar, dayBefore(calendar, tools.end, 60), 0.7)
  await tools.as('grace').access.end({ id: await memberOf(tools, 'wade') })
  yield momentOf(calendar, dayBefore(calendar, tools.end, 60), 0.8)
  await tools.as('grace').access.end({ id: await memberOf(tools, 'tomas') })
  yield momentOf(calendar, dayBefore(calendar, tools.end, 57), 0.1)
  await tools.person({ ...firm, name: 'Tomas', email: 'tomas@harrowpeak.example' })
}

/** On day 23 of its onboarding and stalled on the host: nobody manages it. */
async function* tsubaki(tools: StoryTools): Thread {
  yield momentOf(calendarOf('JP'), dayBefore(calendarOf('JP'), tools.end, 23), 0.5)
  const { id } = await tools.as('vera').partners.create({
    legal_name: 'Tsubaki Works K.K.',
    trading_name: 'Tsubaki Works',
    country: 'JP',
    domain: 'tsubaki.example',
    external_id: 'crm-tsubaki',
    tracks: [{ track: 'si', tier: 'Registered' }],
    status: 'onboarding',
  })
  const email = 'natsuki@tsubaki.example'
  await tools.as('vera').access.invite({ name: 'Natsuki', email, party_id: id, roles: SELLS, locale: 'en' })
}

/** The other host's partners. */
async function* kestrel(tools: StoryTools): Thread {
  yield momentOf(calendarOf('US'), dayBefore(calendarOf('US'), tools.end, 700), 0.5)
  for (const [i, [name, seller]] of KESTREL_FIRMS.entries()) {
    const key = `${name}-${KESTREL_PLACE}`.toLowerCase()
    const { id } = await tools.as('otto', 'kestrel').partners.create({
      legal_name: `${name} ${KESTREL_PLACE} Inc.`,
      country: 'US',
      region: 'WORLD',
      domain: `${key}.example`,
      description: `Sells and installs robots around ${KESTREL_PLACE}`,
      note: `Found at the fair in ${KESTREL_PLACE}`,
      external_id: `crm-${key}`,
      tracks: [{ track: 'reseller', tier: ['Gold', 'Silver', 'Bronze'][i % 3] ?? '' }],
      status: 'active',
    })
    const person = {
      ecosystem: 'kestrel',
      name: `${seller}, ${KESTREL_PLACE}`,
      email: `seller@${key}.example`,
      party_id: id,
      roles: SELLS,
    }
    await tools.person({ ...person, password: false })
  }
}

export const story = (tools: StoryTools): Thread[] => [
  pellworth(tools),
  ...STORY_FIRMS.map((firm, order) => life(tools, firm, order)),
  ponteverde(tools),
  tomas(tools),
  tsubaki(tools),
  kestrel(tools),
]
