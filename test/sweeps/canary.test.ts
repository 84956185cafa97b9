import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Route } from '../../kernel/contract.ts'
import { log } from '../../kernel/log.ts'
import { type Canaries, canaries, type Nest, nestOf, plantAll, tokensIn } from './canaries.ts'
import { seed } from './depth.ts'
import { type Answer, allRoutes, ask, type Estate, eachOf, estate, kindOfPath, send, smallInput } from './estate.ts'
import { registration } from './objects.ts'
import type { Caller } from './people.ts'

let e: Estate
let birds: Canaries
let ids: string[]
const data_dir = mkdtempSync(join(tmpdir(), 'rialto-canaries-'))
// The product's real log, and whatever else this process prints, from the first request on.
const printed: string[] = []
const said = process.stderr.write.bind(process.stderr)
before(async () => {
  process.stderr.write = (chunk: string | Uint8Array) => {
    printed.push(chunk.toString())
    return true
  }
  e = await estate({ log, config: { data_dir } })
  birds = canaries()
  ids = await plantAll(e.w, birds, e)
})
after(async () => {
  process.stderr.write = said
  await e.w.close()
  rmSync(data_dir, { recursive: true, force: true })
})

/** Whose tokens somebody may meet. */
function mayMeet(caller: Caller): ReadonlySet<Nest> {
  const { name } = caller
  if (name === 'vera') return new Set(['mh', 'm1', 'm2', 'm3', 'v1'])
  if (name.startsWith('carl')) return new Set(['mh', 'm1', 'm2'])
  if (name.startsWith('ana')) return new Set(['mh', 'm3'])
  if (name === 'admin of Kestrel, at home') return new Set(['kh', 'k1'])
  if (name === 'partner of Kestrel, at home') return new Set(['k1'])
  if (caller.side === 'inner') return new Set(['mh', 'm1', 'm2', 'm3'])
  if (name.startsWith('brightpath') || caller.role === 'key') return new Set(['m1'])
  if (name.startsWith('rivertech')) return new Set(['m2'])
  return new Set()
}

interface Tally {
  answers: number
  bytes: number
  seen: Set<string>
  leaks: string[]
}
const tally: Tally = { answers: 0, bytes: 0, seen: new Set(), leaks: [] }

/** Looks through all of an answer; what the caller said in the request is theirs already. */
function scan(caller: Caller, what: string, answer: Answer, said: unknown = ''): void {
  const bytes = `${JSON.stringify(answer.headers)}\n${answer.text}`
  const own = tokensIn(JSON.stringify(said) ?? '')
  tally.answers += 1
  tally.bytes += bytes.length
  // A cursor holds values of the row that it stands at.
  const inside = [...bytes.matchAll(/"next":"([\w-]+)"/g)].map(([, cursor = '']) => Buffer.from(cursor, 'base64url').toString())
  for (const token of tokensIn(bytes + inside.join())) {
    if (mayMeet(caller).has(nestOf(token))) tally.seen.add(token)
    else if (!own.includes(token)) tally.leaks.push(`${caller.name}: ${what}: ${token} (${birds.where.get(token)})`)
  }
}

const readers = () =>
  e.callers.filter(
    (caller) =>
      !['owner', 'partner_marketing', 'enablement', 'legal', 'brightpath partner_technical', 'made-up token'].includes(
        caller.name,
      ),
  )
const WORDS = ['zqmh', 'zqm1', 'zqm2', 'zqm3', 'zqkh', 'zqk1', 'Werke', 'example']

async function readList(caller: Caller, route: Route, input: Record<string, unknown>): Promise<void> {
  let cursor: string | undefined
  for (let page = 0; page < 4; page += 1) {
    const asked = { ...input, limit: 20, ...(cursor ? { cursor } : {}) }
    const answer = await ask(e.w, caller, route, asked)
    scan(caller, route.name, answer, asked)
    cursor = (answer.body?.next as string | undefined) ?? undefined
    if (!cursor) return
  }
}

async function readAll(caller: Caller, route: Route): Promise<void> {
  const input = smallInput(route, e.pools, seed)
  const kind = kindOfPath(route)
  const all = [...new Set([...ids, ...(kind ? Object.values(e.objects.kinds[kind] ?? {}) : [])])]
  const inputs = kind ? all.map((id) => ({ ...input, id })) : [input]
  for (const one of inputs) {
    if (route.list && !kind) {
      await readList(caller, route, one)
      const fields = route.input.shape as Record<string, unknown>
      for (const q of 'q' in fields ? WORDS : []) await readList(caller, route, { ...one, q })
    } else scan(caller, route.name, await ask(e.w, caller, route, one), one)
    if (!route.list) continue
    const url = `/api${route.path.replace(':id', String((one as { id?: string }).id))}.csv`
    scan(caller, `${route.name}.csv`, await send(e.w, { method: 'GET', url, headers: caller.headers }))
  }
}

