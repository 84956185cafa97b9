import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { endClock, startClock } from '../../kernel/clocks.ts'
import { asSystem } from '../../kernel/run.ts'
import { type World, world } from '../../test/harness.ts'
import { refusal } from '../../test/refusal.ts'
import { KESTREL_PLACE } from '../cast.ts'
import { partnerInbox } from './inbox.ts'
import { savePartners } from './save-partners.ts'
import { undoPartners } from './undo-partners.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const idOf = async (name: string): Promise<string> => {
  const { items } = await w.as('vera').partners.list({ q: name })
  const found = items.find((one) => one.name === name)
  assert.ok(found, `there is no ${name}`)
  return found.id
}

test('the named partners stand in the list with their tracks, tiers and managers', async () => {
  const { items } = await w.as('vera').partners.list({ limit: 100 })
  const brightpath = items.find((one) => one.name === 'Brightpath')
  assert.deepEqual(brightpath?.tracks, [{ track: 'si', tier: 'Gold' }])
  assert.equal(brightpath?.manager_name, 'Carl')
  assert.equal(brightpath?.region, 'NL')
  assert.ok(items.length >= 17)
})

test('a channel manager of a region sees the partners of that region and of those below it, and no others', async () => {
  const { items } = await w.as('carl').partners.list({ limit: 100 })
  const names = items.map((one) => one.name)
  assert.ok(names.includes('Brightpath') && names.includes('Madar Cloud'))
  assert.ok(!names.includes('Lakehurst') && !names.includes('Sora Integration'))
  const lakehurst = await idOf('Lakehurst')
  assert.equal((await refusal(w.as('carl').partners.get({ id: lakehurst }))).code, 'not_found')
  assert.equal((await refusal(w.as('carl').partners.suspend({ id: lakehurst, reason: 'inactive' }))).code, 'not_found')
})

test('a channel manager cannot add a partner outside his regions nor move one there', async () => {
  const outside = await refusal(w.as('carl').partners.create({ legal_name: 'Kauri Systems', country: 'US', region: 'US' }))
  assert.equal(outside.code, 'invalid')
  assert.match(outside.message, /region/)
  const moved = await refusal(w.as('carl').partners.update({ id: await idOf('Fjordkilde'), region: 'AMER' }))
  assert.match(moved.message, /region/)
})

test('a partner sees its own record without the host’s notes, and nobody else’s', async () => {
  const id = await idOf('Rivertech')
  await w.as('vera').partners.update({ id, note: 'wants Gold', custom: { credit: 'B' } })
  const { items } = await w.as('rivka').partners.list()
  assert.deepEqual(
    items.map((one) => one.name),
    ['Rivertech'],
  )
  const own = await w.as('rivka').partners.get({ id })
  assert.ok(!('note' in own) && !('custom' in own) && !('external_id' in own))
  assert.equal((await refusal(w.as('rivka').partners.get({ id: await idOf('Brightpath') }))).code, 'not_found')
  const history = await w.as('rivka').partners.timeline({ id })
  assert.ok(history.items.length > 0)
  assert.ok(!JSON.stringify(history).includes('wants Gold'))
  const inside = await w.as('vera').partners.timeline({ id })
  assert.ok(JSON.stringify(inside).includes('wants Gold'))
})

test('a change of own fields changes those it names, and null takes one away', async () => {
  const { id } = await w.as('vera').partners.create({ legal_name: 'Eigenfeld Partner', country: 'DE' })
  const changed = async (custom: Record<string, string | null>) => (await w.as('vera').partners.update({ id, custom })).custom
  assert.deepEqual(await changed({ credit: 'B', wave: '1' }), { credit: 'B', wave: '1' })
  assert.deepEqual(await changed({ credit: 'A' }), { credit: 'A', wave: '1' })
  assert.deepEqual(await changed({ wave: null }), { credit: 'A' })
})

test('a distributor sees itself and the chain below it, its resellers only themselves', async () => {
  const { items } = await w.as('bruno').partners.list()
  assert.deepEqual(items.map((one) => one.name).sort(), ['Castellan', 'Olivar Sistemas', 'Ponteverde'])
  const below = await w.as('lucia').partners.list()
  assert.deepEqual(
    below.items.map((one) => one.name),
    ['Olivar Sistemas'],
  )
})

