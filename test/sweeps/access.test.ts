import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Route } from '../../kernel/contract.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import { seed } from './depth.ts'
import { dryRun } from './dry-run.ts'
import { type Answer, allRoutes, ask, type Estate, eachOf, estate, kindOfPath, send, smallInput } from './estate.ts'
import type { Owned } from './objects.ts'
import type { Caller } from './people.ts'
import { KEY_READS_DEALS, MATRIX } from './permissions.ts'

let e: Estate
before(async () => {
  e = await estate()
})
after(() => e.w.close())

test('every route stands in the matrix, and the matrix names no other', () => {
  const names = allRoutes.map((route) => route.name)
  assert.deepEqual(
    names.filter((name) => !(name in MATRIX)),
    [],
    'say in test/sweeps/permissions.ts who may call these',
  )
  assert.deepEqual(
    Object.keys(MATRIX).filter((name) => !names.includes(name)),
    [],
    'these are in the matrix and not served',
  )
})

type Verdict = 'allow' | 401 | 403

function verdict(caller: Caller, route: Route): Verdict {
  const permitted = MATRIX[route.name] ?? []
  if (permitted === 'everybody') return 'allow'
  const has_person = caller.role !== null && caller.role !== 'key'
  if (permitted === 'person') return has_person ? 'allow' : caller.role === 'key' ? 403 : 401
  if (caller.role === null) return 401
  if (caller.role === 'key') return KEY_READS_DEALS.includes(route.name) ? 'allow' : 403
  return permitted.includes(caller.role) ? 'allow' : 403
}

type Whose = keyof Owned
const HOST_SEES: Whose[] = ['own', 'sibling', 'far', 'chain']
/** Whose records somebody reaches: those of firms by firm or region, the host's own by their ecosystem. */
function reach(caller: Caller, kind: string): Whose[] {
  const hosted = e.objects.kinds[kind]?.sibling === undefined
  // A key or a view is its maker's alone.
  if (kind === 'api-keys' || kind === 'views')
    return caller.name === 'vera' ? ['own'] : caller.name === 'admin of Kestrel, at home' ? ['other'] : []
  if (caller.name === 'admin of Kestrel, at home') return ['other']
  if (caller.name === 'partner of Kestrel, at home') return hosted || kind === 'members' ? [] : ['other']
  if (hosted) return caller.side === 'inner' ? ['own'] : []
  if (caller.name.startsWith('carl')) return ['own', 'sibling', 'chain']
  if (caller.name.startsWith('ana')) return ['far']
  if (caller.side === 'inner') return HOST_SEES
  if (caller.name.startsWith('brightpath') || caller.role === 'key') return ['own']
  if (caller.name.startsWith('rivertech')) return ['sibling']
  // The people of a chain's firm are read at the firm.
  if (caller.name.startsWith('castellan')) return kind === 'members' ? [] : ['chain']
  return []
}

const DONE = new Set([200, 201, 204, 409, 412, 422])

/** Where an allowed caller is told "not this one", with the reason. */
const SPECIAL: Record<string, readonly number[]> = {
  'access.found': [403, 404],
  'access.open_invitation': [404],
  'access.accept_invitation': [404],
  'access.join': [404],
  'links.open_extension': [404],
  'links.extend': [404],
  // Only an admin manages the people of the host.
  'access.invite': [403],
  'identity.open_link': [404],
  'identity.revoke_session': [404],
}

interface Probe {
  caller: Caller
  route: Route
  whose: Whose | null
}
const tell = ({ caller, route, whose }: Probe, wanted: unknown, { status, text }: Answer) =>
  `${caller.name}: ${route.name}${whose ? ` on ${whose}` : ''}: ${status} instead of ${String(wanted)}: ${text.slice(0, 160)}`

const inputs = new Map<string, Record<string, unknown>>()
function inputOf(route: Route): Record<string, unknown> {
  const known = inputs.get(route.name) ?? { ...smallInput(route, e.pools, seed), ...e.objects.inputs[route.name] }
  inputs.set(route.name, known)
  return known
}

const plain = (answer: Answer) => JSON.stringify({ ...answer.body, instance: '' })

