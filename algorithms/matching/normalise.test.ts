import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { companyNumber } from './company-number.ts'
import { firmDomain, isFreeMail, registrableDomain } from './domain.ts'
import { countryCode } from './firm.ts'
import { jurisdictionCount, jurisdictionsOf } from './legal-forms.ts'
import { contracted, nameSimilarity } from './name-similarity.ts'
import { nameKeys, normaliseName } from './normalise.ts'

const KEYS: [string, string, string | null][] = [
  ['A. O. Smith', 'ao smith', null],
  ['SMITH A O CORP', 'smith ao', 'corp'],
  ['Müller & Söhne GmbH & Co. KG', 'mueller soehne', 'gmbh co kg'],
  ['Novo Nordisk A/S', 'novo nordisk', 'as'],
  ['株式会社トヨタ', 'toyota', 'kk'],
  ['ООО «Ромашка»', 'romashka', 'ooo'],
  ['Kowalski Sp. z o.o.', 'kowalski', 'sp zoo'],
  ['Foo S. de R.L. de C.V.', 'foo', 's de rl de cv'],
  ['PT Bank Central Asia Tbk', 'bank central asia', 'pt'],
  ['Acme (Pty) Ltd', 'acme', 'pty ltd'],
  ['CITIZENS FINANCIAL GROUP INC/RI', 'citizens financial', 'inc'],
  ['BANK OF AMERICA CORP /DE/', 'bank america', 'corp'],
  ['Alphabet Inc. (Class A)', 'alphabet', 'inc'],
  ['Coca-Cola Company (The)', 'coca cola', 'co'],
  ['Salesforce.com, Inc.', 'salesforce', 'inc'],
  ['AT&T Inc.', 'att', 'inc'],
  ['International Business Machines Corp', 'international business machines', 'corp'],
  ['The Limited', 'limited', null],
  ['Group Ltd', 'group', 'ltd'],
  ['Ltd', 'ltd', null],
  ['!!!', '', null],
]

test('names are brought to their core and legal forms of many countries are recognised', () => {
  for (const [name, key, form] of KEYS) {
    const core = normaliseName(name)
    assert.deepEqual([core.key, core.legal_form], [key, form], name)
  }
  assert.ok(jurisdictionCount() >= 60, `${jurisdictionCount()} jurisdictions`)
  assert.ok(jurisdictionsOf('gmbh').includes('DE'))
})

test('a former name is kept as another name', () => {
  assert.deepEqual(normaliseName('Block, Inc. (formerly Square, Inc.)').aliases, ['square'])
  // A firm may be called as the marker is.
  assert.deepEqual([normaliseName('AKA GmbH').key, normaliseName('Nova DBA AG').key], ['aka', 'nova dba'])
  assert.equal(normaliseName('Jones Ltd trading as Best Pies').aliases[0], 'best pies')
})

test('a name with a letter or a figure is never stripped to nothing', () => {
  const word = fc.constantFrom(
    'the',
    'group',
    'ltd',
    'gmbh',
    'holding',
    'co',
    '&',
    'of',
    'Acme',
    '(the)',
    'inc.',
    'класс',
    '株式会社',
    '/DE/',
    'S.A.',
  )
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
      const name = words.join(' ')
      if (!/(?:the|group|ltd|gmbh|holding|co\b|of|Acme|inc|класс|S\.A)/.test(name)) return
      assert.notEqual(normaliseName(name).key, '', name)
    }),
  )
})

test('upper case, composed letters and full width change nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KEYS.map(([name]) => name)), (name) => {
      assert.equal(normaliseName(name.toUpperCase()).key, normaliseName(name).key)
      assert.equal(normaliseName(name.normalize('NFD')).key, normaliseName(name).key)
    }),
  )
  assert.equal(normaliseName('ＡＣＭＥ Ｌｔｄ').key, 'acme')
})

