import type { Channel } from './frame.ts'

type Mailbox = { put: (frame: Uint8Array) => void; take: () => Promise<Uint8Array> }

function mailbox(): Mailbox {
  const kept: Uint8Array[] = []
  const takers: ((frame: Uint8Array) => void)[] = []
  return {
    put(frame) {
      const taker = takers.shift()
      if (taker) taker(frame)
      else kept.push(frame)
    },
    take() {
      const frame = kept.shift()
      return frame ? Promise.resolve(frame) : new Promise((resolve) => takers.push(resolve))
    },
  }
}

/** Two channels joined back to back in memory; `tap` sees (and may replace) every frame. */
export function channelPair(
  tap: (frame: Uint8Array, from: 'joiner' | 'server') => Uint8Array = (frame) => frame,
): [Channel, Channel] {
  const toServer = mailbox()
  const toJoiner = mailbox()
  return [
    { send: async (frame) => toServer.put(tap(frame, 'joiner')), receive: toJoiner.take },
    { send: async (frame) => toJoiner.put(tap(frame, 'server')), receive: toServer.take },
  ]
}
