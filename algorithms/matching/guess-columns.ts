const SYNONYMS = {
  name: 'name company companyname firm firmname account accountname organisation organization organisationname organizationname orgname customer customername business businessname legalname employer entity entityname vendor vendorname supplier partner partnername client clientname fullname firma raisonsociale razonsocial',
  domain:
    'domain website web url www weburl websiteurl homepage site webaddress webpage companydomain emaildomain primarydomain internet',
  country: 'country countrycode countryname land pays pais nation',
  number:
    'companynumber registrationnumber registernumber regno crn vat vatnumber vatid taxid taxnumber ein handelsregister siren siret duns lei companyid',
  phone: 'phone telephone tel phonenumber telephonenumber mobile mobilephone telefon telefono workphone',
  address: 'address street streetaddress address1 addressline1 addressline addr streetname strasse adresse direccion',
  house: 'streetnumber housenumber houseno streetno hausnummer',
  city: 'city town suburb locality municipality ort stadt ville ciudad place',
  postcode: 'postcode zip zipcode postalcode plz codepostal',
  state: 'state province county bundesland',
  parent: 'parent parentname parentcompany parentaccount ultimateparent',
  given_name: 'givenname firstname forename first vorname prenom nombre givennames',
  surname: 'surname lastname familyname last nachname secondname apellido',
  email: 'email emailaddress mail mailaddress workemail',
  birth_date: 'dateofbirth dob birthdate birthday dateborn geburtsdatum',
  national_id:
    'socsecid ssn socialsecuritynumber nationalid nationalinsurancenumber passport passportnumber personalnumber personid nino',
} as const

export type ColumnKind = keyof typeof SYNONYMS

/** Which column (by its place, from 0) holds what. */
export type Columns = Partial<Record<ColumnKind, number>>

const KINDS = new Map(
  Object.entries(SYNONYMS).flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind as ColumnKind] as const)),
)

/**
 * Guesses what each column of a table holds, from its heading; where no heading names a firm or a person, the name is the column whose sample
 * values look most like names (letters, mostly distinct, of some length). Of several fitting columns the first in the order of synonyms counts.
 */
export function guessColumns(header: string[], sample: string[][]): Columns {
  const columns: Columns = {}
  const ranks = new Map<ColumnKind, number>()
  for (const [place, heading] of header.entries()) {
    const plain = heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
    const kind = KINDS.get(plain)
    if (kind === undefined) continue
    const rank = SYNONYMS[kind].split(' ').indexOf(plain)
    if (rank >= (ranks.get(kind) ?? Number.POSITIVE_INFINITY)) continue
    ranks.set(kind, rank)
    columns[kind] = place
  }
  if (columns.name === undefined && columns.surname === undefined && columns.given_name === undefined) {
    const place = mostNameLike(header, sample, new Set(Object.values(columns)))
    if (place !== undefined) columns.name = place
  }
  return columns
}

function mostNameLike(header: string[], sample: string[][], used: Set<number>): number | undefined {
  let best = 0.4
  let found: number | undefined
  for (const place of header.keys()) {
    if (used.has(place)) continue
    const values = sample.map((row) => row[place] ?? '').filter((value) => value !== '')
    const named = values.filter(
      (value) => (value.match(/\p{L}/gu)?.length ?? 0) >= 0.6 * value.length && value.length >= 3 && value.length <= 120,
    )
    const score = values.length === 0 ? 0 : (named.length / sample.length) * (new Set(values).size / values.length)
    if (score > best) {
      best = score
      found = place
    }
  }
  return found
}
