import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { checkRow, LIMITS, type TableRow, unreadable } from './limits.ts'
import { delimiterOf, type Encoding, encodingOf } from './text-format.ts'

export interface CsvFormat {
  encoding: Encoding
  delimiter: string
}

/** The text with every kind of line end as one, so that lines are counted alike. */
async function* decoded(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  let held = ''
  // Chunks small enough that a row without end is noticed early.
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) {
    const text = held + decoder.decode(chunk as Buffer, { stream: true })
    held = text.endsWith('\r') ? '\r' : ''
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n')
  }
  yield `${held}${decoder.decode()}`.replace('\r', '\n')
}

async function headOf(path: string, encoding: Encoding): Promise<string> {
  for await (const text of decoded(path, encoding)) if (text.length > 0) return text
  return ''
}

export async function csvFormat(path: string): Promise<CsvFormat> {
  const encoding = await encodingOf(path)
  const head = await headOf(path, encoding)
  return { encoding, delimiter: delimiterOf(head) }
}

interface Parsed {
  info: { lines: number; empty_lines: number }
  record: string[]
}

/** The rows of a delimited text, with the line on which each begins; empty rows are left out. */
export async function* readCsv(path: string, { encoding, delimiter }: CsvFormat): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LIMITS.row,
    record_delimiter: '\n',
  })
  const source = Readable.from(decoded(path, encoding))
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let [before, blank] = [0, 0]
  try {
    for await (const one of parser) {
      const { info, record } = one as Parsed
      // The parser counts the line after a record that ended with its line break.
      const line = before + 1 + info.empty_lines - blank
      before = info.lines
      blank = info.empty_lines
      if (record.every((cell) => cell.trim() === '')) continue
      if (line === 1 && /^sep=.?$/.test(record.join(delimiter))) continue
      yield checkRow({ line, cells: record })
    }
  } catch (error) {
    throw unreadableCsv(error, before)
  } finally {
    source.destroy()
  }
}

function unreadableCsv(error: unknown, line: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'CSV_MAX_RECORD_SIZE')
    return unreadable(
      `After line ${line} a row is longer than a million characters: this is no table, or a quotation mark is never closed`,
    )
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return unreadable(`A quotation mark that opens after line ${line} is never closed; close it or remove it`)
  if (typeof code === 'string' && code.startsWith('CSV_'))
    return unreadable(`The text after line ${line} is no delimited table; save the sheet as CSV (UTF-8) or XLSX`)
  return error
}
