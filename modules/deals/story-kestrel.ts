import { KESTREL_PLACE } from '../cast.ts'
import { KESTREL_FIRMS } from '../partners/story-firms.ts'
import { daysLater, type StoryTools, type Thread } from '../story.ts'

const CUSTOMERS = `Alder Mills|Bascom Freight|Cobalt Dairy|Dunmore Tools|Eastgate Paper|Fallow Brewing|Garnet Foods|Hollis Timber
Ironbark Steel|Juniper Glass|Kettle Creek Farms|Larkin Motors|Mesa Packaging|Northfork Grain|Osprey Marine|Pinnacle Plastics
Quarry Lane Stone|Redwing Textiles|Sagebrush Logistics|Tamarack Furniture|Upland Pharma|Vesper Aviation|Willow Bend Bakeries
Yarrow Chemicals|Ridgeline Foundry`.split(/[|\n]/)
const CONTACTS = ['Ada Brook', 'Ben Castle', 'Cleo Darrow', 'Dale Emmet', 'Edie Frost', 'Finn Gable']
/** Pat's last there: still open, and its protection of sixty days ends soon. */
const OPEN = 24
const OPEN_DAYS = 54

/** The other host's registrations. */
async function* registration(tools: StoryTools, i: number): Thread {
  const random = tools.random(`kestrel ${i}`)
  const by_pat = i % 6 === 0
  const [firm] = KESTREL_FIRMS[i % KESTREL_FIRMS.length] ?? ['']
  const customer = `${CUSTOMERS[i]} ${KESTREL_PLACE}`
  const seller = by_pat
    ? tools.as('pat', 'kestrel')
    : tools.as(`seller@${firm}-${KESTREL_PLACE}.example`.toLowerCase(), 'kestrel')
  const at = daysLater(tools.end, -(i === OPEN ? OPEN_DAYS : 620 - i * 25) - random.next())
  yield at
  const { id } = await seller.deals.register({
    customer,
    account_domain: `${customer.replaceAll(' ', '-').toLowerCase()}.example`,
    country: 'US',
    product: random.pick(['arm', 'rover']),
    amount_minor: random.int(20, 300) * 100_000,
    currency: 'USD',
    closes_on: daysLater(at, 60).slice(0, 7),
    contact_name: `${CONTACTS[i % CONTACTS.length]}, ${KESTREL_PLACE}`,
    description: `Robots for their plant at ${KESTREL_PLACE}`,
    evidence_on: daysLater(at, -3).slice(0, 10),
    evidence_kind: 'meeting',
    evidence_note: `Walk through the plant at ${KESTREL_PLACE}`,
  })
  const later = daysLater(at, random.int(20, 50))
  if (later > tools.end || i === OPEN) return
  yield later
  if (i % 3 === 0) await seller.deals.set_stage({ id, stage: 'won' })
  else if (i % 3 === 1)
    await seller.deals.set_stage({ id, stage: 'lost', lost_reason: `They keep the plant at ${KESTREL_PLACE} as it is` })
}

export const kestrel = (tools: StoryTools): Thread[] => CUSTOMERS.map((_, i) => registration(tools, i))