test('a reseller that leaves its distributor leaves its sight as well', async () => {
  const { id } = await w.as('vera').partners.create({
    legal_name: 'Encina Datos S.L.',
    country: 'ES',
    distributor_id: await idOf('Castellan'),
    tracks: [{ track: 'reseller' }],
  })
  assert.equal((await w.as('bruno').partners.get({ id })).name, 'Encina Datos S.L.')
  await w.as('vera').partners.update({ id, distributor_id: null })
  assert.equal((await refusal(w.as('bruno').partners.get({ id }))).code, 'not_found')
})

test('those without a manager are found by it', async () => {
  const { items } = await w.as('vera').partners.list({ manager_id: 'none', limit: 200 })
  const all = (await w.as('vera').partners.list({ limit: 200 })).items
  assert.deepEqual(items.map((one) => one.id).sort(), all.flatMap((one) => (one.manager_id ? [] : [one.id])).sort())
  assert.ok(items.length > 0 && items.length < all.length)
})

test('nothing of the other host’s partners is seen', async () => {
  const all = JSON.stringify(await w.as('vera').partners.list({ limit: 200 }))
  assert.ok(!all.includes(KESTREL_PLACE))
  const { items } = await w.as('otto', 'kestrel').partners.list()
  assert.equal(items.length, 1)
})

test('a firm that is known by its domain is refused with the candidate, unless it is said to be new', async () => {
  const twin = { legal_name: 'Fjordkilde Norge AS', country: 'NO', domain: 'https://www.fjordkilde.example/om' }
  const told = await refusal(w.as('vera').partners.create(twin))
  assert.equal(told.code, 'conflict')
  assert.match(told.message, /Fjordkilde/)
  const added = await w.as('vera').partners.create({ ...twin, is_new: true })
  assert.equal(added.domain, 'fjordkilde.example')
  assert.equal(added.region, 'NO')
})

test('a free mail domain is no domain of a firm', async () => {
  const told = await refusal(w.as('vera').partners.create({ legal_name: 'Tiny Works', country: 'DE', domain: 'tiny@gmail.com' }))
  assert.equal(told.code, 'invalid')
  assert.match(told.message, /mailboxes/)
})

test('a stale version is refused and changes nothing', async () => {
  const id = await idOf('Corvane')
  const before = await w.as('vera').partners.get({ id })
  await w.as('vera').partners.update({ id, phone: '+1 555 0100' }, { version: before.version })
  const told = await refusal(w.as('vera').partners.update({ id, phone: '+1 555 0199' }, { version: before.version }))
  assert.equal(told.code, 'stale')
  assert.equal((await w.as('vera').partners.get({ id })).phone, '+1 555 0100')
})

test('a suspension tells the partner why, bars a second one, and ends by reinstating', async () => {
  const id = await idOf('Pellworth Group')
  await w.as('carl').partners.suspend({ id, reason: 'agreement_expired', text: 'Sign the renewal.' })
  const seen = await w.as('arjun').partners.get({ id })
  assert.deepEqual([seen.status, seen.status_reason, seen.status_text], ['suspended', 'agreement_expired', 'Sign the renewal.'])
  const again = await refusal(w.as('carl').partners.suspend({ id, reason: 'other' }))
  assert.equal(again.code, 'conflict')
  const back = await w.as('carl').partners.reinstate({ id })
  assert.deepEqual([back.status, back.status_reason], ['active', null])
  const { items } = await w.as('arjun').partners.timeline({ id })
  const types = items.map((one) => one.type)
  assert.ok(types.indexOf('partners.reinstated') < types.indexOf('partners.suspended'))
})

test('a partner that is suspended while it is onboarding goes on with that when it is reinstated', async () => {
  const { partners } = w.as('vera')
  const { id, status } = await partners.create({ legal_name: 'Anlauf Systeme', country: 'DE' })
  assert.equal(status, 'onboarding')
  for (const expected of ['onboarding', 'active'] as const) {
    if (expected === 'active') await partners.activate({ id })
    await partners.suspend({ id, reason: 'screening' })
    assert.equal((await partners.reinstate({ id })).status, expected)
    const { items } = await partners.timeline({ id })
    assert.deepEqual(items[0]?.changes?.status, ['suspended', expected])
  }
})

