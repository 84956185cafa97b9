import type { Importable, ImportColumn } from '../../kernel/importing.ts'
import type { Mapped } from './contract.ts'
import { countryOf } from './country-of.ts'
import { plainWord } from './plain-word.ts'
import { cellText, readDecimal } from './read-cell.ts'
import type { Settings } from './rules.ts'

// Words that join others and say nothing by themselves.
const JOINING = new Set(['on', 'of', 'the', 'in', 'at', 'am', 'im', 'der', 'die', 'das', 'des', 'von'])

const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .map(plainWord)
    .filter((word) => word && !JOINING.has(word))

const namesOf = ({ field, label, aliases = [] }: ImportColumn): string[] => [field, label.en, label.de, ...aliases]

/** How well a heading names a field, from 0 to 1. */
function nameScore(heading: string, column: ImportColumn): number {
  const [own, words] = [plainWord(heading), new Set(wordsOf(heading))]
  let best = 0
  for (const name of namesOf(column)) {
    if (plainWord(name) === own) return 1
    const theirs = wordsOf(name)
    const shared = theirs.filter((word) => words.has(word)).length
    if (shared > 0) best = Math.max(best, (0.85 * 2 * shared) / (theirs.length + words.size))
    else if (own.length > 4 && plainWord(name).length > 3 && own.includes(plainWord(name))) best = Math.max(best, 0.5)
  }
  return best
}

const DAY = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/

const LOOKS: Partial<Record<ImportColumn['kind'], (text: string) => boolean>> = {
  country: (text) => countryOf(text) !== null,
  domain: (text) => /^(https?:\/\/)?([\p{L}\p{N}-]+\.)+\p{L}{2,}(\/.*)?$/iu.test(text),
  mail: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
  day: (text) => DAY.test(text),
  text: (text) => !DAY.test(text),
  currency: (text) => /^(EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN|AUD|CAD|CNY|INR|SAR|AED)$/i.test(text),
  amount: (text) => readDecimal(text, '.') !== null || readDecimal(text, ',') !== null,
  flag: (text) => /^(true|false|yes|no|y|n|ja|nein|x|0|1)$/i.test(text),
}

/** Whether the cells look like the field: 1 when all do, 0 when none, and a half where there is nothing to tell by. */
function valueScore(cells: readonly string[], { kind }: ImportColumn): number {
  const looks = LOOKS[kind]
  if (!looks || cells.length === 0) return 0.5
  return cells.filter(looks).length / cells.length
}

const SURE_ALONE = new Set<ImportColumn['kind']>(['country', 'domain', 'mail', 'currency'])

function score(heading: string, cells: readonly string[], column: ImportColumn): number {
  const [name, value] = [nameScore(heading, column), valueScore(cells, column)]
  if (name === 0) return SURE_ALONE.has(column.kind) && cells.length > 1 && value > 0.9 ? 0.5 : 0
  if (value < 0.2 && LOOKS[column.kind] && cells.length > 0) return name * 0.4
  return name * (0.85 + 0.15 * value)
}

const THRESHOLD = 0.42

/** Pairs columns with fields, the surest pair first, each at most once. */
export function guessMapping(header: readonly string[], sample: readonly string[][], importable: Importable): Mapped[] {
  const cellsOf = header.map((_, i) => sample.map((row) => cellText(row[i] ?? '')).filter(Boolean))
  const pairs = header.flatMap((heading, i) =>
    importable.columns.map((column, j) => ({ i, j, field: column.field, sure: score(heading, cellsOf[i] ?? [], column) })),
  )
  pairs.sort((a, b) => b.sure - a.sure || a.j - b.j || a.i - b.i)
  const chosen = new Map<number, { field: string; sure: number }>()
  const used = new Set<string>()
  for (const { i, field, sure } of pairs) {
    if (sure < THRESHOLD || chosen.has(i) || used.has(field)) continue
    chosen.set(i, { field, sure: Math.round(sure * 100) / 100 })
    used.add(field)
  }
  return header.map((column, i) => ({ column, field: chosen.get(i)?.field ?? null, sure: chosen.get(i)?.sure ?? 0 }))
}

/** How days and amounts are written, from cells that leave no doubt; else as the delimiter's land does it. */
export function guessSettings(sample: readonly string[][], delimiter: string | null): Settings {
  const cells = sample.flat().map(cellText)
  const days = cells.flatMap((cell) => {
    const found = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/.exec(cell)
    return found ? [{ first: Number(found[1]), second: Number(found[3]), mark: found[2] }] : []
  })
  // With points the day comes first, whatever the others do.
  const open = days.filter((day) => day.mark !== '.')
  const isMonthFirst =
    open.some((day) => day.second > 12) ||
    (open.every((day) => day.first <= 12) && open.some((day) => day.mark === '/') && delimiter === ',')
  const comma = cells.filter((cell) => /^-?\d{1,3}((\.\d{3})+|\d*),\d{1,2}$/.test(cell)).length
  const point = cells.filter((cell) => /^-?\d{1,3}((,\d{3})+|\d*)\.\d{1,2}$/.test(cell)).length
  return {
    day_order: days.length === 0 ? 'ymd' : isMonthFirst ? 'mdy' : 'dmy',
    decimal: comma === point ? (delimiter === ';' ? ',' : '.') : comma > point ? ',' : '.',
    currency: null,
    country: null,
  }
}
