import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FEBRL_RULES, matchingData, quality, type Row } from '../../test/matching-data.ts'
import { countAgreements, pairsByColumn } from './compare-columns.ts'
import { dedupeFirms } from './dedupe-firms.ts'
import { linkFirms } from './link-firms.ts'
import { linkPeople } from './match-people.ts'
import type { PersonRecord } from './person.ts'

test('the printed table of the Python Record Linkage Toolkit on Febrl 4 is reproduced exactly', async () => {
  const [left, right] = [await matchingData('febrl_dataset4a.csv.gz'), await matchingData('febrl_dataset4b.csv.gz')]
  const pairs = pairsByColumn(left, right, 'given_name')
  assert.equal(pairs.lefts.length, 77_249)
  const table: Record<number, number> = {}
  for (const sum of countAgreements(left, right, pairs, FEBRL_RULES)) table[sum] = (table[sum] ?? 0) + 1
  assert.deepEqual(table, { 1: 57_435, 2: 16_427, 3: 146, 4: 343, 5: 1_332, 6: 1_566 })
})

test('people of Febrl 4 are linked with F1 of at least .98, also without their numbers', async () => {
  const [left, right] = [await matchingData('febrl_dataset4a.csv.gz'), await matchingData('febrl_dataset4b.csv.gz')]
  const id = (row: Row | undefined) => row?.rec_id?.split('-')[1]
  for (const withNumber of [true, false]) {
    const person = (row: Row): PersonRecord => ({
      given_name: row.given_name ?? '',
      surname: row.surname ?? '',
      birth_date: row.date_of_birth ?? '',
      national_id: withNumber ? (row.soc_sec_id ?? '') : '',
      address: `${row.street_number} ${row.address_1}`,
      city: row.suburb ?? '',
      postcode: row.postcode ?? '',
      state: row.state ?? '',
    })
    const pairs = linkPeople(left.map(person), right.map(person)).filter(({ band }) => band === 'same')
    const hits = pairs.filter((pair) => id(left[pair.left]) === id(right[pair.right])).length
    const { f1 } = quality(pairs.length, hits, left.length)
    assert.ok(f1 >= 0.98, `F1 ${f1}, with number: ${withNumber}`)
  }
})

test('firms are found by name alone with F1 of at least .985 at a precision of at least .99', async () => {
  const [index, registrants] = [await matchingData('companies-index-even.csv'), await matchingData('companies-registrants.csv')]
  const cik = (row: Row | undefined) => Number(row?.cik)
  const known = new Set(registrants.map(cik))
  const names = (rows: Row[]) => rows.map((row) => ({ name: row.name ?? '' }))
  const pairs = linkFirms(names(index), names(registrants)).filter(({ band }) => band === 'same')
  const hits = pairs.filter((pair) => cik(index[pair.left]) === cik(registrants[pair.right])).length
  const { precision, f1 } = quality(pairs.length, hits, index.filter((row) => known.has(cik(row))).length)
  assert.ok(precision >= 0.99 && f1 >= 0.985, `precision ${precision}, F1 ${f1}`)
})

test('restaurants are de-duplicated with a pairwise F1 of at least .96', async () => {
  const rows = await matchingData('restaurant.csv.gz')
  for (const withCity of [true, false]) {
    const found = dedupeFirms(
      rows.map(({ name = '', address = '', city = '' }) => (withCity ? { name, address, city } : { name, address })),
    )
    let [together, right, truth] = [0, 0, 0]
    for (const [i, row] of rows.entries()) {
      for (let j = 0; j < i; j++) {
        const isTrue = row.unique_id === rows[j]?.unique_id
        const isFound = found[i]?.cluster === found[j]?.cluster
        truth += Number(isTrue)
        together += Number(isFound)
        right += Number(isTrue && isFound)
      }
    }
    assert.equal(truth, 112)
    const { f1 } = quality(together, right, truth)
    assert.ok(f1 >= 0.96, `F1 ${f1}, with city: ${withCity}`)
  }
})

test('probabilities of pairs are calibrated: firms no registrant of which is in the list rarely reach band same', async () => {
  const registrants = (await matchingData('companies-registrants.csv')).map((row) => ({ name: row.name ?? '' }))
  const [asked, list] = [registrants.filter((_, i) => i % 8 === 0), registrants.filter((_, i) => i % 8 !== 0)]
  const same = linkFirms(asked, list).filter(({ band }) => band === 'same').length
  assert.ok(same / asked.length < 0.06, `${same} of ${asked.length} strangers taken for known`)
})
