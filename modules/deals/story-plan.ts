import { DEAL_POOL, type StoryAccount, storyAccounts } from '../accounts/story-firms.ts'
import { type Random, seededRandom } from '../story.ts'
import { amountOf, closingDay, spread } from './story-amounts.ts'
import { CHAIN, ENDED, OPEN, SELLERS, type Seller, SOON, YEAR } from './story-book.ts'

type Outcome = 'won' | 'lost' | 'expired' | 'withdrawn' | 'superseded' | 'refused' | 'rejected' | 'open' | 'review' | 'asked'
/** Why a person of the host looks at it; `rule` means that nobody does. */
type Cause = 'rule' | 'value' | 'named' | 'own' | 'tender'

export interface Sale {
  id: number
  seller: Seller
  outcome: Outcome
  customer: StoryAccount
  product: string
  eur_minor: number
  cause: Cause
  /** Nobody decided in time. */
  missed: boolean
  /** Days before the end at which it closes, expires or was registered last. */
  day: number
  /** Working hours that the decision takes. */
  hours: number
  /** Of an open one: days of protection left. Of one under review: working hours left. */
  left: number
  /** Of an open one of whoever hoards: it moved on. */
  moved?: boolean
  /** Won, then reversed. */
  reversed: boolean
  /** Of a refused one: whose scope it met. */
  met?: Sale
  /** Of a superseded one: the later registration of the same partner, or the customer's letter, or the host who goes on itself. */
  ended_by?: Sale | 'letter' | 'host'
  /** Begun by a partner that was bought, then handed to this one. */
  handed?: boolean
  /** Its registration, once it is told. */
  deal_id?: string
}

const COUNTS = { won: 236, lost: 198, expired: 96, withdrawn: 40, superseded: 12, open: 138, refused: 92, rejected: 56 }
const WON_EUR_MINOR = 2_730_000_000
/** Told apart, by name: D9 won, and the open ones D1, D5 three times, D6, D7, D10, Silbertal, Pellworth's at Helvio's parent and two prices. */
const NAMED = { won_eur_minor: 68_518_519, won: 1, open: 11, by_person: 7 }
const DECIDED_BY_PERSON = 242
const MISSED = 11
const LIMIT = 25_000_000
const PRODUCTS = ['lake', 'flow', 'lens', 'guard', 'care']

/** Hours of decisions whose median, with those told by name, is 3.1 and whose 90th percentile is 13.8. */
function decisionHours(share: number): number {
  const points = [
    [0, 0.4],
    [0.513, 3.1],
    [0.902, 13.8],
    [1, 15.6],
  ] as const
  const at = points.findIndex(([q], i) => i > 0 && share <= q)
  const [[q0, h0], [q1, h1]] = [points[at - 1] ?? points[0], points[at] ?? points[3]]
  return h0 + ((share - q0) / (q1 - q0)) * (h1 - h0)
}

interface Making {
  random: Random
  pools: Map<string, StoryAccount[]>
  sales: Sale[]
}

function add(
  { random, pools, sales }: Making,
  key: string,
  more: Partial<Sale> & Pick<Sale, 'outcome' | 'day' | 'eur_minor'>,
): void {
  const seller = SELLERS.get(key)
  if (!seller) throw new Error(`Nobody sells at ${key}`)
  const customer = more.customer ?? pools.get(seller.country)?.pop()
  if (!customer) throw new Error(`There is no customer left in ${seller.country}`)
  const product = random.pick(PRODUCTS)
  const base = { cause: 'rule', missed: false, hours: 0, left: 0, reversed: false } as const
  sales.push({ id: sales.length, seller, customer, product, ...base, ...more })
}

const at = (key: string, end: string) => ({ end, country: SELLERS.get(key)?.country ?? '' })

function addYear(making: Making, end: string): void {
  const { random } = making
  for (const [key, won, lost, thousands] of YEAR) {
    for (const eur_minor of spread(random, won, thousands * 100_000))
      add(making, key, { outcome: 'won', eur_minor, day: closingDay(random, [3, 355], at(key, end)) })
    for (let i = 0; i < lost; i += 1)
      add(making, key, { outcome: 'lost', eur_minor: amountOf(random), day: closingDay(random, [3, 355], at(key, end)) })
  }
  const chain = [...SELLERS.keys()].filter((key) => CHAIN.has(key) && key !== 'olivar' && !ENDED.has(key))
  for (const [i, eur_minor] of spread(random, 20, 188_000_000).entries()) {
    const key = chain[i % chain.length] ?? ''
    add(making, key, { outcome: 'won', eur_minor, day: closingDay(random, [3, 355], at(key, end)) })
  }
}