async function judge(probe: Probe): Promise<string | null> {
  const { caller, route, whose } = probe
  const kind = kindOfPath(route)
  const id = kind && whose ? e.objects.kinds[kind]?.[whose] : undefined
  const input = { ...inputOf(route), ...(id ? { id } : {}) }
  const answer = await ask(e.w, caller, route, input)
  const wanted = verdict(caller, route)
  // Kestrel has no second firm or account to merge into, nor an account with a further domain.
  if (caller.name.includes('of Kestrel, at home') && /\.(merge|remove_domain)$/.test(route.name)) return null
  if (wanted !== 'allow') {
    const code = answer.body?.code
    const told = answer.status === wanted && (code === 'forbidden' || code === 'unauthenticated')
    return told || SPECIAL[route.name]?.includes(answer.status) ? null : tell(probe, wanted, answer)
  }
  if (kind && whose && !reach(caller, kind).includes(whose)) {
    if (answer.status !== 404) return tell(probe, 404, answer)
    const nobodys = await ask(e.w, caller, route, { ...input, id: uuidv7() })
    return plain(answer) === plain(nobodys)
      ? null
      : tell(probe, `the very words of an id that nobody has: ${nobodys.text.slice(0, 160)}`, answer)
  }
  const fine = DONE.has(answer.status) || SPECIAL[route.name]?.includes(answer.status)
  return fine ? null : tell(probe, 'done', answer)
}

function probesOf(): Probe[] {
  return allRoutes.flatMap((route) =>
    e.callers.flatMap((caller): Probe[] => {
      const kind = kindOfPath(route)
      const owned = kind ? e.objects.kinds[kind] : undefined
      if (kind) assert.ok(owned, `say in test/sweeps/objects.ts which records /${kind}/:id has`)
      if (!owned || verdict(caller, route) !== 'allow') return [{ caller, route, whose: owned ? ('own' as const) : null }]
      const whose = (Object.keys(owned) as Whose[]).filter((one) => owned[one])
      // What a distributor may change of its resellers is each room's own rule; here it is only seen that it reads them.
      const chained = caller.name.startsWith('castellan') && route.method !== 'GET'
      return whose.filter((one) => !(chained && one === 'chain')).map((one) => ({ caller, route, whose: one }))
    }),
  )
}

test('every route gives every caller what the matrix says, on their own records and on those of others', async () => {
  const back = dryRun(e.w.house.database)
  const wrong: string[] = []
  const counts: Record<string, number> = {}
  const probes = probesOf()
  try {
    await eachOf(probes, async (probe) => {
      const said = verdict(probe.caller, probe.route)
      counts[said] = (counts[said] ?? 0) + 1
      const problem = await judge(probe)
      if (problem) wrong.push(problem)
    })
  } finally {
    back()
  }
  console.log(
    `access: ${allRoutes.length} routes, ${e.callers.length} callers, ${probes.length} probes (${JSON.stringify(counts)}), ${wrong.length} wrong, seed ${seed}`,
  )
  assert.deepEqual(wrong.sort(), [])
  assert.ok(probes.length > allRoutes.length * e.callers.length)
})

test('the CSV door of a list opens for those who may read the list, and for nobody else', async () => {
  const wrong: string[] = []
  const lists = allRoutes.filter((route) => route.list)
  for (const route of lists) {
    for (const caller of e.callers) {
      const owned = e.objects.kinds[kindOfPath(route) ?? '']
      const id = caller.name.startsWith('ana') ? (owned?.far ?? owned?.own) : owned?.own
      const url = `/api${route.path.replace(':id', id ?? '')}.csv`
      const answer = await send(e.w, { method: 'GET', url, headers: caller.headers })
      const wanted = verdict(caller, route)
      // A record below the list may be another's: then it is not there.
      const fine =
        wanted === 'allow' ? answer.status === 200 || (id !== undefined && answer.status === 404) : answer.status === wanted
      if (!fine) wrong.push(`${caller.name}: ${route.name}.csv: ${answer.status}`)
    }
  }
  console.log(`access: ${lists.length} lists as CSV, ${lists.length * e.callers.length} probes`)
  assert.deepEqual(wrong, [])
})