test('a partner’s admin keeps its profile but not its tier, and nobody else’s profile', async () => {
  const id = await idOf('Brightpath')
  const told = await w.as('pat').partners.update_profile({ id, description: 'We build data platforms.' })
  assert.equal(told.description, 'We build data platforms.')
  assert.equal((await refusal(w.as('pat').partners.set_tracks({ id, tracks: [] }))).code, 'forbidden')
  assert.equal((await refusal(w.as('mona').partners.update_profile({ id, description: '' }))).code, 'forbidden')
  assert.equal(
    (await refusal(w.as('bruno').partners.update_profile({ id: await idOf('Olivar Sistemas'), phone: '1' }))).code,
    'forbidden',
  )
})

test('a web site is kept as an address that a browser opens, and never as a script', async () => {
  const id = await idOf('Brightpath')
  const kept = await w.as('pat').partners.update_profile({ id, website: 'www.brightpath.example/about' })
  assert.equal(kept.website, 'https://www.brightpath.example/about')
  for (const website of ['javascript:alert(1)', 'data:text/html,x', 'JavaScript://brightpath.example/%0aalert(1)', 'intranet'])
    assert.match(
      (await refusal(w.as('pat').partners.update_profile({ id, website }))).message,
      /website: is no address of a web site/,
    )
})

test('parents form no circle', async () => {
  const parent = await idOf('Brightpath')
  const child = await idOf('Brightpath UK Ltd')
  const told = await refusal(w.as('vera').partners.update({ id: parent, parent_id: child }))
  assert.match(told.message, /circle/)
})

test('a merge moves people, children, domains and tracks, keeps both histories and happens once', async () => {
  const vera = w.as('vera')
  const gone = await idOf('Harrow Peak')
  const stays = await idOf('Lakehurst')
  const child = await vera.partners.create({ legal_name: 'Harrow Peak Canada', country: 'US', parent_id: gone, is_new: true })
  const after = await vera.partners.merge({ id: gone, into_id: stays })
  assert.ok(after.domains.includes('harrowpeak.example'))
  assert.equal((await vera.partners.get({ id: child.id })).parent_id, stays)
  const { items } = await vera.partners.people({ id: stays })
  assert.deepEqual(
    items.map((one) => one.name),
    ['Grace', 'Tomas'],
  )
  assert.ok((await vera.partners.timeline({ id: gone })).items.some((one) => one.type === 'partners.merged'))
  assert.ok((await vera.partners.timeline({ id: stays })).items.some((one) => one.type === 'partners.absorbed'))
  const listed = await vera.partners.list({ q: 'Harrow Peak LLC' })
  assert.equal(listed.items.length, 0)
  assert.equal((await refusal(vera.partners.merge({ id: gone, into_id: stays }))).code, 'conflict')
  assert.equal((await w.as('tomas').partners.get({ id: gone })).merged_into_id, stays)
})

test('two partners of one country under one domain are reported as duplicates', async () => {
  await w.as('vera').partners.create({ legal_name: 'Sora K.K.', country: 'JP', domain: 'sora.example', is_new: true })
  const { items } = await w.as('vera').partners.duplicates()
  assert.ok(items.some((one) => one.by === 'domain' && one.value === 'sora.example' && one.partners.length === 2))
  assert.ok(!items.some((one) => one.value === 'brightpath.example'))
})

test('the list filters by track, tier, region and status, turns its pages and goes out as CSV', async () => {
  const vera = w.as('vera')
  const gold = await vera.partners.list({ track: ['msp'], tier: 'Gold' })
  assert.deepEqual(gold.items.map((one) => one.name).sort(), ['Lakehurst', 'Madar Cloud'])
  const apac = await vera.partners.list({ region: ['APAC'], status: ['onboarding'] })
  assert.deepEqual(
    apac.items.map((one) => one.name),
    ['Tsubaki Works', 'Sora K.K.'].sort(),
  )
  const first = await vera.partners.list({ limit: 3, sort: '-number' })
  const second = await vera.partners.list({ limit: 3, sort: '-number', cursor: first.next ?? '' })
  assert.ok((first.items[2]?.number ?? 0) > (second.items[0]?.number ?? 0))
  const csv = await w.request('vera', { method: 'GET', url: '/api/partners.csv?track=distributor' })
  assert.match(csv.body, /Castellan/)
})

