import { LIMITS, unreadable } from './limits.ts'
import { attributeOf, readXml } from './xml.ts'
import type { Zip, ZipPart } from './zip.ts'

export interface Workbook {
  sheet: string
  /** The visible ones. */
  sheets: string[]
  part: ZipPart
  shared: string[]
  /** For each cell format whether it shows a day or time. */
  isDay: boolean[]
  /** Days count from 1904 instead of 1900. */
  is1904: boolean
}

const quiet = { open: () => {}, text: () => {}, close: () => {} }

async function readBook(zip: Zip, part: ZipPart): Promise<{ sheets: { name: string; rel: string }[]; is1904: boolean }> {
  const sheets: { name: string; rel: string }[] = []
  let is1904 = false
  await readXml(zip.read(part), {
    ...quiet,
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributeOf(attributes, 'date1904') ?? '')
      if (name !== 'sheet' || attributeOf(attributes, 'state')?.toLowerCase().includes('hidden')) return
      sheets.push({
        name: attributeOf(attributes, 'name') ?? '',
        rel: attributeOf(attributes, 'r:id') ?? attributeOf(attributes, 'id') ?? '',
      })
    },
  })
  return { sheets, is1904 }
}

async function readRelations(zip: Zip): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  const part = zip.parts.get('xl/_rels/workbook.xml.rels')
  if (!part) return targets
  await readXml(zip.read(part), {
    ...quiet,
    open: (name, attributes) => {
      if (name !== 'Relationship') return
      const target = attributeOf(attributes, 'Target') ?? ''
      targets.set(attributeOf(attributes, 'Id') ?? '', (target.startsWith('/') ? target.slice(1) : `xl/${target}`).toLowerCase())
    },
  })
  return targets
}

async function readShared(zip: Zip): Promise<string[]> {
  const part = zip.parts.get('xl/sharedstrings.xml')
  const shared: string[] = []
  if (!part) return shared
  let [text, inText, isSpoken, total] = ['', false, false, 0]
  await readXml(zip.read(part), {
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') isSpoken = true
      if (name === 't') inText = !isSpoken
    },
    text: (piece) => {
      if (!inText) return
      text += piece
      total += piece.length
      if (text.length > LIMITS.cell) throw unreadable(`The workbook holds a text of more than ${LIMITS.cell} characters`)
      if (total > LIMITS.shared) throw unreadable('The workbook holds too much text; split it into several')
    },
    close: (name) => {
      if (name === 't') inText = false
      if (name === 'rPh') isSpoken = false
      if (name === 'si') shared.push(text)
      if (shared.length > 2_000_000) throw unreadable('The workbook holds too many texts; split it into several')
    },
  })
  return shared
}

const BUILT_IN = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
const showsDay = (format: string) => /[dmyhs]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''))

async function readStyles(zip: Zip): Promise<boolean[]> {
  const part = zip.parts.get('xl/styles.xml')
  const isDay: boolean[] = []
  if (!part) return isDay
  const own = new Map<number, boolean>()
  let inCells = false
  await readXml(zip.read(part), {
    ...quiet,
    open: (name, attributes) => {
      if (name === 'numFmt')
        own.set(Number(attributeOf(attributes, 'numFmtId')), showsDay(attributeOf(attributes, 'formatCode') ?? ''))
      if (name === 'cellXfs') inCells = true
      if (name !== 'xf' || !inCells || isDay.length > 65_536) return
      const id = Number(attributeOf(attributes, 'numFmtId') ?? 0)
      isDay.push(own.get(id) ?? BUILT_IN(id))
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return isDay
}

/** What is needed to read a visible sheet of a workbook: the one named, else the first. */
export async function openWorkbook(zip: Zip, named: string | null): Promise<Workbook> {
  const book = zip.parts.get('xl/workbook.xml')
  if (!book) throw unreadable('The file is an archive, but no workbook of the XLSX kind; save the sheet as XLSX or CSV')
  const [{ sheets, is1904 }, targets] = [await readBook(zip, book), await readRelations(zip)]
  const first = sheets.find(({ name }) => name === named) ?? sheets[0]
  const names = sheets.map(({ name }) => name)
  const part =
    first &&
    (zip.parts.get(targets.get(first.rel) ?? '') ?? (first === sheets[0] ? zip.parts.get('xl/worksheets/sheet1.xml') : undefined))
  if (!first || !part) throw unreadable('The workbook has no visible sheet')
  return { sheet: first.name, sheets: names, part, shared: await readShared(zip), isDay: await readStyles(zip), is1904 }
}
