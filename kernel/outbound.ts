import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { Refusal } from './errors.ts'

// Everything that is not the public internet: private, loopback, link-local (with the clouds' metadata), shared, test, multicast, reserved.
const closed = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(net, bits, 'ipv4')
// Of IPv6 only global unicast is open, less the prefixes that carry an IPv4 address inside or are for documents.
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(net, bits, 'ipv6')

/** Whether an address belongs to the public internet; anything unknown does not. */
function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !closed.check(address, 'ipv4')
  if (family === 6) return global6.check(address, 'ipv6') && !closed.check(address, 'ipv6')
  return false
}

async function pin(hostname: string): Promise<string> {
  const bare = hostname.replace(/^\[|\]$/g, '')
  const found = isIP(bare) ? [{ address: bare }] : await lookup(bare, { all: true })
  const bad = found.find(({ address }) => !isPublicAddress(address))
  if (bad || found.length === 0) throw new Refusal('invalid', `${hostname} does not lead to a public address`)
  return found[0]?.address ?? ''
}

const LIMIT = 10 * 1024 * 1024

/** The one way out: https or http to public addresses only, the checked address is the one connected to, no redirects, 10 s, 10 MiB. */
export async function guardedFetch(text: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(text)
  if (!['http:', 'https:'].includes(url.protocol) || url.username || url.password)
    throw new Refusal('invalid', 'The address must be plain http or https, without a password in it')
  const address = await pin(url.hostname)
  // Read when something is sent: importing them brings in a whole browser's worth of fetch, 12 MB that most processes never need.
  const { request: send } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers).entries()),
      timeout: 10_000,
      // The name was resolved and checked above; resolving it again could give another answer.
      lookup: (_name, options, done) =>
        options.all ? done(null, [{ address, family: isIP(address) }]) : done(null, address, isIP(address)),
    })
    request.on('timeout', () => request.destroy(new Error(`${url.host} did not answer within 10 seconds`)))
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > LIMIT) request.destroy(new Error(`${url.host} answered with more than 10 MiB`))
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () => {
        const status = response.statusCode ?? 502
        const headers = new Headers(
          Object.entries(response.headers).flatMap(([key, value]) =>
            typeof value === 'string' ? [[key, value] as [string, string]] : [],
          ),
        )
        resolve(new Response([204, 205, 304].includes(status) ? null : Buffer.concat(chunks), { status, headers }))
      })
    })
    request.end(typeof init.body === 'string' ? init.body : undefined)
  })
}