function addRest(making: Making, end: string): void {
  const { random, sales } = making
  const keys = [...SELLERS.keys()]
  const named = new Set([...YEAR.map(([key]) => key), 'corvane'])
  const lately = keys.filter((key) => !named.has(key) && !CHAIN.has(key) && !ENDED.has(key))
  const early = keys.filter((key) => key !== 'corvane')
  const have = (outcome: Outcome) => sales.filter((sale) => sale.outcome === outcome).length
  const closing = (i: number): [string, number] => {
    const key = random.pick(i % 2 === 0 ? lately : early)
    return [key, closingDay(random, i % 2 === 0 ? [3, 355] : [370, 610], at(key, end))]
  }
  const wins = COUNTS.won - NAMED.won - have('won')
  const earned = sales.reduce((sum, sale) => sum + (sale.outcome === 'won' ? sale.eur_minor : 0), NAMED.won_eur_minor)
  for (const [i, eur_minor] of spread(random, wins, WON_EUR_MINOR - earned).entries()) {
    const [key, day] = closing(i)
    add(making, key, { outcome: 'won', eur_minor, day })
  }
  for (let i = 0, lost = COUNTS.lost - have('lost'); i < lost; i += 1) {
    const [key, day] = closing(i)
    add(making, key, { outcome: 'lost', eur_minor: amountOf(random), day, reversed: i < 5 })
  }
  const anybody = (day: number) => random.pick(day > 300 ? keys : keys.filter((key) => !ENDED.has(key)))
  for (const [outcome, from, to] of [
    ['expired', 97, 700],
    ['withdrawn', 40, 690],
  ] as const)
    for (let i = 0; i < COUNTS[outcome]; i += 1) {
      const day = random.int(from, to)
      add(making, anybody(day), { outcome, eur_minor: amountOf(random), day })
    }
}

const BOUGHT = 'stonebrook'
/** Days before the end on which the partner that was bought lost its access, and between which its former deals close. */
const HANDED = { ended: 200, from: 145, to: 190, count: 2 }
const LETTERS = 2

/** Registrations that another took the place of: by a later one of the partner, by the customer's letter, or handed on by the host. */
function addSuperseded(making: Making): void {
  const { random, sales } = making
  const small = (sale: Sale) => sale.eur_minor <= LIMIT
  const passed = random.shuffled(
    sales.filter(
      (sale) =>
        (sale.outcome === 'won' || sale.outcome === 'lost') &&
        !sale.reversed &&
        small(sale) &&
        sale.seller.manager === 'ana' &&
        !ENDED.has(sale.seller.key) &&
        sale.day >= HANDED.from &&
        sale.day <= HANDED.to,
    ),
  )
  for (const sale of passed.slice(0, HANDED.count)) sale.handed = true
  const letters = random.shuffled([...SELLERS.keys()].filter((key) => !ENDED.has(key))).slice(0, LETTERS)
  for (const key of letters)
    add(making, key, { outcome: 'superseded', ended_by: 'letter', eur_minor: amountOf(random), day: random.int(60, 690) })
  add(making, BOUGHT, { outcome: 'superseded', ended_by: 'host', eur_minor: 6_400_000, day: HANDED.ended })
  const rest = COUNTS.superseded - HANDED.count - LETTERS - 1
  const later = random.shuffled(sales.filter((sale) => sale.outcome === 'lost' && !sale.handed && small(sale) && sale.day < 560))
  for (const ended_by of later.slice(0, rest)) {
    const product = random.pick(PRODUCTS.filter((one) => one !== ended_by.product))
    const { customer, day } = ended_by
    add(making, ended_by.seller.key, { outcome: 'superseded', ended_by, customer, product, day, eur_minor: amountOf(random) })
  }
}

function addOpen(making: Making): void {
  const { random } = making
  const put = (key: string, left: number, moved = false) =>
    add(making, key, {
      outcome: 'open',
      moved,
      left,
      day: 90 - left,
      eur_minor: left < 14 ? random.int(20, 220) * 100_000 : amountOf(random),
    })
  let open = NAMED.open
  for (const [key, count] of Object.entries(OPEN))
    for (let i = 0; i < count; i += 1, open += 1)
      put(key, i < (SOON[key] ?? 0) ? random.int(7, 12) : random.int(20, 84), i >= count - 4)
  const others = [...SELLERS.keys()].filter((key) => !(key in OPEN) && !ENDED.has(key))
  for (let i = 0; open < COUNTS.open; i += 1, open += 1) put(others[i % others.length] ?? '', random.int(20, 84))
}

