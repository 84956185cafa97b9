// The loader of bench `api`, a process of its own: keep-alive connections on plain sockets, one request in flight on each.
// It reads its job as JSON from argv and prints what it saw as one JSON line.
import { connect } from 'node:net'
import {
  firmAt,
  foreignRows,
  idOf,
  isHost,
  kindOf,
  PRODUCT,
  partnerOf,
  randomBelow,
  SIZES,
  type Size,
  tokenOf,
} from './api-world.ts'

const OPERATIONS = ['list', 'read', 'create', 'stage', 'dashboard', 'search'] as const
export type Operation = (typeof OPERATIONS)[number]

export interface LoadJob {
  port: number
  size: Size
  connections: number
  seconds: number
  /** Shares of a hundred. */
  mix: Partial<Record<Operation, number>>
  seed: number
  /** Instead of the mix each user asks once who it is, so that the server knows all callers. */
  greet?: boolean
}

interface OperationSeen {
  count: number
  p50_ms: number
  p99_ms: number
}
export interface LoadSeen {
  requests: number
  /** Processor milliseconds of the loader itself. */
  cpu_ms: number
  seconds: number
  /** Answers of another partner's rows. */
  foreign: string[]
  /** Refusals that the mix means to meet: a stage that another user moved meanwhile. */
  refused: number
  failed: Record<string, number>
  operations: Partial<Record<Operation, OperationSeen>>
}

interface Asked {
  operation: Operation
  partner: number
  text: string
}

