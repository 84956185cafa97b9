import assert from 'node:assert/strict'
import type { ClientError } from '../kernel/client.ts'

/** What a call was refused with; one that goes through fails the test. */
export const refusal = (call: Promise<unknown>): Promise<ClientError> =>
  call.then(
    () => assert.fail('was not refused'),
    (error: ClientError) => error,
  )
