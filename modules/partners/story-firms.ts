import type { Track } from './rules.ts'

type Fate = 'active' | 'onboarding' | 'suspended' | 'terminated' | 'acquired'

export interface StoryFirm {
  key: string
  legal_name: string
  country: string
  track: Track
  tier: string
  /** Under this distributor. */
  below?: 'castellan'
  fate: Fate
  /** Who sells there. */
  seller: string
}

const LEGAL: Record<string, string> = {
  NL: 'B.V.',
  DE: 'GmbH',
  AT: 'GmbH',
  CH: 'AG',
  GB: 'Ltd',
  SE: 'AB',
  FR: 'SAS',
  IT: 'S.r.l.',
  ES: 'S.L.',
  PT: 'Lda',
  US: 'Inc.',
  JP: 'K.K.',
  AU: 'Pty Ltd',
}

// key, name, country, track, tier, seller, fate (active unless said), distributor
const ROWS = `
kvarnholm|Kvarnholm|SE|si|Silver|Astrid
delmare|Delmare|IT|reseller|Gold|Chiara
brackwater|Brackwater|GB|msp|Gold|Rupert
altacosta|Altacosta Sistemi|IT|reseller|Silver|Marco||castellan
bellaterra|Bellaterra Dati|IT|reseller|Registered|Giulia||castellan
montechiaro|Montechiaro Informatica|IT|reseller|Registered|Paolo||castellan
sassoverde|Sassoverde|IT|reseller|Silver|Elena||castellan
torreluna|Torreluna|IT|reseller|Registered|Davide||castellan
carrasco|Carrasco y Vidal|ES|reseller|Registered|Inés||castellan
penarroja|Peñarroja Datos|ES|reseller|Silver|Javier||castellan
riosol|Riosol Tecnología|ES|reseller|Registered|Marta||castellan
valdemora|Valdemora|ES|reseller|Registered|Andrés|suspended|castellan
boisjoli|Boisjoli Conseil|FR|reseller|Silver|Camille||castellan
clairvent|Clairvent|FR|reseller|Registered|Hugo||castellan
pontneuf|Maison Pontneuf|FR|reseller|Registered|Manon|onboarding|castellan
ostermark|Ostermark Systeme|DE|si|Silver|Jonas
hollenstein|Hollenstein Beratung|AT|si|Registered|Katharina
zellweger|Zellweger Daten|CH|si|Silver|Reto
vennekamp|Vennekamp Beheer|NL|msp|Silver|Joris
thornbury|Thornbury Labs|GB|isv|Validated|Priya
feldhaus|Feldhaus Empfehlung|DE|referral|Member|Uwe
lumiere|Lumière Analyse|FR|influence||Solène
gutenhof|Gutenhof Distribution|DE|distributor|Distributor|Sabine
cedarline|Cedarline|US|reseller|Silver|Madison
bluemesa|Blue Mesa Data|US|reseller|Registered|Tyler|onboarding
ironpine|Ironpine Consulting|US|si|Gold|Rachel
redgate|Redgate Hollow|US|si|Silver|Marcus
stonebrook|Stonebrook Partners|US|si|Registered|Olivia|acquired
northlake|Northlake Managed|US|msp|Silver|Dwight
pinecrest|Pinecrest Operations|US|msp|Registered|Naomi|terminated
coastal|Coastal Care Systems|US|msp|Registered|Wendell
quartzly|Quartzly|US|isv|Validated|Simone
helmsman|Helmsman Software|US|isv|Validated|Preston
tallgrass|Tallgrass Apps|US|isv|Registered|Kiara|onboarding
harborview|Harborview Introductions|US|referral|Member|Leland
mesabi|Mesabi Connect|US|referral|Member|Bonnie|suspended
lodestar|Lodestar Research|US|influence||Gwen
kaminari|Kaminari Systems|JP|si|Silver|Ren
banksia|Banksia Digital|AU|si|Registered|Matilda|onboarding
coralcoast|Coral Coast Managed|AU|msp|Silver|Lachlan
hoshizora|Hoshizora Soft|JP|isv|Validated|Yuna
yarrawood|Yarrawood|AU|referral|Member|Callum
minato|Minato Trading|JP|distributor|Distributor|Sota
kogane|Kogane Data|JP|reseller|Registered|Aoi|onboarding
bluegum|Bluegum Resellers|AU|reseller|Silver|Tahlia|terminated
`

/** The firms of Meridian that the cast does not name already. */
export const STORY_FIRMS: readonly StoryFirm[] = ROWS.trim()
  .split('\n')
  .map((line) => {
    const [key = '', name = '', country = '', track = '', tier = '', seller = '', fate = '', below = ''] = line.split('|')
    const firm: StoryFirm = {
      key,
      legal_name: `${name} ${LEGAL[country] ?? ''}`.trim(),
      country,
      // The rows above name tracks and fates only.
      track: track as Track,
      tier,
      fate: (fate || 'active') as Fate,
      seller,
    }
    return below === 'castellan' ? { ...firm, below } : firm
  })

/** Firms of a group, registered where its parent is not. */
export const PELLWORTH_CHILDREN = [
  { key: 'pellworth-us', legal_name: 'Pellworth Group Inc.', country: 'US', seller: 'Dev' },
  { key: 'pellworth-in', legal_name: 'Pellworth India Pvt Ltd', country: 'IN', seller: 'Anjali' },
  { key: 'pellworth-sg', legal_name: 'Pellworth Singapore Pte Ltd', country: 'SG', seller: 'Wei' },
]

const ASCII = /[^a-z]/g
/** The address of a firm's seller. */
export const sellerOf = (firm: { key: string; seller: string }): string =>
  `${firm.seller.normalize('NFD').toLowerCase().replace(ASCII, '')}@${firm.key}.example`

/** The other host's firms, each with who sells there. */
export const KESTREL_FIRMS = [
  ['Ardenne', 'Gail Moreno'],
  ['Bexley', 'Hank Osborne'],
  ['Corrigan', 'Iris Lund'],
  ['Duskfield', 'Joel Marsh'],
  ['Ellery', 'Kay Winslow'],
] as const
