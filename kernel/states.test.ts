import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Refusal } from './errors.ts'
import { states } from './states.ts'

const ORDER = states(
  {
    draft: { submit: 'submitted' },
    submitted: { approve: 'approved', reject: 'rejected', withdraw: 'draft' },
    approved: { close: 'closed' },
    rejected: { submit: 'submitted' },
    closed: {},
  },
  { initial: 'draft', guards: { approve: ['has_evidence', 'in_scope'] } },
)

const refusal = (work: () => unknown): Refusal => {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('it was not refused')
}

test('a verb moves along the table', () => {
  assert.equal(ORDER.initial, 'draft')
  assert.equal(ORDER.move('draft', 'submit'), 'submitted')
  assert.equal(ORDER.move('submitted', 'withdraw'), 'draft')
  assert.deepEqual(ORDER.ends, ['closed'])
})

test('a verb that the state does not have is refused as a conflict that names what is possible', () => {
  const { code, message, details } = refusal(() => ORDER.move('draft', 'approve'))
  assert.equal(code, 'conflict')
  assert.equal(message, "'approve' is not possible while draft; possible now: submit")
  assert.deepEqual(details, { from: 'draft', verb: 'approve', possible: ['submit'] })
  assert.match(refusal(() => ORDER.move('closed', 'submit')).message, /nothing can be done from here/)
})

test('a guard bars its verb until the caller says that it holds', () => {
  assert.equal(ORDER.can('submitted', 'approve'), false)
  assert.equal(ORDER.can('submitted', 'approve', { has_evidence: true, in_scope: true }), true)
  const { code, details } = refusal(() => ORDER.move('submitted', 'approve', { has_evidence: true, in_scope: false }))
  assert.equal(code, 'conflict')
  assert.deepEqual(details.barred_by, ['in_scope'])
  assert.deepEqual(ORDER.verbs('submitted', { has_evidence: true }), [
    { verb: 'approve', to: 'approved', open: false, barred_by: ['in_scope'] },
    { verb: 'reject', to: 'rejected', open: true, barred_by: [] },
    { verb: 'withdraw', to: 'draft', open: true, barred_by: [] },
  ])
})

test('an unknown state is a bug and not a refusal', () => {
  assert.throws(() => ORDER.move('lost', 'submit'), {
    name: 'Error',
    message: /'lost' is no state; the states are draft, submitted/,
  })
  // @ts-expect-error a state that the table lacks does not compile, and does not start either
  assert.throws(() => states({ draft: { submit: 'gone' } }, { initial: 'draft' }), /'submit' leads from 'draft' to 'gone'/)
  // @ts-expect-error nor does a verb that no state has
  assert.equal(ORDER.can('draft', 'fly'), false)
})

test('the schema takes every state and nothing else', () => {
  for (const state of ORDER.all) assert.equal(ORDER.schema.parse(state), state)
  assert.equal(ORDER.schema.safeParse('lost').success, false)
})

test('the table draws its diagram', () => {
  const lines = ORDER.toMermaid().trimEnd().split('\n')
  assert.equal(lines[0], 'stateDiagram-v2')
  assert.ok(lines.includes('  [*] --> draft'))
  assert.ok(lines.includes('  submitted --> approved: approve [has_evidence, in_scope]'))
  assert.ok(lines.includes('  closed --> [*]'))
  assert.equal(lines.length, 1 + 1 + 6 + 1)
})

test('wherever random verbs lead, can, verbs and move agree', () => {
  const verb = fc.constantFrom('submit', 'approve', 'reject', 'withdraw', 'close')
  const step = fc.record({ verb, held: fc.record({ has_evidence: fc.boolean(), in_scope: fc.boolean() }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let state: (typeof ORDER.all)[number] = ORDER.initial
      for (const { verb, held } of steps) {
        const button = ORDER.verbs(state, held).find((one) => one.verb === verb)
        assert.equal(ORDER.can(state, verb, held), button?.open === true)
        if (button?.open) {
          state = ORDER.move(state, verb, held)
          assert.equal(state, button.to)
        } else assert.equal(refusal(() => ORDER.move(state, verb, held)).code, 'conflict')
      }
    }),
  )
})
