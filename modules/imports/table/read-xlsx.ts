import { checkRow, LIMITS, type TableRow, unreadable } from './limits.ts'
import type { Workbook } from './workbook.ts'
import { attributeOf, readXml } from './xml.ts'
import type { Zip } from './zip.ts'

/** The place of a column from its letters: A is 0. */
function columnOf(reference: string): number {
  let column = 0
  for (const char of reference) {
    const letter = char.charCodeAt(0) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
    if (column > 20_000) break
  }
  return column - 1
}

/** A day number of a spreadsheet as 2026-11-22, with its time where it has one. */
export function dayText(serial: number, is1904: boolean): string {
  // Day 60 of the 1900 count is a 29 February that never was; days before it are one off.
  const days = is1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const at = new Date(Math.round((days - 25_569) * 86_400_000))
  if (Number.isNaN(at.getTime())) return String(serial)
  const text = at.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}

interface Cell {
  column: number
  type: string
  style: number
  value: string
}

function textOf({ type, style, value }: Cell, book: Workbook): string {
  if (type === 's') return book.shared[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'true' : 'false'
  if (type === 'str' || type === 'inlineStr' || type === 'e') return value
  if (type === 'd') return value.slice(0, 10)
  const number = Number(value)
  if (value === '' || Number.isNaN(number)) return value
  if (book.isDay[style]) return dayText(number, book.is1904)
  return /e/i.test(value) || value.length > 15 ? String(Number(number.toPrecision(15))) : value
}

const isNumber = ({ type, style, value }: Cell, book: Workbook): boolean =>
  type === 'n' && !book.isDay[style] && value !== '' && Number.isFinite(Number(value))

/** Reads the sheet; `take` gets each row that holds something. */
export async function readSheet(zip: Zip, book: Workbook, take: (row: TableRow) => void): Promise<void> {
  let [line, column, inValue] = [0, -1, false]
  let [cells, numbers]: [string[], Set<number>] = [[], new Set()]
  let cell: Cell | null = null
  const openCell = (attributes: string) => {
    const reference = attributeOf(attributes, 'r')
    column = reference ? columnOf(reference) : column + 1
    if (column >= LIMITS.columns || column < 0)
      throw unreadable(`Line ${line} has more than ${LIMITS.columns} columns; a file may have ${LIMITS.columns}`)
    cell = { column, type: attributeOf(attributes, 't') ?? 'n', style: Number(attributeOf(attributes, 's') ?? 0), value: '' }
  }
  await readXml(zip.read(book.part), {
    open: (name, attributes) => {
      if (name === 'c') openCell(attributes)
      else if (name === 'v' || name === 't') inValue = true
      else if (name === 'row') {
        line = Number(attributeOf(attributes, 'r') ?? line + 1)
        column = -1
        ;[cells, numbers] = [[], new Set()]
      }
    },
    text: (text) => {
      if (!inValue || !cell) return
      cell.value += text
      if (cell.value.length > LIMITS.cell) throw unreadable(`Line ${line} has a cell of more than ${LIMITS.cell} characters`)
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'c' && cell) {
        while (cells.length < cell.column) cells.push('')
        cells[cell.column] = textOf(cell, book)
        if (isNumber(cell, book)) numbers.add(cell.column)
        cell = null
      } else if (name === 'row' && cells.some((one) => one.trim() !== '')) take({ ...checkRow({ line, cells }), numbers })
    },
  })
}
