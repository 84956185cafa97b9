import type { ImportColumn } from '../../kernel/importing.ts'
import { exponentOf } from '../../kernel/money.ts'
import { countryOf } from './country-of.ts'
import { plainWord } from './plain-word.ts'
import type { Settings } from './rules.ts'

/** Why a cell is no value: a sentence, and its code with what it speaks of. */
export interface Problem {
  problem: string
  code: string
  values: Record<string, string>
}
export type Read = { value: unknown } | Problem

const no = (code: string, problem: string, values: Record<string, string>): Problem => ({ problem, code, values })

/** The text of a cell; the apostrophe that an export put before what a spreadsheet would run is taken away again. */
export function cellText(cell: string): string {
  const text = /^'\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? cell.slice(1) : cell
  return text.replaceAll('\0', '').trim()
}

const YES = new Set(['true', 'yes', 'y', '1', 'x', 'ja', 'j', 'wahr', 'oui', 'si', 'on'])
const NO = new Set(['false', 'no', 'n', '0', 'nein', 'falsch', 'non', 'off'])

function readDay(text: string, order: Settings['day_order']): string | null {
  const iso = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[T ].*)?$/.exec(text)
  const other = /^(\d{1,2})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{4}|\d{2})(?: .*)?$/.exec(text)
  let [year, month, day] = [0, 0, 0]
  if (iso) [year, month, day] = [Number(iso[1]), Number(iso[2]), Number(iso[3])]
  else if (other) {
    const [first, second] = [Number(other[1]), Number(other[2])]
    const long = Number(other[3])
    year = long < 100 ? 2000 + long : long
    // With points nobody writes the month first.
    const isMonthFirst = order === 'mdy' && !/^\d+\./.test(text)
    ;[day, month] = isMonthFirst ? [second, first] : [first, second]
  } else return null
  const at = new Date(Date.UTC(year, month - 1, day))
  const isReal = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return isReal ? at.toISOString().slice(0, 10) : null
}

/** Why a text is no day; of one that is a day in the other order, how the file is read. */
function dayProblem(text: string, order: Settings['day_order']): Problem {
  const isMonthFirst = order === 'mdy'
  const other = readDay(text, isMonthFirst ? 'dmy' : 'mdy')
  if (other === null) return no('no_day', `'${text}' is no day: write it as 2026-11-22`, { text })
  const first = isMonthFirst ? 'month' : 'day'
  return no(`${first}_first`, `'${text}' is no day where the ${first} comes first: change how the file writes days`, { text })
}

