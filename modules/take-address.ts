import { createServer } from 'node:net'
import type { Config } from './config.ts'

type Place = Pick<Config, 'host' | 'port'>

const UNKNOWN = ({ host }: Place) =>
  `HOST=${host} is no name that this machine knows. Use 127.0.0.1 (this machine only) or 0.0.0.0 (everybody who reaches it)`
const FOREIGN = ({ host }: Place) =>
  `HOST=${host} is no address of this machine. Use 127.0.0.1 (this machine only) or 0.0.0.0 (everybody who reaches it)`
const REASONS: Readonly<Record<string, (place: Place) => string>> = {
  EADDRINUSE: ({ port }) =>
    `Port ${port} is taken by another program. Stop it, or choose another with PORT, as in PORT=${port === 65535 ? 3000 : port + 1} npm start`,
  EACCES: ({ port }) => `This user may not listen on port ${port}. Choose one above 1023 with PORT, as in PORT=3000 npm start`,
  EADDRNOTAVAIL: FOREIGN,
  EINVAL: FOREIGN,
  EAFNOSUPPORT: FOREIGN,
  ENOTFOUND: UNKNOWN,
  EAI_AGAIN: UNKNOWN,
}

/** What a person reads when nothing can listen there: the cause and the remedy. */
export async function takeAddress<T>(place: Place, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen()
  } catch (error) {
    const told = error instanceof Error && 'code' in error ? REASONS[String(error.code)] : undefined
    throw told ? new Error(told(place), { cause: error }) : error
  }
}

/** Tries whether one could listen there, and leaves again: told before long work, not after it. */
export const tryAddress = ({ host, port }: Place): Promise<void> =>
  takeAddress(
    { host, port },
    () =>
      new Promise((resolve, reject) => {
        const probe = createServer()
        probe.on('error', reject)
        probe.listen({ host, port }, () => probe.close(() => resolve()))
      }),
  )