/** Makes the requests of a job, one after another; null where there are no more. */
function makeRequests({ size, mix, seed, greet }: LoadJob): () => Asked | null {
  const { partners, users, deals, accounts } = SIZES[size]
  const below = randomBelow(seed)
  const shares = OPERATIONS.flatMap((operation) => Array.from({ length: mix[operation] ?? 0 }, () => operation))
  const moved = new Map<string, number>()
  const each = Math.floor(deals / partners)
  let made = 0
  const dealOf = (partner: number): [number, number] => [partner < partners ? partner : below(partners), below(each)]
  const send = (method: string, path: string, user: number, body?: object): string => {
    const text = body === undefined ? '' : JSON.stringify(body)
    const head = `${method} ${path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${tokenOf(user)}\r\nx-ecosystem: meridian\r\n`
    return body === undefined
      ? `${head}\r\n`
      : `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
  }
  const create = (user: number): string => {
    made += 1
    // One in ten asks for a customer whose scope another holds; half of the others is known to the host.
    const collides = made % 10 === 0
    const taken = below(deals)
    const number = collides ? taken - (taken % (partners * 10)) + (taken % partners) : deals + below(accounts - deals)
    const { name, domain, country } = collides || made % 2 === 0 ? firmAt(number) : firmAt(100_000_000 + seed * 1_000_000 + made)
    const sale = { product: PRODUCT, amount_minor: 1_000_000 + below(10_000_000), currency: 'EUR', closes_on: '2099-06' }
    return send('POST', '/api/deals', user, {
      ...sale,
      customer: name,
      account_domain: domain,
      country,
      evidence_on: '2026-01-15',
      evidence_kind: 'meeting',
    })
  }
  const stage = (user: number, partner: number): string => {
    let [of, n] = dealOf(partner)
    while (kindOf(n) !== 'protected') [of, n] = dealOf(partner)
    const id = idOf('deal', of, n)
    const times = moved.get(id) ?? 0
    moved.set(id, times + 1)
    return send('POST', `/api/deals/${id}/stage`, user, { stage: times % 2 === 0 ? 'proposed' : 'qualified' })
  }
  const LISTS = [
    'review=approved',
    'protection=protected&sort=-amount',
    'stage=open',
    'review=under_review,submitted',
    'sort=closes_on&product=flow',
  ]
  const text: Record<Operation, (user: number, partner: number) => string> = {
    list: (user) => send('GET', `/api/deals?limit=25&${LISTS[below(LISTS.length)]}`, user),
    read: (user, partner) => send('GET', `/api/deals/${idOf('deal', ...dealOf(partner))}`, user),
    create,
    stage,
    dashboard: (user) => send('GET', below(2) === 0 ? '/api/inbox' : '/api/deals/board', user),
    search: (user) => send('GET', `/api/search?q=${encodeURIComponent(firmAt(below(deals)).name.split(' ')[0] ?? 'nova')}`, user),
  }
  let greeted = 0
  return () => {
    if (greet) {
      const user = greeted
      greeted += 1
      if (user >= users) return null
      return { operation: 'list', partner: partnerOf(user, partners), text: send('GET', '/api/me', user) }
    }
    const operation = shares[below(shares.length)] ?? 'list'
    let user = below(users)
    // The host's managers decide deals; partners register and move them, and a narrowed manager reads only the own region.
    while (isHost(user) && (operation === 'create' || operation === 'stage' || operation === 'read')) user = below(users)
    const partner = partnerOf(user, partners)
    return { operation, partner, text: text[operation](user, partner) }
  }
}

interface Tally {
  times: Record<Operation, number[]>
  seen: LoadSeen
}

function note({ times, seen }: Tally, { operation, partner }: Asked, answer: string, millis: number): void {
  const status = Number(answer.slice(9, 12))
  seen.requests += 1
  times[operation].push(millis)
  if (operation === 'stage' && status === 409) seen.refused += 1
  else if (status !== 200 && status !== 201) {
    const what = `${operation} ${status} ${answer.slice(answer.indexOf('\r\n\r\n') + 4).slice(0, 300)}`
    if (Object.keys(seen.failed).length < 5) seen.failed[what] = (seen.failed[what] ?? 0) + 1
    else seen.failed.more = (seen.failed.more ?? 0) + 1
  }
  if (partner < 0xffff) seen.foreign.push(...foreignRows(answer, partner).slice(0, 3))
}

/** One connection until the end of the time. */
function work(port: number, next: () => Asked | null, end: number, tally: Tally): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true).setEncoding('latin1')
    let [text, whole, started] = ['', 0, 0]
    let asked: Asked | null = null
    const ask = () => {
      asked = performance.now() < end ? next() : null
      if (!asked) {
        socket.end()
        return resolve()
      }
      ;[text, whole, started] = ['', 0, performance.now()]
      socket.write(asked.text)
    }
    socket.on('connect', ask).on('error', reject)
    socket.on('close', () => resolve())
    socket.on('data', (part: string) => {
      text += part
      if (whole === 0) {
        const head = text.indexOf('\r\n\r\n')
        if (head < 0) return
        whole = head + 4 + Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0)
      }
      if (text.length < whole || !asked) return
      note(tally, asked, text, performance.now() - started)
      ask()
    })
  })
}

const quantile = (sorted: number[], q: number): number => Math.round((sorted[Math.floor(sorted.length * q)] ?? 0) * 100) / 100

async function load(job: LoadJob): Promise<LoadSeen> {
  const times = Object.fromEntries(OPERATIONS.map((one) => [one, []])) as unknown as Tally['times']
  const tally: Tally = {
    times,
    seen: { requests: 0, cpu_ms: 0, seconds: 0, foreign: [], refused: 0, failed: {}, operations: {} },
  }
  const next = makeRequests(job)
  const start = performance.now()
  const end = start + job.seconds * 1000
  await Promise.all(Array.from({ length: job.connections }, () => work(job.port, next, end, tally)))
  tally.seen.seconds = (performance.now() - start) / 1000
  tally.seen.cpu_ms = process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000
  for (const operation of OPERATIONS) {
    const sorted = times[operation].sort((a, b) => a - b)
    if (sorted.length > 0)
      tally.seen.operations[operation] = { count: sorted.length, p50_ms: quantile(sorted, 0.5), p99_ms: quantile(sorted, 0.99) }
  }
  return tally.seen
}

if (process.argv[2] && import.meta.main) console.log(JSON.stringify(await load(JSON.parse(process.argv[2]) as LoadJob)))