test('nobody meets a token of another firm, of the other ecosystem, or of the host, in any answer to any read', async () => {
  const reads = allRoutes.filter((route) => route.method === 'GET')
  const pairs = readers().flatMap((caller) => reads.map((route) => ({ caller, route })))
  await eachOf(pairs, ({ caller, route }) => readAll(caller, route))
  for (const caller of readers()) {
    for (const subject_id of ids) {
      const of = allRoutes.find((route) => route.name === 'decisions.of_subject')
      if (of) scan(caller, of.name, await ask(e.w, caller, of, { subject_type: 'deals', subject_id }))
    }
    const search = allRoutes.find((route) => route.name === 'home.search')
    for (const q of WORDS) if (search) scan(caller, search.name, await ask(e.w, caller, search, { q }), { q })
    for (const url of ['/api/openapi.json', '/api/health', '/api/metrics'])
      scan(caller, url, await send(e.w, { method: 'GET', url, headers: caller.headers }))
  }
  const share = tally.seen.size / birds.where.size
  console.log(
    `canaries: ${birds.where.size} planted, ${tally.seen.size} met by their own, ${reads.length} reads, ${readers().length} readers, ${tally.answers} answers, ${tally.bytes} bytes, ${tally.leaks.length} leaks`,
  )
  assert.deepEqual([...new Set(tally.leaks)], [])
  assert.ok(
    share > 0.7,
    `only ${Math.round(share * 100)} % of the tokens were met by those who may: ${[...birds.where]
      .filter(([token]) => !tally.seen.has(token))
      .map(([, where]) => where)
      .join(', ')}`,
  )
})

test('mails, events, audits and kept answers hold only what their reader may see', async () => {
  await e.w.settle()
  const leaks: string[] = []
  const mails = await e.w.owner<{ all: string; party: string | null; slug: string; to: string }>(
    `select concat_ws(' ', m.subject, m.html, m.plain, m.fields) as all, m.to_address as to, s.slug,
        (select x.party_id from members x where x.tenant_id = m.tenant_id and x.email = m.to_address limit 1) as party
      from mails m join ecosystem_slugs s on s.tenant_id = m.tenant_id`,
  )
  const parties = new Map([
    [e.firms.brightpath, 'm1'],
    [e.firms.rivertech, 'm2'],
    [e.firms.lakehurst, 'm3'],
    [e.firms.kestrel, 'k1'],
  ])
  for (const { all, party, slug, to } of mails) {
    const allowed = (token: string) =>
      party === null ? token.startsWith(slug === 'meridian' ? 'zqm' : 'zqk') : nestOf(token) === parties.get(party)
    for (const token of tokensIn(all))
      if (!allowed(token) && !to.includes(token)) leaks.push(`mail to ${to}: ${token} (${birds.where.get(token)})`)
  }
  const events = await e.w.owner<{ type: string; data: string }>('select type, data::text as data from events')
  for (const { type, data } of events)
    for (const token of tokensIn(data)) leaks.push(`event ${type}: ${token} (${birds.where.get(token)})`)
  const audits = await e.w.owner<{ all: string }>('select to_jsonb(a)::text as all from audits a')
  for (const { all } of audits) for (const token of tokensIn(all)) leaks.push(`audit: ${token}`)
  console.log(`canaries: ${mails.length} mails, ${events.length} events, ${audits.length} audits`)
  assert.deepEqual([...new Set(leaks)], [])
  assert.ok(mails.length > 5 && events.length > 50)
})

