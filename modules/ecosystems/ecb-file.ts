import { parse } from 'csv-parse/sync'
import { XMLParser } from 'fast-xml-parser'
import * as z from 'zod'
import { Rate } from '../../kernel/contract.ts'
import { invalid } from '../../kernel/errors.ts'

/** One reference rate: so many units of `currency` for 1 EUR on that day. */
export interface EcbRate {
  on: string
  currency: string
  rate: string
}

const Code = z.string().regex(/^[A-Z]{3}$/)
const Day = z.iso.date()
const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const CurrencyCube = z.object({ currency: z.string(), rate: z.string() })
const DayCube = z.object({ time: z.string(), Cube: z.array(CurrencyCube) })
const Envelope = z.object({ Envelope: z.object({ Cube: z.tuple([z.object({ Cube: z.array(DayCube).min(1) })]) }) })

/**
 * Reads the euro reference rates as the European Central Bank publishes them: `eurofxref-daily.xml`, `-hist-90d.xml`, `-hist.xml`,
 * `eurofxref.csv`, `eurofxref-hist.csv`. Withdrawn currencies are read too; a rate the bank did not fix (`N/A`) gives no row.
 */
export function parseEcbFile(text: string): EcbRate[] {
  const content = text.replace(/^\ufeff/, '').trimStart()
  if (content.startsWith('PK')) throw fileError('the file is still packed; unzip it and give the .csv or .xml inside')
  const rates = content.startsWith('<') ? fromXml(content) : fromCsv(content)
  if (rates.length === 0) throw fileError('the file holds no rates; give an eurofxref file of the European Central Bank')
  const seen = new Set<string>()
  for (const { on, currency } of rates) {
    const key = `${on} ${currency}`
    if (seen.has(key)) throw fileError(`${currency} has two rates on ${on}; remove one`)
    seen.add(key)
  }
  return rates
}

function fromXml(content: string): EcbRate[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    removeNSPrefix: true,
    parseAttributeValue: false,
    processEntities: false,
    isArray: (name) => name === 'Cube',
  })
  let document: unknown
  try {
    document = parser.parse(content, true)
  } catch (error) {
    throw fileError(`the XML cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const envelope = Envelope.safeParse(document)
  if (!envelope.success) throw fileError('the XML is no eurofxref file: it lacks Cube elements with time, currency and rate')
  return envelope.data.Envelope.Cube[0].Cube.flatMap(({ time, Cube }) =>
    Cube.map(({ currency, rate }) => row(time, currency, rate, `day ${time}`)),
  )
}

function fromCsv(content: string): EcbRate[] {
  let lines: string[][]
  try {
    lines = parse(content, { trim: true, skip_empty_lines: true, relax_column_count: true })
  } catch (error) {
    throw fileError(`the CSV cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const [header = [], ...days] = lines
  if (header[0] !== 'Date' || !Code.safeParse(header[1]).success) {
    throw fileError('the first line must be "Date,USD,JPY,…" as in eurofxref-hist.csv')
  }
  return days.flatMap((cells, i) => {
    const line = `line ${i + 2}`
    if (cells.length !== header.length) throw fileError(`${line} has ${cells.length} cells, the first line has ${header.length}`)
    const [date = '', ...values] = cells
    // Each line ends with a comma, so the last header is empty.
    return values.flatMap((value, column) => {
      const currency = header[column + 1] ?? ''
      return currency === '' || value === '' || value === 'N/A' ? [] : [row(date, currency, value, line)]
    })
  })
}

function row(date: string, currency: string, rate: string, where: string): EcbRate {
  const on = isoDate(date)
  if (!Day.safeParse(on).success) throw fileError(`${where}: '${date}' is not a date`)
  if (!Code.safeParse(currency).success) throw fileError(`${where}: '${currency}' is not a currency code`)
  if (!Rate.safeParse(rate).success) throw fileError(`${where}: the rate of ${currency} is '${rate}', not a decimal above zero`)
  return { on, currency, rate }
}

/** The daily CSV writes `20 November 2026`, everything else `2026-11-20`. */
function isoDate(text: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? []
  const number = MONTHS.indexOf(month) + 1
  return number > 0 ? `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}` : text
}

function fileError(message: string) {
  return invalid([{ path: 'file', message }])
}
