import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { test } from 'node:test'
import { namedUser, otherUser } from './postgres-folder.ts'

const line = (name: string, id: number) => `${name}:x:${id}:${id}::/:/bin/sh`

test('where PostgreSQL may not run as who we are, it runs as a number that the machine has a name for, never as root', () => {
  const root = line('root', 0)
  assert.equal(namedUser([root, line('node', 1000), line('nobody', 65_534)].join('\n')), 1000)
  assert.equal(namedUser([root, line('daemon', 1), line('nobody', 65_534)].join('\n')), 65_534)
  assert.equal(namedUser([root, line('daemon', 1), ''].join('\n')), 1)
  assert.equal(namedUser(''), 65_534)
  if (process.platform === 'linux') assert.equal(otherUser().length > 0, userInfo().uid === 0)
})
