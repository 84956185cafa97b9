import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { type Files, openFiles } from './files.ts'

// The package has no types.
interface Bucket {
  run: () => Promise<AddressInfo>
  close: () => Promise<void>
}
const { default: S3rver } = (await import('s3rver' as string)) as { default: new (options: object) => Bucket }

const TENANT = '01a20000-0000-7000-8000-000000000001'
const folder = mkdtempSync(join(tmpdir(), 'rialto-files-'))
const shelves = new Map<string, Files>()
let server: Bucket
let port = 0

before(async () => {
  const bucket = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'rialto', configs: [] }],
  })
  const address = await bucket.run()
  server = bucket
  port = address.port
  shelves.set('disk', openFiles({ data_dir: join(folder, 'disk'), s3_url: null }))
  shelves.set(
    'S3',
    openFiles({ data_dir: join(folder, 'spool'), s3_url: `http://S3RVER:S3RVER@127.0.0.1:${address.port}/rialto/below` }),
  )
})
after(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const source = (...pieces: string[]) => Readable.from(pieces.map((piece) => Buffer.from(piece)))
async function text(stream: Readable): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}

for (const where of ['disk', 'S3']) {
  test(`${where}: a file is read back as it was put, has its digest, and is gone when removed`, async () => {
    const files = shelves.get(where)
    assert.ok(files)
    const put = await files.put(TENANT, source('hello ', 'world'), 100)
    assert.match(put.key, new RegExp(`^${TENANT}/[0-9a-f-]{36}$`))
    assert.deepEqual([put.size, put.sha256], [11, 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9'])
    assert.equal(await text(await files.read(put.key)), 'hello world')
    assert.equal(await files.local(put.key, async (path) => readFileSync(path, 'utf8')), 'hello world')
    await files.remove(put.key)
    const gone = { code: 'not_found', message: /not in the file store any more/ }
    await assert.rejects(files.read(put.key), gone)
    await assert.rejects(
      files.local(put.key, async () => assert.fail('there is no file to work with')),
      gone,
    )
    await files.remove(put.key)
  })

  test(`${where}: a file that is too large or breaks off leaves nothing behind`, async () => {
    const files = shelves.get(where)
    assert.ok(files)
    const before_count = readdirSync(folder, { recursive: true }).length
    await assert.rejects(files.put(TENANT, source('x'.repeat(80), 'x'.repeat(80)), 100), /larger than/)
    async function* broken() {
      yield Buffer.from('half')
      throw new Error('the line went dead')
    }
    await assert.rejects(files.put(TENANT, broken(), 100), /line went dead/)
    assert.equal(readdirSync(folder, { recursive: true }).length, before_count)
  })

  test(`${where}: a key that was not given out is never a path`, async () => {
    for (const key of ['../../etc/passwd', `${TENANT}/../x`, '/etc/passwd', 'x'])
      await assert.rejects(async () => shelves.get(where)?.read(key), /is no key/)
  })
}

test('a file store that refuses or is not there is named as the cause, and nothing is kept', async () => {
  for (const s3_url of [`http://nobody:wrong@127.0.0.1:${port}/rialto`, 'http://S3RVER:S3RVER@127.0.0.1:9/rialto']) {
    const files = openFiles({ data_dir: join(folder, 'lost'), s3_url })
    await assert.rejects(files.put(TENANT, source('x'), 100), { code: 'unavailable', message: /file store of S3_URL/ })
    assert.deepEqual(readdirSync(join(folder, 'lost', 'files', 'incoming')), [])
  }
})

test('a bucket that is not there is the store’s fault, not the file’s', async () => {
  const files = openFiles({ data_dir: join(folder, 'lost'), s3_url: `http://S3RVER:S3RVER@127.0.0.1:${port}/nowhere` })
  const key = `${TENANT}/01a20000-0000-7000-8000-000000000002`
  await assert.rejects(files.read(key), { code: 'unavailable', message: /NoSuchBucket/ })
})
