import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { statements } from '../kernel/migrate.ts'
import { kindOf } from './sweeps/tables.ts'

/** As many as make two tenants lie apart, and few enough to be made in a moment. */
export const PARTS = 8
/** The schema of the parts: nobody asks them by name. */
const SCHEMA = 'parts'

// A cluster names a shard's index after the table's, with the number of the shard; so here, where errors tell those names.
const SHARD_NAMES = `do $$ declare one record; begin
  for one in select c.oid::regclass as part, p.relname || '_10420' || substring(t.relname from '[0-9]$') as name
    from pg_inherits h join pg_class c on c.oid = h.inhrelid join pg_class p on p.oid = h.inhparent
      join pg_index x on x.indexrelid = c.oid join pg_class t on t.oid = x.indrelid where c.relname !~ '_10420[0-9]$'
  loop execute format('alter index %s rename to %I', one.part, one.name); end loop;
end $$`

/** A migration's text with every tenant's table cut into parts by the hash of its tenant, which asks the same of keys as a cluster does. */
function partitioned(text: string): string {
  const out = statements(text).flatMap((statement) => {
    const name = /^create table (?:if not exists )?([a-z_]+)\s*\(/i.exec(statement)?.[1]
    if (!name || kindOf(name) !== 'tenant') return [statement]
    const parts = Array.from(
      { length: PARTS },
      (_, i) => `create table ${SCHEMA}.${name}_${i} partition of ${name} for values with (modulus ${PARTS}, remainder ${i})`,
    )
    return [`${statement} partition by hash (tenant_id)`, ...parts]
  })
  return `create schema if not exists ${SCHEMA};\n${out.join(';\n')};\n${SHARD_NAMES};\n`
}

/** A folder with the migrations of `from`, on tables cut into parts; gone when the process ends. */
export function hashMigrations(from: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-hash-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const name of readdirSync(from).filter((one) => one.endsWith('.sql')))
    writeFileSync(join(folder, name), partitioned(readFileSync(join(from, name), 'utf8')))
  return folder
}
