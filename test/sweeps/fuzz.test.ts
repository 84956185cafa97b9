import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { pathParameters, type Route } from '../../kernel/contract.ts'
import { arbitraryOf } from './arbitrary.ts'
import { byDepth, seed } from './depth.ts'
import { dryRun } from './dry-run.ts'
import { type Answer, allRoutes, ask, type Estate, eachOf, estate, inputSchema, kindOfPath, send } from './estate.ts'
import { HOSTILE, RAW_BODIES, spoiled } from './hostile.ts'
import { FILE } from './objects.ts'
import type { Caller } from './people.ts'
import { MATRIX } from './permissions.ts'

const CASES = byDepth(36, 600)
const LONGEST_MILLIS = 5000

let e: Estate
let back: () => void
before(async () => {
  e = await estate()
  back = dryRun(e.w.house.database)
})
after(async () => {
  back()
  await e.w.close()
})

/** Routes that good inputs alone cannot make succeed, and why. */
const SELDOM: Readonly<Record<string, string>> = {
  'access.accept_invitation': 'needs a secret that was mailed',
  'access.open_invitation': 'needs a secret that was mailed',
  'access.retire_role': 'works once for each role that a host made',
  'access.join': 'needs a secret that was mailed',
  'access.found': 'works once, in an installation without an ecosystem',
  'imports.cancel': 'needs an import that is running just now',
  'identity.open_link': 'needs a secret that was mailed',
  'identity.revoke_session': 'needs the id of a session of the caller',
}

/** Who calls, so that the route can succeed. */
function callerOf(route: Route): Caller {
  const permitted = MATRIX[route.name] ?? []
  const name = typeof permitted === 'string' || permitted.includes('owner') ? 'vera' : 'brightpath partner_admin'
  const caller = e.callers.find((one) => one.name === name)
  if (!caller) throw new Error(`There is no caller for ${route.name}`)
  return caller
}

interface Tally {
  route: string
  cases: number
  done: number
  problems: string[]
}

const TOO_MUCH = new Set([500, 502, 504])

function problemOf(route: Route, answer: Answer, sent: unknown): string | null {
  const told = (text: string) =>
    `${route.name}: ${text}: ${JSON.stringify(sent)?.slice(0, 300)} → ${answer.status} ${answer.text.slice(0, 300)}`
  if (TOO_MUCH.has(answer.status) || (answer.status === 503 && route.method !== 'GET')) return told('the server failed')
  if (answer.status === 204) return answer.text === '' ? null : told('204 with a body')
  if (answer.status < 300) {
    const read = route.output.safeParse(answer.body)
    return read.success
      ? null
      : told(`the answer is not as promised (${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message})`)
  }
  const { type, title, status, detail, code } = answer.body ?? {}
  const whole = [type, title, detail, code].every((text) => typeof text === 'string' && text !== '') && status === answer.status
  if (!whole || !String(answer.headers['content-type']).startsWith('application/problem+json')) return told('no problem document')
  return null
}

function goodInputs(route: Route): fc.Arbitrary<Record<string, unknown>> {
  const schema = inputSchema(route)
  const any = arbitraryOf(schema, { pools: e.pools })
  const small = arbitraryOf(schema, { pools: e.pools, minimal: true })
  const kind = kindOfPath(route)
  const id = e.objects.routes[route.name] ?? (kind ? e.objects.kinds[kind]?.own : undefined)
  const fixed = {
    ...(id ? { id } : {}),
    ...e.objects.inputs[route.name],
    ...e.objects.good[route.name],
    ...(route.upload === undefined ? {} : { file: FILE }),
  }
  return fc
    .oneof({ weight: 2, arbitrary: small }, { weight: 1, arbitrary: any })
    .map((input) => ({ ...(input as Record<string, unknown>), ...fixed }))
}

async function attempt(route: Route, tally: Tally, input: Record<string, unknown>): Promise<void> {
  const start = Date.now()
  const first = await ask(e.w, callerOf(route), route, input)
  // Two changes that met are told to come again, and this one does.
  const answer = first.status === 503 ? await ask(e.w, callerOf(route), route, input) : first
  tally.cases += 1
  if (answer.status < 300) tally.done += 1
  const problem = problemOf(route, answer, input)
  if (problem) tally.problems.push(problem)
  if (Date.now() - start > LONGEST_MILLIS)
    tally.problems.push(`${route.name}: took ${Date.now() - start} ms: ${JSON.stringify(input).slice(0, 300)}`)
}