test('a terminated partner’s people lose their access with it', async () => {
  const id = await idOf('Wattlebird')
  assert.equal((await w.as('josh').partners.get({ id })).status, 'active')
  assert.equal((await refusal(w.as('kenji').partners.terminate({ id, reason: 'mutual' }))).code, 'forbidden')
  await w.as('vera').partners.terminate({ id, reason: 'acquired_by_competitor' })
  assert.equal((await refusal(w.as('josh').partners.get({ id }))).code, 'forbidden')
  assert.equal((await refusal(w.as('vera').partners.reinstate({ id }))).code, 'conflict')
})

test('a set of partners is saved once, tells its wrong rows, and can be taken back', async () => {
  const inside = <T>(work: Parameters<typeof asSystem<T>>[2]) => asSystem(w.house, w.tenants.meridian, work)
  const rows = [
    {
      external_id: 'P-1',
      legal_name: 'Aster Consulting Oy',
      country: 'FI',
      region: 'EMEA',
      tracks: [{ track: 'si' as const, tier: 'Silver' }],
    },
    { external_id: 'P-2', legal_name: 'Birk Data AS', country: 'NO', region: 'NORDICS' },
    { legal_name: 'Birk Data AS', country: 'NO', domain: 'birk.example' },
  ]
  const first = await inside((ctx) => savePartners(ctx, rows))
  assert.deepEqual(
    first.map((one) => one.outcome),
    ['created', 'refused', 'created'],
  )
  assert.match(first[1]?.issues[0]?.message ?? '', /NORDICS/)
  const second = await inside((ctx) => savePartners(ctx, rows))
  assert.deepEqual(
    second.map((one) => one.outcome),
    ['unchanged', 'refused', 'unchanged'],
  )
  const changed = await inside((ctx) =>
    savePartners(ctx, [
      { external_id: 'P-1', legal_name: 'Aster Consulting Oy', country: 'FI', tracks: [{ track: 'si' as const, tier: 'Gold' }] },
    ]),
  )
  assert.deepEqual(changed[0]?.changes, { tracks: [[{ track: 'si', tier: 'Silver' }], [{ track: 'si', tier: 'Gold' }]] })
  const back = await inside((ctx) => undoPartners(ctx, changed))
  assert.equal(back[0]?.outcome, 'undone')
  assert.deepEqual((await w.as('vera').partners.get({ id: first[0]?.id ?? '' })).tracks, [{ track: 'si', tier: 'Silver' }])
  const gone = await inside((ctx) => undoPartners(ctx, first.slice(2)))
  assert.equal(gone[0]?.outcome, 'undone')
  assert.equal((await w.as('vera').partners.list({ q: 'birk' })).items.length, 0)
})

test('the running clocks of a partner pass on with its manager', async () => {
  const id = await idOf('Madar Cloud')
  const holder = async () =>
    (await w.owner<{ holder_id: string }>('select holder_id from clocks where party_id = $1', [id]))[0]?.holder_id
  const [carl, ana] = await Promise.all(
    ['carl', 'ana'].map(async (name) => (await w.as(name).identity.me()).ecosystems[0]?.member_id ?? ''),
  )
  await asSystem(w.house, w.tenants.meridian, (ctx) =>
    startClock(ctx, {
      name: 'deals.review',
      subject_type: 'partners',
      subject_id: id,
      party_id: id,
      ball: 'inner',
      holder_id: carl ?? null,
      minutes: 6000,
    }),
  )
  assert.equal(await holder(), carl)
  await w.as('vera').partners.assign_manager({ id, manager_id: ana ?? '' })
  assert.equal(await holder(), ana)
  await asSystem(w.house, w.tenants.meridian, (ctx) =>
    endClock(ctx, { name: 'deals.review', subject_type: 'partners', subject_id: id }),
  )
})

