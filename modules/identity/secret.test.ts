import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type World, world } from '../../test/harness.ts'
import { agreeOnSecret, readSecret } from './secret.ts'

let w: World
const folders = ['one', 'two'].map((name) => mkdtempSync(join(tmpdir(), `rialto-secret-${name}-`)))
const [one = '', two = ''] = folders
before(async () => {
  w = await world()
})
after(async () => {
  await w.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const node = (data_dir: string) => agreeOnSecret(w.app.sign_in.pool, data_dir)

test('a node with another secret than those before it is refused with the remedy, which helps', async () => {
  await node(one)
  await node(one)
  await assert.rejects(node(two), (error: Error) => {
    assert.ok(error.message.includes(join(two, 'secret')), error.message)
    assert.match(error.message, /Copy the file from the DATA_DIR of a node that runs\..*delete from auth\.signing_secret/)
    return true
  })
  await node(one)
  const noted = JSON.stringify(await w.owner('select * from auth.signing_secret'))
  assert.ok(noted.length > 40 && !noted.includes(readSecret(one)))

  await w.owner('delete from auth.signing_secret')
  await node(two)
  await assert.rejects(node(one), /is not the one that signs sessions/)
  copyFileSync(join(two, 'secret'), join(one, 'secret'))
  await node(one)
})