test('any text at all is taken, and a million characters quickly', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => nameKeys(text).every((key) => key.length <= 64)))
  const started = performance.now()
  const long = ['x'.repeat(1e6), 'a '.repeat(5e5), '& Co '.repeat(2e5), '((('.repeat(3e5), 'ü'.repeat(1e6)]
  for (const name of long) assert.ok(normaliseName(name).key.length < 1000)
  assert.ok(performance.now() - started < 2000)
  assert.notEqual(normaliseName(`${'x'.repeat(1e6)}1`).key, normaliseName(`${'x'.repeat(1e6)}2`).key)
})

test('two spellings of one firm share a key', () => {
  const same: [string, string][] = [
    ['Müller GmbH', 'Mueller'],
    ['Muller AG', 'Müller'],
    ['Exxon Mobil Corp', 'ExxonMobil'],
    ['Eli Lilly & Co', 'Lilly (Eli)'],
    ['Procter and Gamble', 'Procter & Gamble Co.'],
  ]
  for (const [a, b] of same)
    assert.ok(
      nameKeys(a).some((key) => nameKeys(b).includes(key)),
      `${a} / ${b}`,
    )
})

test('similarity knows a subsidiary from its parent and is symmetric', () => {
  assert.equal(nameSimilarity('Altria', 'Altria Group, Inc.'), 1)
  assert.ok(nameSimilarity('Siemens', 'Siemens Healthineers') < 0.75)
  assert.ok(nameSimilarity('Müller GmbH', 'Muller') > 0.9)
  assert.equal(nameSimilarity('', 'Acme'), 0)
  assert.equal(contracted('labcorp', ['laboratory', 'corp', 'america']), 2)
  assert.equal(contracted('labcorp', ['labor', 'works']), 0)
  const name = fc.array(fc.constantFrom('acme', 'acne', 'steel', 'works', 'north', 'müller', 'mueller', 'ii'), {
    minLength: 1,
    maxLength: 4,
  })
  fc.assert(
    fc.property(name, name, (a, b) => {
      const [one, two] = [nameSimilarity(a.join(' '), b.join(' ')), nameSimilarity(b.join(' '), a.join(' '))]
      assert.ok(Math.abs(one - two) < 1e-12 && one >= 0 && one <= 1)
    }),
  )
})

test('domains are registrable, shared hosts keep their owner, free mail is known', () => {
  const cases: [string, string | null][] = [
    ['https://www.Example.co.uk/x?y=1', 'example.co.uk'],
    ['jo@mail.example.co.uk', 'example.co.uk'],
    ['acme.github.io', 'acme.github.io'],
    ['github.io', null],
    ['192.168.0.1', null],
    ['localhost', null],
    ['münchen.de', 'xn--mnchen-3ya.de'],
    ['http://u:p@x.acme.com:8080/@y', 'acme.com'],
    ['', null],
    ['not a domain', null],
  ]
  for (const [input, domain] of cases) assert.equal(registrableDomain(input), domain, input)
  for (const domain of ['gmail.com', 'yahoo.co.uk', 'gmx.de', 'hotmail.fr', 'qq.com']) assert.ok(isFreeMail(domain), domain)
  assert.ok(!isFreeMail('siemens.com'))
  assert.equal(firmDomain('jo@gmail.com'), null)
  assert.equal(firmDomain('acme.de', new Map([['acme.de', 'acme.com']])), 'acme.com')
})

test('company numbers compare by country and figures', () => {
  assert.deepEqual(companyNumber('DE 136 695 976'), { number: '136695976', country: 'DE', confirmed: true, key: 'DE:136695976' })
  assert.equal(companyNumber('1234567', 'gb')?.key, 'GB:01234567')
  assert.equal(companyNumber('HRB 12345')?.key, 'HRB12345')
  assert.equal(companyNumber('000000'), null)
  assert.equal(companyNumber('n/a'), null)
  assert.deepEqual(['UK', 'Germany', 'United States', 'at'].map(countryCode), ['GB', 'DE', 'US', 'AT'])
})