/** A customer across the border from Madar's home: both sides are told, and nobody refuses it for that. */
const ABROAD: StoryAccount = {
  external_id: 'crm-abroad',
  name: 'Sahab Retail LLC',
  country: 'AE',
  domain: 'sahab-retail.example',
  segment: 'retail',
  is_customer: false,
  domains: [],
}

/** Who waits for a decision or an answer at the end, beside D2, D3, D8 and its rival, and Rivertech's two conflicts with Brightpath. */
function addWaiting(making: Making): void {
  const review: [string, number][] = [
    ['kvarnholm', 4],
    ['delmare', 5],
    ['madar', 8],
    ['brackwater', 12],
    ['ironpine', 4],
    ['redgate', 7],
    ['northlake', 10],
    ['quartzly', 15],
    ['kaminari', 6],
    ['coralcoast', 9],
    ['hoshizora', 13],
  ]
  const eur_minor = () => making.random.int(260, 480) * 100_000
  for (const [key, left] of review) {
    const abroad = key === 'madar' ? { customer: ABROAD } : {}
    add(making, key, { outcome: 'review', left, day: 0, cause: 'value', eur_minor: eur_minor(), ...abroad })
  }
  for (const key of ['sora', 'brackwater'])
    add(making, key, { outcome: 'asked', day: 4, cause: 'value', eur_minor: eur_minor(), hours: 2 })
}

/** Registrations refused by rule since another's scope stood in the way, and those that a person rejects. */
function addRejected(making: Making): void {
  const { random, sales } = making
  const free = [...SELLERS.keys()].filter((key) => !ENDED.has(key))
  const holders = random.shuffled(
    sales.filter((sale) => (sale.outcome === 'expired' || sale.outcome === 'won' || sale.outcome === 'open') && !sale.handed),
  )
  for (let i = 0; i < COUNTS.refused - 1; i += 1) {
    const met = holders[i % holders.length]
    if (!met) continue
    // The same scope: only the country of the customer counts, whoever asks for it.
    const rivals = free.filter((key) => key !== met.seller.key && SELLERS.get(key)?.manager === met.seller.manager)
    add(making, random.pick(rivals), {
      outcome: 'refused',
      met,
      customer: met.customer,
      product: met.product,
      day: met.day,
      eur_minor: amountOf(random),
    })
  }
  for (let i = 0; i < COUNTS.rejected; i += 1) {
    const cause = i % 4 === 0 ? 'named' : i % 4 === 3 ? 'value' : 'own'
    const eur_minor = cause === 'value' ? random.int(260, 520) * 100_000 : random.int(20, 240) * 100_000
    add(making, random.pick(free), { outcome: 'rejected', cause, eur_minor, day: random.int(12, 690) })
  }
}

/** Decides which of them a person looks at, how long that takes, and where nobody did in time. */
function assignCauses({ random, sales }: Making): void {
  const decided = sales.filter(
    ({ outcome, handed }) => outcome !== 'review' && outcome !== 'asked' && outcome !== 'refused' && !handed,
  )
  for (const sale of decided) if (sale.cause === 'rule' && sale.eur_minor > LIMIT) sale.cause = 'value'
  const late = decided.filter(
    (sale) => sale.cause === 'value' && (sale.outcome === 'won' || sale.outcome === 'lost' || sale.outcome === 'expired'),
  )
  for (const sale of random.shuffled(late).slice(0, MISSED)) sale.missed = true
  const wanted = DECIDED_BY_PERSON - NAMED.by_person - decided.filter((sale) => sale.cause !== 'rule' && !sale.missed).length
  const rest = decided.filter(
    ({ cause, outcome }) => cause === 'rule' && (outcome === 'won' || outcome === 'lost' || outcome === 'expired'),
  )
  for (const [i, sale] of random.shuffled(rest).slice(0, Math.max(0, wanted)).entries())
    sale.cause = i % 10 === 0 ? 'tender' : i % 3 === 0 ? 'named' : 'own'
  const by_person = random.shuffled(decided.filter((sale) => sale.cause !== 'rule' && !sale.missed))
  for (const [i, sale] of by_person.entries()) sale.hours = decisionHours((i + 0.5) / by_person.length)
}

/** Every registration of Meridian that is not told by name. */
export function planSales(end: string): Sale[] {
  const random = seededRandom('deals')
  const pools = Map.groupBy(storyAccounts().slice(0, DEAL_POOL), (account) => account.country)
  const making: Making = { random, pools, sales: [] }
  addYear(making, end)
  addRest(making, end)
  addSuperseded(making)
  addOpen(making)
  addWaiting(making)
  addRejected(making)
  assignCauses(making)
  return making.sales
}
