import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { readCatalog } from './catalog.ts'

let database: TestDatabase
let db: Client
before(async () => {
  database = await freshDatabase()
  db = new Client({ connectionString: database.owner_url })
  await db.connect()
})
after(async () => {
  await db.end()
  await database.drop()
})

test('the schema obeys the rules that one server and a cluster share', async () => {
  const { findings, counts } = await readCatalog(db, database.roles.app)
  console.log(
    `catalog: ${Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}`,
  )
  assert.deepEqual(
    findings.map(({ rule, object, text }) => `${rule}: ${object}: ${text}`),
    [],
  )
  for (const what of ['tables', 'indexes', 'constraints', 'names', 'columns', 'policies', 'functions', 'triggers'])
    assert.ok((counts[what] ?? 0) >= (what === 'triggers' ? 4 : 15), `${what}: only ${counts[what]} were seen`)
})

const protectedTable = (name: string, columns: string) =>
  `create table ${name} (tenant_id uuid not null, id uuid not null, ${columns} constraint ${name}_key primary key (tenant_id, id))`

/** What somebody might write one day, and the rule that must notice it. */
const PLANTS: [rule: string, ...statements: string[]][] = [
  ['tenant_id uuid not null', 'create table bad_a (id uuid constraint bad_a_key primary key)'],
  ['forced row rights', protectedTable('bad_b', '')],
  ['every tenant table is protected', protectedTable('bad_c', '')],
  [
    'tenant first in every key',
    'create table bad_d (tenant_id uuid not null, id uuid not null, constraint bad_d_key primary key (id, tenant_id))',
  ],
  ['tenant in every unique', 'create unique index bad_partners_name on partners (name)'],
  ['tenant first in every index', 'create index bad_partners_country on partners (country, tenant_id)'],
  ['tenant in every exclusion', 'alter table partners add constraint bad_partners_once exclude (number with =)'],
  [
    'no set null',
    'alter table partners add constraint bad_partners_firm foreign key (tenant_id, firm_id) references partners (tenant_id, id) on delete set null (firm_id)',
  ],
  [
    'no deferrable',
    'alter table partners add constraint bad_partners_later foreign key (tenant_id, firm_id) references partners (tenant_id, id) deferrable',
  ],
  [
    'tenant first in every foreign key',
    'alter table partners add constraint bad_partners_turned foreign key (firm_id, tenant_id) references partners (id, tenant_id)',
  ],
  [
    'no key from a tenant to a local table',
    'alter table partners add column slug text',
    'alter table partners add constraint bad_partners_slug foreign key (slug) references ecosystem_slugs (slug)',
  ],
  [
    'no key to a tenant table',
    'alter table ecosystem_slugs add constraint bad_slugs_tenant foreign key (tenant_id) references ecosystems (tenant_id)',
  ],
  ['no unlogged table', 'create unlogged table bad_e (tenant_id uuid not null)'],
  ['no inheritance', 'create table bad_f () inherits (regions)'],
  ['no materialized view', 'create materialized view bad_g as select 1 as one'],
  ['no serial', protectedTable('bad_h', 'place serial,')],
  ['no int identity', protectedTable('bad_i', 'place int generated always as identity,')],
  ['money is int8', protectedTable('bad_j', 'amount_minor int,')],
  ['times have a zone', protectedTable('bad_k', 'made_at timestamp,')],
  [
    'names of at most 48 bytes',
    'create index partners_by_a_name_that_is_too_long_for_any_shard_of_ours on partners (tenant_id, phone)',
  ],
  ['explicit names', 'create table bad_l (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id))'],
  ['explicit names', 'create table bad_m (tenant_id uuid not null, code text, unique (tenant_id, code))'],
  ['policies hold only columns and settings', 'create policy bad_subquery on partners using (tenant_id = (select app.tenant()))'],
  [
    'policies hold only columns and settings',
    "create policy bad_setting on partners using (tenant_id = app.tenant() and current_setting('x') = 'y')",
  ],
  ['policies have one shape', 'create policy bad_open on partners using (true)'],
  ['a wall of the tenant alone has a reason', 'create policy bad_shared on partners to {app} using (tenant_id = app.tenant())'],
  ['policies have one shape', 'create policy bad_or on partners to {app} using (tenant_id = app.tenant() or app.inner())'],
  [
    'triggers are listed',
    'create function app.bad_run() returns trigger language plpgsql as $$ begin return new; end $$',
    'create trigger bad_trigger before insert on partners for each row execute function app.bad_run()',
  ],
  [
    'no name of a shard',
    "create or replace function app.refuse_change() returns trigger language plpgsql as $$ begin raise exception '%', tg_table_name; end $$",
  ],
  ['append-only grants', 'grant update on events to {app}'],
  [
    'definers are listed',
    'create function app.bad_definer() returns int language plpgsql security definer as $$ begin return 1; end $$',
  ],
  ['definers are plpgsql', 'create function app.bad_sql() returns int language sql security definer as $$ select 1 $$'],
  [
    'definers set search_path',
    'create function app.bad_path() returns int language plpgsql security definer as $$ begin return 1; end $$',
  ],
  [
    'definers are not open to all',
    'create function app.bad_grant() returns int language plpgsql security definer as $$ begin return 1; end $$',
  ],
  [
    'policy functions read no table',
    'create or replace function app.inner() returns boolean language sql stable as $$ select exists (select from ecosystem_slugs) $$',
  ],
  ['only enter sets', "create function app.bad_set() returns text language sql as $$ select set_config('a.b', 'c', true) $$"],
  [
    'no lock or notice of one node',
    'create function app.bad_lock() returns void language sql as $$ select pg_advisory_lock(1) $$',
  ],
  ['doors', 'grant truncate on partners to {app}'],
  ['doors', 'grant create on schema app to {app}'],
  ['doors', 'create view bad_view as select * from partners'],
  ['doors', 'grant usage on schema auth to {app}'],
]

// On parts PostgreSQL itself refuses most of them.
const skip = process.env.RIALTO_TABLES === 'hash'
test('each rule notices what breaks it', { skip }, async () => {
  const missed: string[] = []
  for (const [rule, ...statements] of PLANTS) {
    await db.query('begin')
    for (const text of statements) await db.query(text.replaceAll('{app}', `"${database.roles.app}"`))
    const { findings } = await readCatalog(db, database.roles.app)
    await db.query('rollback')
    if (!findings.some((finding) => finding.rule === rule)) missed.push(`${rule}: ${statements.at(-1)}`)
  }
  console.log(`catalog: ${PLANTS.length} plants, ${missed.length} missed`)
  assert.deepEqual(missed, [])
})
