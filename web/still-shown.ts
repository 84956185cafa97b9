import { ClientError } from '../kernel/client.ts'

/** The server cannot be reached, or is away for a moment. */
export const isPassing = (error: unknown): boolean => error instanceof ClientError && (error.status === 0 || error.status === 503)

interface Reading {
  data: unknown
  error: unknown
}

/** A reading whose page stays as it is while the server is away: what was read before is worth more than the news that it cannot be read again. */
export const stillShown = <R extends Reading>(reading: R): R =>
  reading.data !== undefined && isPassing(reading.error) ? { ...reading, error: null } : reading
