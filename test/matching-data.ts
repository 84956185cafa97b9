import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import type { ColumnRule } from '../algorithms/matching/compare-columns.ts'

export type Row = Record<string, string>

const FOLDER = new URL('./data/matching/', import.meta.url)

/** The rows of one of the files in test/data/matching, by heading; the file may be gzipped. */
export async function matchingData(file: string): Promise<Row[]> {
  const source = createReadStream(new URL(file, FOLDER))
  const parser = parse({ columns: true, trim: true, relax_quotes: true })
  const text = file.endsWith('.gz') ? source.pipe(createGunzip()) : source
  const rows: Row[] = []
  for await (const row of text.pipe(parser)) rows.push(row)
  return rows
}

/** What the printed table of the Python Record Linkage Toolkit compares on Febrl 4. */
export const FEBRL_RULES: ColumnRule[] = [
  { column: 'given_name', method: 'exact' },
  { column: 'surname', method: 'jaro_winkler', threshold: 0.85 },
  { column: 'date_of_birth', method: 'exact' },
  { column: 'suburb', method: 'exact' },
  { column: 'state', method: 'exact' },
  { column: 'address_1', method: 'levenshtein', threshold: 0.85 },
]

export type Quality = { precision: number; recall: number; f1: number }

/** Precision, recall and F1 of so many found, right ones among them, and true ones in all. */
export function quality(found: number, right: number, truth: number): Quality {
  const precision = right / found
  const recall = right / truth
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}

/** A reproducible stream of numbers 0..1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
