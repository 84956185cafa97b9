const nouns = [
  'deal',
  'partner',
  'tier',
  'distributor',
  'reseller',
  'campaign',
  'certification',
  'course',
  'payout',
  'vendor',
  'protection',
  'referral',
  'programme',
  'commission',
  'rebate',
  'customer',
  'registration',
  'named account',
  'co-?sell',
]

const plural = (noun: string) => `${noun}s?`
const any = [...nouns.map(plural), 'opportunit(?:y|ies)', 'mdf', 'meridian', 'kestrel', 'brightpath'].join('|')
const capital = any.replace(/(^|\|)([a-z])/g, (_, before: string, first: string) => before + first.toUpperCase())

/** Words of the domain, alone or as a part of a name: partner_id, dealRow, visibleDeals. */
export const KERNEL_WORDS = new RegExp(`(?<![A-Za-z])(?:${any})(?![a-z])|(?:${capital})(?![a-z])`, 'g')

export const FETCH = /(?<![\w.])fetch\(/g
export const NETWORK_PACKAGES = /^(node:)?(https?|http2|net|tls|dgram|undici|axios|got|ws)$/
/** Where the network may be touched: the one door out, the database that we start, the address that we try, peers of algorithms, browsers and commands. */
export const OUR_NETWORK =
  /^(kernel\/(outbound|postgres|db)\.ts|modules\/take-address\.ts|algorithms\/overlap\/|client\/|cli\/|web\/|modules\/[^/]+\/ui\/|bin\/)/

/** Places where the project was made and not where it is used; spelled apart so that this file holds none. */
export const STRANGERS = [
  ['', 'work', 'shared'],
  ['', 'work', 'main'],
  ['..', 'shared', ''],
  ['', 'tmp', 'brief'],
].map((parts) => parts.join('/'))