// Half a character is none that an address can hold; JSON writes it as its number, in a body it is tried.
const fitsAddress = (route: Route, input: object) =>
  (route.method !== 'GET' && !route.path.includes(':')) || !/\\ud[89a-f]/i.test(JSON.stringify(input))

async function fuzz(route: Route): Promise<Tally> {
  const tally: Tally = { route: route.name, cases: 0, done: 0, problems: [] }
  const good = fc.sample(goodInputs(route), { numRuns: CASES, seed })
  const fields = Object.keys(inputSchema(route).shape)
  for (const [i, input] of good.entries()) {
    if (i % 3 < 2) await attempt(route, tally, input)
    else {
      const [bad] = fc.sample(spoiled(input, fields), { numRuns: 1, seed: seed + i })
      const whole = route.path.includes(':') ? { ...input, ...bad } : bad
      // A path must have its parameters to be a path at all.
      const isPath = pathParameters(route.path).every((name) => whole && String(whole[name]) !== '')
      if (whole && isPath && fitsAddress(route, whole)) await attempt(route, tally, whole)
    }
  }
  return tally
}

test('no input makes the server fail, answers are as promised, and good inputs succeed', async () => {
  const tallies: Tally[] = []
  await eachOf(allRoutes, async (route) => void tallies.push(await fuzz(route)), 4)
  const cases = tallies.reduce((sum, one) => sum + one.cases, 0)
  const done = tallies.reduce((sum, one) => sum + one.done, 0)
  const seldom = tallies.filter((one) => one.done < one.cases * 0.3 && !(one.route in SELDOM))
  const problems = tallies.flatMap((one) => one.problems)
  console.log(
    `fuzz: ${allRoutes.length} routes, ${cases} cases, ${done} done (${Math.round((100 * done) / cases)} %), ${problems.length} problems, seed ${seed}`,
  )
  assert.deepEqual(problems.slice(0, 40), [])
  assert.deepEqual(
    seldom.map(({ route, done, cases }) => `${route}: ${done} of ${cases}`),
    [],
    'give these routes inputs that succeed',
  )
})

test('what is no JSON object is refused with a problem document', async () => {
  const problems: string[] = []
  const routes = allRoutes.filter((route) => route.method !== 'GET' && route.upload === undefined)
  let cases = 0
  for (const route of routes) {
    const id = e.objects.kinds[kindOfPath(route) ?? '']?.own ?? 'x'
    for (const [type, payload] of RAW_BODIES) {
      const headers = { ...callerOf(route).headers, ...(type ? { 'content-type': type } : {}) }
      const answer = await send(e.w, { method: route.method, url: `/api${route.path.replace(/:\w+/g, id)}`, headers, payload })
      cases += 1
      const problem = problemOf(route, answer, payload.slice(0, 60))
      if (problem) problems.push(problem)
      if (payload.includes('"a":{"a"') && answer.status !== 422) problems.push(`${route.name}: a deep body got ${answer.status}`)
    }
  }
  console.log(`fuzz: ${cases} raw bodies over ${routes.length} routes`)
  assert.deepEqual(problems.slice(0, 30), [])
})

test('hostile values in every part of an address and in every header that we read are refused or harmless', async () => {
  const problems: string[] = []
  let cases = 0
  const texts = HOSTILE.filter((value): value is string => typeof value === 'string' && value.length < 500)
  for (const route of allRoutes.filter((one) => one.path.includes(':'))) {
    for (const text of texts) {
      const url = `/api${route.path.replace(/:\w+/g, encodeURIComponent(text.toWellFormed()))}`
      const answer = await send(e.w, { method: route.method, url, headers: callerOf(route).headers })
      cases += 1
      const problem = problemOf(route, answer, text)
      if (problem && answer.status >= 400) problems.push(problem)
    }
  }
  const [get] = allRoutes.filter((route) => route.name === 'partners.list')
  if (!get) throw new Error('partners.list is gone')
  for (const header of [
    'x-ecosystem',
    'authorization',
    'x-api-key',
    'cookie',
    'if-match',
    'idempotency-key',
    'x-rialto-via',
    'origin',
    'accept',
    'range',
  ]) {
    for (const text of texts) {
      const value = text.replace(/[^\x20-\x7e]/g, '?')
      const answer = await send(e.w, {
        method: 'GET',
        url: '/api/partners',
        headers: { ...callerOf(get).headers, [header]: value },
      })
      cases += 1
      const problem = problemOf(get, answer, { header, value })
      if (problem) problems.push(problem)
    }
  }
  console.log(`fuzz: ${cases} hostile addresses and headers`)
  assert.deepEqual(problems.slice(0, 30), [])
})