test('a role that reaches a track or named partners only sees no others', async () => {
  const vera = w.as('vera')
  const { items } = await vera.access.list({ q: 'kenji' })
  const kenji = items[0]?.id ?? ''
  await vera.access.update({ id: kenji, roles: [{ role: 'channel_manager', scope: { tracks: ['isv', 'distributor'] } }] })
  const seen = await w.as('kenji').partners.list({ limit: 100 })
  assert.deepEqual(
    seen.items.map((one) => one.name),
    ['Castellan', 'Corvane'],
  )
  const [mine, other] = [await idOf('Castellan'), await idOf('Madar Cloud')]
  const why = async (subject_id: string) => (await w.as('kenji').access.explain({ subject_type: 'partners', subject_id })).subject
  const scope = { tracks: ['isv', 'distributor'] }
  const through = [{ role: 'channel_manager', scope, changed: false }]
  const told = { permission: 'partners.get', through }
  assert.deepEqual(await why(mine), { ...told, visible: true, because: 'host', let_in_by: { tracks: ['distributor'] } })
  assert.deepEqual(await why(other), { ...told, visible: false, because: 'out_of_scope', let_in_by: null })
  const colleague = (party_id: string) =>
    w
      .as('kenji')
      .access.invite({ name: 'New', email: 'new@scoped.example', party_id, roles: [{ role: 'partner_seller', scope: {} }] })
  assert.match((await refusal(colleague(other))).message, /outside your scope/)
  assert.equal((await colleague(mine)).party_id, mine)
  const outside = { legal_name: 'Outside Tracks', country: 'SG', tracks: [{ track: 'reseller' as const }] }
  assert.match((await refusal(w.as('kenji').partners.create(outside))).message, /tracks: give a track of yours: isv, distributor/)
  const moved = w.as('kenji').partners.set_tracks({ id: mine, tracks: [{ track: 'msp' }] })
  assert.match((await refusal(moved)).message, /tracks: give a track of yours/)
  await vera.access.update({ id: kenji, roles: [{ role: 'channel_manager', scope: { partners: [await idOf('Madar Cloud')] } }] })
  const one = await w.as('kenji').partners.list({ limit: 100 })
  assert.deepEqual(
    one.items.map((row) => row.name),
    ['Madar Cloud'],
  )
  assert.deepEqual((await why(other))?.let_in_by, { partners: [other] })
})

test('who asks why they see a partner is told each role that opens it and the part of their reach that it lies in', async () => {
  const { items } = await w.as('vera').access.list({ q: 'carl' })
  const [id, before] = [items[0]?.id ?? '', items[0]?.roles ?? []]
  const roles = [
    { role: 'channel_manager', scope: { regions: ['EMEA', 'APAC'] } },
    { role: 'finance', scope: {} },
  ]
  await w.as('vera').access.update({ id, roles })
  const subject_id = await idOf('Brightpath')
  const why = async () => (await w.as('carl').access.explain({ subject_type: 'partners', subject_id })).subject
  assert.deepEqual(await why(), {
    visible: true,
    because: 'host',
    permission: 'partners.get',
    through: [
      { role: 'channel_manager', scope: { regions: ['EMEA', 'APAC'] }, changed: false },
      { role: 'finance', scope: {}, changed: false },
    ],
    let_in_by: { regions: ['EMEA'] },
  })
  const take = (role: string, granted: boolean | null) =>
    w.as('vera').access.change_role({ role, permission: 'partners.get', granted })
  for (const { role } of roles) await take(role, false)
  assert.deepEqual(await why(), {
    visible: false,
    because: 'no_role',
    permission: 'partners.get',
    through: [],
    let_in_by: null,
  })
  for (const { role } of roles) await take(role, null)
  await w.as('vera').access.update({ id, roles: before })
})

test('a partner that nobody looks after is told to the host until a manager is named', async () => {
  const waiting = async () => (await asSystem(w.house, w.tenants.meridian, partnerInbox)).map((row) => row.title)
  assert.ok((await waiting()).includes('Tsubaki Works'))
  const kenji = (await w.as('kenji').identity.me()).ecosystems[0]?.member_id ?? ''
  await w.as('vera').partners.assign_manager({ id: await idOf('Tsubaki Works'), manager_id: kenji })
  assert.ok(!(await waiting()).includes('Tsubaki Works'))
})
