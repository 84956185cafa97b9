import { KESTREL_FIRMS } from '../partners/story-firms.ts'
import { daysLater, type StoryTools, type Thread } from '../story.ts'

const WORD = 'kestrelcanary'
const COUNT = 25
/** Pat's last there: still open, and its protection of sixty days ends soon. */
const OPEN = 24
const OPEN_DAYS = 54

/** The other host's registrations; the word in every text shows wherever one of them would leak. */
async function* registration(tools: StoryTools, i: number): Thread {
  const random = tools.random(`kestrel ${i}`)
  const by_pat = i % 6 === 0
  const firm = KESTREL_FIRMS[i % KESTREL_FIRMS.length] ?? ''
  const seller = by_pat ? tools.as('pat', 'kestrel') : tools.as(`seller@${firm.toLowerCase()}-${WORD}.example`, 'kestrel')
  const at = daysLater(tools.end, -(i === OPEN ? OPEN_DAYS : 620 - i * 25) - random.next())
  yield at
  const { id } = await seller.deals.register({
    customer: i === OPEN ? `Ridgeline Foundry ${WORD}` : `Customer ${i + 1} ${WORD}`,
    account_domain: `customer-${i + 1}-${WORD}.example`,
    country: 'US',
    product: random.pick(['arm', 'rover']),
    amount_minor: random.int(20, 300) * 100_000,
    currency: 'USD',
    closes_on: daysLater(at, 60).slice(0, 7),
    contact_name: `Contact ${WORD}`,
    description: WORD,
    evidence_on: daysLater(at, -3).slice(0, 10),
    evidence_kind: 'meeting',
    evidence_note: WORD,
  })
  const later = daysLater(at, random.int(20, 50))
  if (later > tools.end || i === OPEN) return
  yield later
  if (i % 3 === 0) await seller.deals.set_stage({ id, stage: 'won' })
  else if (i % 3 === 1) await seller.deals.set_stage({ id, stage: 'lost', lost_reason: WORD })
}

export const kestrel = (tools: StoryTools): Thread[] => Array.from({ length: COUNT }, (_, i) => registration(tools, i))
