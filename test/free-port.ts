import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// Above those that a browser refuses to go to.
const [FIRST, END] = [20_000, 32_000]

const isFree = async (port: number): Promise<boolean> => {
  const probe = createServer()
  const is_free = await new Promise<boolean>((resolve) => {
    probe.on('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => resolve(true))
  })
  await new Promise((resolve) => probe.close(resolve))
  return is_free
}

/**
 * A port of loopback that nobody uses now, and as many after it as are asked for in a row. It lies below those that the system gives to
 * outgoing connections: who asks in vain at one of those, until somebody listens there, can be given that very port, is then connected
 * with itself, and nobody can listen there any more.
 */
export async function freePort(row = 1): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END)
    const tried = await Promise.all(Array.from({ length: row }, (_, i) => isFree(port + i)))
    if (!tried.includes(false)) return port
  }
}
