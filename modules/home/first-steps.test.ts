import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

test('somebody hides the first steps from themselves, once and for good, and from nobody else', async () => {
  const { access, home: vera } = w.as('vera')
  const [fiona, otto, carl] = [w.as('fiona').home, w.as('otto', 'kestrel').home, w.as('carl').home]
  const [colleague] = (await access.list({ q: 'fiona' })).items
  assert.ok(colleague)
  await access.update({ id: colleague.id, roles: [{ role: 'admin', scope: {} }] }, { version: colleague.version })
  const before = await vera.first_steps()
  assert.equal(before.hidden, false)
  await Promise.all([vera.hide_first_steps(), vera.hide_first_steps()])
  await vera.hide_first_steps()
  assert.deepEqual(await vera.first_steps(), { ...before, hidden: true })
  const rows = await w.owner<{ part: string }>('select part from hidden_parts')
  assert.deepEqual(rows, [{ part: 'first_steps' }])
  assert.equal((await fiona.first_steps()).hidden, false)
  assert.equal((await otto.first_steps()).hidden, false)
  assert.equal((await refusal(carl.hide_first_steps())).code, 'forbidden')
})
