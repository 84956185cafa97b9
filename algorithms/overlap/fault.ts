/** `input`: the caller's list or options; `peer`: the other party broke the protocol; `limit`: a cap, minimum or budget forbids it. */
export type FaultCode = 'input' | 'peer' | 'limit'
export type OverlapFault = Error & { code: FaultCode }

/** Makes an error whose message names what is wrong and, where there is one, the remedy. */
export function fault(code: FaultCode, message: string): OverlapFault {
  return Object.assign(new Error(message), { name: 'OverlapFault', code })
}

/** True for errors made by `fault`; everything else that is thrown is a bug or the machine's trouble. */
export function isFault(error: unknown): error is OverlapFault {
  return error instanceof Error && error.name === 'OverlapFault' && 'code' in error
}
