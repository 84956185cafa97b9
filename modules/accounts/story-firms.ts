import { type Random, seededRandom } from '../story.ts'

const FRONT =
  `alder amber anvil apple ash aspen badger barley basalt beacon beech birch black blue bramble brent bright brook cable cedar
chalk clover cobalt copper coral crane crest crow dale dawn deer dock dover drift dune eagle east ebony elder elm ember falcon fallow fern fir flint
forge fox frost garnet glen gold grain granite green grove gull harbor hawk hazel heath heron hill holly hop horn iris iron ivory jade juniper kelp
kestel lake larch lark laurel lava lily linden lunar maple marble meadow mist moss nettle north oak olive onyx opal orchid otter`.split(
    /\s+/,
  )
const BACK =
  `acre bank bay beam bell berg borough bourne bridge burn bury by cliff combe cote court craft croft cross dell den don fall fell
field firth ford fort gate gard garth grange ham hand haven head holm holt hurst keep land lea ley lock low mark marsh mead mere mill mont moor more
mount mouth ness park path peak pool port quay ridge rock row`.split(/\s+/)
const SECTORS =
  `Logistics Foods Energy Retail Health Pharma Insurance Bank Motors Rail Shipping Textiles Chemicals Media Telecom Steel Glass Timber
Water Airways Hotels Instruments Packaging Robotics Paper Mining Dairy Optics Ceramics Furniture`.split(/\s+/)
const COUNTRIES: [code: string, share: number, legal: string][] = [
  ['DE', 16, 'GmbH'],
  ['NL', 9, 'BV'],
  ['GB', 12, 'Ltd'],
  ['FR', 8, 'SAS'],
  ['IT', 10, 'S.p.A.'],
  ['ES', 9, 'S.A.'],
  ['CH', 4, 'AG'],
  ['AT', 4, 'AG'],
  ['SE', 5, 'AB'],
  ['NO', 4, 'AS'],
  ['PT', 3, 'Lda'],
  ['SA', 4, 'LLC'],
  ['US', 26, 'Inc.'],
  ['JP', 8, 'K.K.'],
  ['AU', 6, 'Pty Ltd'],
]

export interface StoryAccount {
  external_id: string
  name: string
  country: string
  domain: string
  segment: string
  is_customer: boolean
  domains: string[]
  parent_external_id?: string
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

function pickCountry(random: Random): (typeof COUNTRIES)[number] {
  const total = COUNTRIES.reduce((sum, [, share]) => sum + share, 0)
  let at = random.next() * total
  return COUNTRIES.find(([, share]) => (at -= share) < 0) ?? (COUNTRIES[0] as (typeof COUNTRIES)[number])
}

const COUNT = 5986
/** The first of them are in no family and never in an opportunity of the host: registrations are told about these. */
export const DEAL_POOL = 1800
const CUSTOMERS = 1397
const ALIASES = 411
const FAMILIES = 89

/** Customers and prospects that the cast does not name: invented names, each with a word of its own. */
export function storyAccounts(): StoryAccount[] {
  const random = seededRandom('accounts')
  const stems = random.shuffled(FRONT.flatMap((front) => BACK.map((back) => front + back))).slice(0, COUNT)
  const rows = stems.map((stem, i): StoryAccount => {
    const [country, , legal] = pickCountry(random)
    const sector = random.pick(SECTORS)
    return {
      external_id: `crm-a${String(i + 1).padStart(4, '0')}`,
      name: `${capital(stem)} ${sector} ${legal}`,
      country,
      domain: `${stem}.example`,
      segment: sector.toLowerCase(),
      is_customer: false,
      domains: [],
    }
  })
  for (const i of random.shuffled([...rows.keys()]).slice(0, CUSTOMERS)) Object.assign(rows[i] ?? {}, { is_customer: true })
  for (const i of random.shuffled([...rows.keys()]).slice(0, ALIASES)) {
    const row = rows[i]
    if (row) row.domains = [row.domain.replace('.example', '-group.example')]
  }
  addFamilies(rows, random)
  return rows
}

function addFamilies(rows: StoryAccount[], random: Random): void {
  let at = DEAL_POOL
  for (let family = 0; family < FAMILIES; family += 1) {
    const parent = rows[at]
    const children = random.int(1, 4)
    for (let i = 1; i <= children; i += 1) {
      const child = rows[at + i]
      if (parent && child) child.parent_external_id = parent.external_id
    }
    at += children + 1
  }
}

/** Accounts beyond the deal pool and the families, where the host works alone. */
export const OWN_POOL = DEAL_POOL + 600
