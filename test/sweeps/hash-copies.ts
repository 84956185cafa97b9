import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { migrate } from '../../kernel/migrate.ts'
import { dropDatabase, run, type TestDatabase, testCluster } from '../database.ts'
import { hashMigrations } from '../hash-migrations.ts'

/** The product's schema on tables cut by tenant, in a database and with roles of its own. */
export async function hashDatabase(): Promise<TestDatabase> {
  const url = await testCluster()
  const name = `hash_${randomBytes(6).toString('hex')}`
  await run(url, `create database ${name}`)
  const owner_url = Object.assign(new URL(url), { pathname: `/${name}` }).href
  const { roles } = await migrate(owner_url, hashMigrations(join(import.meta.dirname, '..', '..', 'migrations')))
  const drop = async () => {
    await dropDatabase(url, name)
    await run(url, `drop role "${roles.app}"`, `drop role "${roles.auth}"`)
  }
  return { owner_url, roles, drop }
}

interface Plan {
  'Relation Name'?: string
  'Actual Loops'?: number
  Plans?: Plan[]
}

/** The parts of each table that a plan really read, by the table's name. */
export function partsRead(plan: Plan, found = new Map<string, Set<string>>()): Map<string, Set<string>> {
  const part = plan['Relation Name'] ?? ''
  const table = part.replace(/_\d$/, '')
  if (table !== part && plan['Actual Loops'] !== 0) found.set(table, (found.get(table) ?? new Set()).add(part))
  for (const inner of plan.Plans ?? []) partsRead(inner, found)
  return found
}
