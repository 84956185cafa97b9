import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * A port of loopback that nobody uses now. It lies below those that the system gives to outgoing connections: who asks in vain at one of
 * those, until somebody listens there, can be given that very port, is then connected with itself, and nobody can listen there any more.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000)
    const probe = createServer()
    const is_free = await new Promise<boolean>((resolve) => {
      probe.on('error', () => resolve(false))
      probe.listen(port, '127.0.0.1', () => resolve(true))
    })
    await new Promise((resolve) => probe.close(resolve))
    if (is_free) return port
  }
}
