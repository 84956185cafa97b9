import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mergeMeanwhile } from './use-record-form.ts'

test('what I typed stays, what I left alone follows the other, and each clash is told', () => {
  const base = { name: 'Hafen', phone: '1', note: '' }
  const { values, meanwhile } = mergeMeanwhile({ ...base, phone: '2', note: 'mine' }, base, {
    name: 'Hafen AG',
    phone: '3',
    note: 'mine',
  })
  assert.deepEqual(values, { name: 'Hafen AG' })
  assert.deepEqual(meanwhile, { taken: ['name'], clashes: [{ field: 'phone', theirs: '3' }] })
})

test('no field that I changed is ever overwritten, and no change of the other is passed over in silence', () => {
  const record = fc.record({ a: fc.nat(3), b: fc.nat(3), c: fc.array(fc.nat(2), { maxLength: 2 }) })
  fc.assert(
    fc.property(record, record, record, (mine, base, theirs) => {
      const { values, meanwhile } = mergeMeanwhile(mine, base, theirs)
      const after = { ...mine, ...values }
      for (const key of ['a', 'b', 'c'] as const) {
        const [m, b, t, now] = [mine, base, theirs, after].map((one) => JSON.stringify(one[key]))
        if (m !== b) assert.equal(now, m)
        if (t !== b && t !== m) assert.ok(meanwhile.taken.includes(key) || meanwhile.clashes.some((one) => one.field === key))
      }
    }),
  )
})
