// Words that say little about which firm is meant. Only the tail of a name (and a leading article) is ever dropped.

/** Dropped from the end of a name while something is left: they name the position in a group, not the firm. */
export const TAIL_NOISE = new Set(
  'group groupe gruppe gruppo grupo grup holding holdings holdco gruppen konzern companies enterprises enterprise com the worldwide'.split(
    ' ',
  ),
)

/** Joining words, dropped wherever they stand inside a name: "Procter and Gamble", "Procter & Gamble", "Procter Gamble". */
export const JOINING = new Set('and und et y og och of on at in de des du der di del della the la le el les los'.split(' '))

/** Words written short; both spellings are compared as the long one. */
export const SHORT_FORMS = new Map(
  Object.entries({
    intl: 'international',
    internatl: 'international',
    int: 'international',
    natl: 'national',
    nat: 'national',
    mfg: 'manufacturing',
    mfrs: 'manufacturers',
    svcs: 'services',
    svc: 'services',
    service: 'services',
    serv: 'services',
    tech: 'technology',
    techs: 'technology',
    technologies: 'technology',
    sys: 'systems',
    system: 'systems',
    mgmt: 'management',
    mgt: 'management',
    fin: 'financial',
    finl: 'financial',
    pharma: 'pharmaceuticals',
    pharm: 'pharmaceuticals',
    pharmaceutical: 'pharmaceuticals',
    labs: 'laboratories',
    lab: 'laboratories',
    laboratory: 'laboratories',
    inds: 'industries',
    ind: 'industries',
    industry: 'industries',
    comm: 'communications',
    comms: 'communications',
    communication: 'communications',
    bros: 'brothers',
    assoc: 'associates',
    assocs: 'associates',
    ctr: 'center',
    centre: 'center',
    centres: 'centers',
    hldg: 'holding',
    hldgs: 'holdings',
    grp: 'group',
    amer: 'american',
    univ: 'university',
    elec: 'electric',
    engr: 'engineering',
    eng: 'engineering',
    dept: 'department',
    dist: 'distribution',
    prod: 'products',
    prods: 'products',
    product: 'products',
    resource: 'resources',
    solution: 'solutions',
    semi: 'semiconductor',
    semiconductors: 'semiconductor',
    saint: 'st',
    bancorporation: 'bancorp',
    property: 'properties',
    restaurant: 'restaurants',
    material: 'materials',
    chemical: 'chemicals',
    airline: 'airlines',
    network: 'networks',
    therapeutic: 'therapeutics',
    brand: 'brands',
  }),
)

const DESCRIPTORS = `group holdings holding companies com worldwide international global technology solutions services systems industries enterprises financial
finance capital energy communications resources brands properties pharmaceuticals therapeutics biosciences sciences science laboratories
health healthcare medical entertainment media networks network stores wholesale retail restaurants foods food beverage beverages products
insurance assurance bank banking bancorp bancshares bankshares trust realty estate real reit wealth asset assets management partners
associates brothers consulting consultants software digital data electronics electric electrical power gas oil petroleum
mining minerals metals gold silver steel chemical chemicals materials paper packaging plastics rubber glass cement construction engineering
manufacturing motor motors automotive auto airlines air aviation aerospace defense defence logistics transport transportation shipping
freight railway rail lines water utilities utility environmental waste gaming games resorts hotels hotel hospitality leisure travel cruise
education university college school research development investments investment investors securities ventures equity fund funds credit
mortgage lending leasing payments markets exchange telecom telecommunications wireless cable broadcasting publishing press news studios
pictures music fashion apparel clothing footwear cosmetics beauty home homes furniture garden agriculture farms dairy brewing breweries
wine spirits tobacco semiconductor devices instruments equipment machinery machines tools hardware controls automation robotics security
safety innovations labs design interiors print printing trading trade export import distribution supply outsourcing staffing marketing
advertising biotech biotechnology biopharma bio life care oncology genetics diagnostics dental clinic clinics hospital hospitals pharmacy
handel vertrieb werke bau technik maschinenbau versicherung versicherungen industrie industrien beteiligungs verwaltungs dienstleistungen
banque assurances banco bank seguros comercial industrial industria servicos servicios societe compagnie`

const PLACES_AND_ORDER = `american america national united first new general us usa uk world western eastern northern southern north south east west central
pacific atlantic european europe asia asian african africa canada canadian china chinese india indian japan german germany deutschland france
french italy italia spain swiss british english london york texas california florida ohio boston chicago city county state states
one two three premier advanced universal standard modern star green blue red golden silver high great big old royal
public community american federal independent allied associated consolidated integrated applied dynamic strategic total quality natural fresh`

/** Words that describe a trade or a position rather than name a firm; everyday speech leaves them out. */
export const DESCRIPTIVE = new Set(DESCRIPTORS.split(/\s+/))
/** Words so many names share that they tell little, though leaving them out changes the name. */
export const COMMON = new Set(PLACES_AND_ORDER.split(/\s+/))