test('a refusal, a conflict, a repeated key or a cursor of somebody else tells nothing either', async () => {
  const before = tally.answers
  tally.leaks = []
  const register = allRoutes.find((route) => route.name === 'deals.register')
  const list = allRoutes.find((route) => route.name === 'deals.list')
  assert.ok(register && list)
  const taken = [...birds.where].filter(([, where]) => where === 'deals.customer').map(([token]) => token)
  const domains = [...birds.where].filter(([, where]) => where === 'deals.account_domain').map(([token]) => token)
  const sellers = e.callers.filter((caller) => caller.role === 'partner_admin' || caller.role === 'partner_seller')
  const [brightpath, rivertech] = ['brightpath partner_seller', 'rivertech partner_seller'].map((name) =>
    e.callers.find((one) => one.name === name),
  )
  assert.ok(brightpath && rivertech)
  const secret = birds.make('m1', 'a repeated key')
  const payload = JSON.stringify(registration({ description: secret, product: 'guard' }))
  const post = (caller: Caller) =>
    send(e.w, {
      method: 'POST',
      url: '/api/deals',
      payload,
      headers: { ...caller.headers, 'content-type': 'application/json', 'idempotency-key': 'the-same-key' },
    })
  scan(brightpath, 'key', await post(brightpath))
  const twin = await post(rivertech)
  assert.ok(!twin.text.includes('"partner_name":"Brightpath"'), 'a key belongs to who used it')
  const own = await ask(e.w, brightpath, list, { limit: 1 })
  const cursor = own.body?.next as string
  scan(rivertech, 'a cursor of another', await ask(e.w, rivertech, list, { limit: 50, cursor }))
  for (const caller of sellers) {
    for (const [i, token] of taken.entries()) {
      const product = caller.name.includes('Kestrel') ? 'arm' : 'lens'
      const input = registration({ customer: `${token} Werke`, account_domain: `${domains[i]}.example`, product, country: 'DE' })
      scan(caller, register.name, await ask(e.w, caller, register, input), input)
    }
  }
  console.log(`canaries: ${tally.answers - before} refusals and repeats`)
  assert.deepEqual([...new Set(tally.leaks)], [])
})

/** What breaks the database under a request, and mends it: each makes another kind of error, whose text might repeat a row. */
const BREAKS: [string, string][] = [
  ['alter table deals rename column description to gone', 'alter table deals rename column gone to description'],
  ['alter table deals add constraint never check (false) not valid', 'alter table deals drop constraint never'],
  ['create unique index never on deals (tenant_id)', 'drop index if exists never'],
  ['alter table accounts rename column name to gone', 'alter table accounts rename column gone to name'],
]

test('what is logged when things break holds no token, and a stored file only those of its own ecosystem', async () => {
  const route = (name: string) => allRoutes.find((one) => one.name === name) as Route
  const pat = e.callers.find((one) => one.name === 'brightpath partner_seller')
  const vera = e.callers.find((one) => one.name === 'vera')
  assert.ok(pat && vera)
  const bugs = () => printed.filter((line) => line.includes('this is a bug')).length
  const before = bugs()
  for (const [breaks, mends] of BREAKS) {
    await e.w.owner(breaks).catch(() => [])
    const text = () => birds.make('m1', 'while broken')
    const input = registration({ customer: `${text()} Werke`, account_domain: `${text()}.example`, description: text() })
    await ask(e.w, pat, route('deals.register'), input)
    await ask(e.w, vera, route('accounts.create'), { name: birds.make('mh', 'while broken'), country: 'DE' })
    await ask(e.w, vera, route('deals.list'), { q: birds.make('mh', 'while broken') })
    await e.w.owner(mends)
  }
  await ask(e.w, vera, route('imports.upload'), {
    kind: 'accounts',
    name: birds.make('mh', 'a broken file'),
    file: Buffer.from(`PK\u0003\u0004${birds.make('mh', 'a broken file')}`),
  })
  await e.w.settle()
  const leaks = printed.flatMap((line) =>
    tokensIn(line).map((token) => `${token} (${birds.where.get(token)}): ${line.slice(0, 200)}`),
  )
  const names = Object.fromEntries(Object.entries(e.w.tenants).map(([slug, id]) => [id, `zq${slug.slice(0, 1)}`]))
  let [files, tokens] = [0, 0]
  for (const entry of readdirSync(data_dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const [folder = '', tenant_id = ''] = path.slice(data_dir.length + 1).split('/')
    const bytes = readFileSync(path)
    const found = tokensIn(bytes.toString('latin1') + bytes.toString('utf16le'))
    files += 1
    tokens += found.length
    const own = folder === 'files' ? names[tenant_id] : undefined
    leaks.push(...found.filter((token) => !own || !token.startsWith(own)).map((token) => `${path}: ${token}`))
  }
  console.log(
    `canaries: ${printed.length} lines logged, ${bugs() - before} of broken requests, ${files} files with ${tokens} tokens, ${leaks.length} leaks`,
  )
  assert.deepEqual([...new Set(leaks)], [])
  assert.ok(bugs() - before >= 3, 'the broken requests were logged')
  const planted = birds.make('m1', 'an error told by hand')
  log.warn('Planted', { error: new Error(planted) })
  assert.deepEqual(tokensIn(printed.at(-1) ?? ''), [planted], 'a token in the log would be seen')
  assert.ok(files > 2 && tokens > 2, 'files with tokens were scanned')
})
