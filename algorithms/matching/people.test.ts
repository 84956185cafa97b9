import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareAddresses, parseAddress } from './address.ts'
import { mailbox, phoneKey } from './contact.ts'
import { FIRM_WEIGHTS } from './firm-weights.ts'
import { learnFirmWeights, learnPersonWeights } from './learn.ts'
import { fitLogistic } from './logistic.ts'
import { dedupePeople, linkPeople } from './match-people.ts'
import { type PersonRecord, preparePerson } from './person.ts'

test('telephone numbers and mail addresses compare as people mean them', () => {
  assert.equal(phoneKey('+49 (0)30 1234 5678'), phoneKey('030 12345678'))
  assert.equal(phoneKey('(212) 555-0147 ext. 12'), phoneKey('+1 212 555 0147'))
  assert.equal(phoneKey('n/a'), null)
  assert.equal(mailbox('Jo.Smith+news@GoogleMail.com')?.key, 'josmith@gmail.com')
  assert.equal(mailbox('jo@acme.com')?.is_free, false)
  assert.equal(mailbox('not mail'), null)
})

test('names are taken apart whichever way they are written', () => {
  for (const name of ['Dr. Ada Lovelace', 'Lovelace, Ada', 'ada LOVELACE']) {
    const { given, surname } = preparePerson({ name })
    assert.deepEqual([given, surname], ['ada', 'lovelace'], name)
  }
  assert.equal(preparePerson({ birth_date: '10.12.1815' }).birth_date, preparePerson({ birth_date: '1815-12-10' }).birth_date)
})

test('addresses agree by house and street', () => {
  const compare = (a: string, b: string) => {
    const [one, two] = [parseAddress(a), parseAddress(b)]
    assert.ok(one !== null && two !== null)
    return compareAddresses(one, two)
  }
  assert.equal(compare('435 S. La Cienega Blv.', '435 south la cienega boulevard'), 'same')
  assert.equal(compare('2 Fifth Ave.', '2 5th Avenue'), 'same')
  assert.equal(compare('12 Main St', '14 Main St'), 'street')
  assert.equal(compare('12 Main St', '12 Elm St'), 'different')
  assert.equal(parseAddress('  '), null)
})

const person: fc.Arbitrary<PersonRecord> = fc.record({
  given_name: fc.constantFrom('Ada', 'Ana', 'Grace', 'A', ''),
  surname: fc.constantFrom('Lovelace', 'Hopper', 'Hoper', ''),
  birth_date: fc.constantFrom('', '1815-12-10', '1906-12-09', '1906-09-12'),
  email: fc.constantFrom('', 'ada@acme.com', 'grace@navy.mil'),
  city: fc.constantFrom('', 'London', 'Arlington'),
})

test('linking people is symmetric and a stranger changes nothing', () => {
  const list = fc.array(person, { minLength: 1, maxLength: 8 })
  const stranger: PersonRecord = {
    given_name: 'Quokka',
    surname: 'Zyx',
    birth_date: '2001-02-03',
    email: 'q@zyx.org',
    city: 'Perth',
  }
  const shape = (pairs: ReturnType<typeof linkPeople>, flip = false) =>
    pairs.map(({ left, right, score }) => `${flip ? right : left} ${flip ? left : right} ${score.toFixed(9)}`).sort()
  fc.assert(
    fc.property(list, list, (a, b) => {
      const pairs = shape(linkPeople(a, b, { many: true }))
      assert.deepEqual(shape(linkPeople(b, a, { many: true }), true), pairs)
      assert.deepEqual(shape(linkPeople([...a, stranger], [...b], { many: true })), pairs)
      assert.equal(dedupePeople([...a, stranger]).at(-1)?.score, 1)
    }),
  )
})

test('twins stay apart, a mistyped birthday does not part one person', () => {
  const twins = dedupePeople([
    { given_name: 'Ann', surname: 'Field', birth_date: '1990-01-02', address: '1 Oak St', email: 'ann@field.org' },
    { given_name: 'Zoe', surname: 'Field', birth_date: '1990-01-02', address: '1 Oak St', email: 'zoe@field.org' },
    { given_name: 'Zoe', surname: 'Field', birth_date: '1990-02-01', address: '1 Oak Street', email: 'zoe@field.org' },
  ])
  assert.equal(twins[1]?.cluster, twins[2]?.cluster)
  assert.ok(
    (linkPeople([{ name: 'Ann Field', email: 'ann@field.org' }], [{ name: 'Zoe Field', email: 'zoe@field.org' }])[0]?.score ??
      0) < 0.5,
  )
})

test('logistic regression finds the weights that made the data', () => {
  const rows: number[][] = []
  const labels: number[] = []
  let state = 1
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647
  for (let i = 0; i < 20_000; i++) {
    const [x, y] = [next() * 4 - 2, next() * 4 - 2]
    rows.push([1, x, y])
    labels.push(Number(next() < 1 / (1 + Math.exp(-(0.5 + 2 * x - y)))))
  }
  const { weights } = fitLogistic(rows, labels)
  for (const [i, expected] of [0.5, 2, -1].entries()) assert.ok(Math.abs((weights[i] ?? 0) - expected) < 0.12, `${weights}`)
  assert.throws(() => fitLogistic([[1, Number.NaN]], [1]), /row 1/)
})

test('verdicts move the weights their way, a few only a little', () => {
  const differs = { a: { name: 'Acme', city: 'Bonn' }, b: { name: 'Acme', city: 'Rome' }, same: true }
  const alike = { a: { name: 'Acme', phone: '555 123 4567' }, b: { name: 'Zenith', phone: '555 123 4567' }, same: false }
  const few = learnFirmWeights([differs, alike])
  const many = learnFirmWeights(Array.from({ length: 100 }, () => [differs, alike]).flat())
  assert.ok(few.fields.city_differs > FIRM_WEIGHTS.fields.city_differs)
  assert.ok(many.fields.city_differs > few.fields.city_differs)
  assert.ok(many.fields.phone_same < FIRM_WEIGHTS.fields.phone_same)
  assert.equal(many.fields.number_same, FIRM_WEIGHTS.fields.number_same)
  assert.throws(() => learnFirmWeights([differs]), /one way/)
  assert.throws(() => learnPersonWeights([]), /no verdicts/)
})
