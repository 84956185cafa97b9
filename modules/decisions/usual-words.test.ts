import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { USUAL_REASONS } from '../deals/usual-reasons.ts'
import { USUAL_TABLE } from '../deals/usual-table.ts'
import { USUAL_CLAUSES } from './usual-clauses.ts'
import { USUAL_TITLES } from './usual-titles.ts'

type Words = Record<string, Record<string, unknown>>
const wordsOf = (module: 'deals' | 'decisions', language: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', module, 'ui', `${language}.json`), 'utf8')) as Words

const rows = (audience: 'all' | 'outer') =>
  USUAL_TABLE.rows.filter((row) => audience === 'all' || row.audience === 'outer').map(({ id, label }) => [id, label] as const)

test('what is stored of usual rows, reasons, clauses and titles is what English readers are told', () => {
  const { usual } = wordsOf('deals', 'en')
  assert.deepEqual(usual, Object.fromEntries([...rows('all'), ...Object.entries(USUAL_REASONS)]))
  const decisions = wordsOf('decisions', 'en')
  assert.deepEqual(
    decisions.usual,
    Object.fromEntries(USUAL_CLAUSES.map(({ number, ...clause }) => [`c${number}`, clause] as const)),
  )
  for (const [kind, title] of Object.entries(USUAL_TITLES)) assert.equal(decisions.kind?.[kind.replace('.', '_')], title)
})

test('each language has words of its own for all that its readers may meet, and no two rows share them', () => {
  for (const [language, audience] of [
    ['de', 'all'],
    ['ar', 'outer'],
  ] as const) {
    const wanted = [...rows(audience), ...Object.entries(USUAL_REASONS)]
    const { usual = {} } = wordsOf('deals', language)
    for (const [id, english] of wanted) assert.ok(usual[id] && usual[id] !== english, `${language}: ${id}`)
    assert.equal(new Set(Object.values(usual)).size, Object.keys(usual).length)
    const clauses = wordsOf('decisions', language).usual ?? {}
    for (const { number, title } of USUAL_CLAUSES) {
      const said = clauses[`c${number}`] as { title: string; text: string } | undefined
      assert.ok(said?.text && said.title && said.title !== title, `${language}: clause ${number}`)
    }
  }
})