function readMonth(text: string, order: Settings['day_order']): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})$/.exec(text) ?? /^(\d{1,2})[-/.](\d{4})$/.exec(text)
  if (!iso) return readDay(text, order)
  const [first = '', second = ''] = iso.slice(1)
  const [year, month] = first.length === 4 ? [first, second] : [second, first]
  return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${month.padStart(2, '0')}` : null
}

/** A decimal text in figures and one point, or null: groups must be of three figures. */
export function readDecimal(text: string, decimal: Settings['decimal']): string | null {
  const bare = text.replace(/^[^\d\-−(.,]+|[^\d).,]+$/g, '').replace('−', '-')
  const isMinus = /^\(.*\)$/.test(bare) || bare.startsWith('-')
  const digits = bare.replace(/[()-]/g, '')
  const [whole = '', fraction, ...more] = digits.split(decimal)
  if (more.length > 0 || (fraction !== undefined && !/^\d*$/.test(fraction))) return null
  const groups = whole.split(/[.,'’\s\u00a0\u202f]/)
  if (
    groups.some(
      (group, i) => !/^\d+$/.test(group) || (i > 0 && group.length !== 3) || (groups.length > 1 && i === 0 && group.length > 3),
    )
  )
    return null
  return `${isMinus ? '-' : ''}${groups.join('')}${fraction ? `.${fraction}` : ''}`
}

/** Minor units of an amount, exact; more decimals than the currency has are refused. */
export function readAmount(text: string, { decimal, currency }: { decimal: Settings['decimal']; currency: string }): Read {
  const plain = readDecimal(text, decimal)
  if (plain === null)
    return no('no_amount', `'${text}' is no amount with ${decimal === ',' ? 'a comma' : 'a point'} as its decimal mark`, {
      text,
      decimal,
    })
  let places: number
  try {
    places = exponentOf(currency)
  } catch {
    return no('no_currency', `'${currency}' is no currency code as EUR`, { text: currency })
  }
  const [whole = '0', fraction = ''] = plain.split('.')
  if (/[1-9]/.test(fraction.slice(places)))
    return no('more_decimals', `'${text}' has more decimals than ${currency} has`, { text, currency })
  const value = Number(`${whole}${fraction.slice(0, places).padEnd(places, '0')}`)
  return Number.isSafeInteger(value) ? { value } : no('too_large', `'${text}' is too large`, { text })
}

function readChoice(text: string, choices: ImportColumn['choices']): Read {
  const word = plainWord(text)
  for (const [value, others] of Object.entries(choices ?? {}))
    if (plainWord(value) === word || others.some((other) => plainWord(other) === word)) return { value }
  const all = Object.keys(choices ?? {}).join(', ')
  return no('no_choice', `'${text}' is none of ${all}`, { text, choices: all })
}

function readList(text: string, choices: ImportColumn['choices']): Read {
  const items = text
    .split(/[;,|\n]/)
    .map((item) => item.trim())
    .filter(Boolean)
  if (!choices) return { value: items }
  const read = items.map((item) => readChoice(item, choices))
  return read.find((one) => 'problem' in one) ?? { value: read.map((one) => ('value' in one ? one.value : '')) }
}

const orProblem = (value: unknown, problem: Problem): Read => (value === null ? problem : { value })

// What a spreadsheet shows where it could not reckon, in English and German.
const ERRORS = /^#(N\/A|DIV\/0!|REF!|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!|NV|BEZUG!|WERT!|ZAHL!|ÜBERLAUF!)$/

/** Reads a cell that is not empty as its field wants it. Amounts wait for their currency and come as text. */
export function readCell(text: string, { kind, choices }: ImportColumn, settings: Settings): Read {
  if (ERRORS.test(text)) return no('cell_error', `'${text}' is an error of the spreadsheet: mend its formula`, { text })
  switch (kind) {
    case 'country':
      return orProblem(countryOf(text), no('no_country', `'${text}' is no country: write it as DE or Germany`, { text }))
    case 'currency':
      return /^[a-z]{3}$/i.test(text)
        ? { value: text.toUpperCase() }
        : no('no_currency', `'${text}' is no currency code as EUR`, { text })
    case 'day':
      return orProblem(readDay(text, settings.day_order), dayProblem(text, settings.day_order))
    case 'month':
      return orProblem(
        readMonth(text, settings.day_order),
        no('no_month', `'${text}' is no month: write it as 2027-03`, { text }),
      )
    case 'flag': {
      const word = plainWord(text)
      return YES.has(word)
        ? { value: true }
        : NO.has(word)
          ? { value: false }
          : no('no_flag', `'${text}' is neither yes nor no`, { text })
    }
    case 'whole': {
      const plain = readDecimal(text, settings.decimal)
      return plain && /^-?\d+$/.test(plain) ? { value: Number(plain) } : no('no_whole', `'${text}' is no whole number`, { text })
    }
    case 'mail':
      return /^[^\s@]+@[^\s@]+$/.test(text)
        ? { value: text.toLowerCase() }
        : no('no_mail', `'${text}' is no mail address`, { text })
    case 'choice':
      return readChoice(text, choices)
    case 'list':
      return readList(text, choices)
    case 'amount':
    case 'domain':
    case 'text':
      return { value: text }
  }
}
