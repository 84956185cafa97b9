import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const read = <T>(name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', name), 'utf8')) as T

// The lock has no addresses, by which npm would tell versions, so packages are named; what they hold is fixed by its hashes.
test('each package that would run a script when it is installed was looked at, and no other is named', () => {
  const { packages } = read<{ packages: Record<string, { hasInstallScript?: boolean }> }>('package-lock.json')
  const { allowScripts } = read<{ allowScripts: Record<string, boolean> }>('package.json')
  const asking = Object.entries(packages)
    .filter(([, one]) => one.hasInstallScript)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
  assert.ok(asking.length >= 5, `${asking.length} run a script`)
  assert.deepEqual(Object.keys(allowScripts).toSorted(), [...new Set(asking)].toSorted())
})
