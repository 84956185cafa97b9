import { badInput } from './bad-input.ts'

/** The channels met so far: a channel is its index in `names`, in order of first appearance. */
export interface Channels {
  names: string[]
  ids: Map<string, number>
}

export const LONGEST_NAME = 1000

export function createChannels(names: Iterable<string> = []): Channels {
  const channels: Channels = { names: [], ids: new Map() }
  for (const name of names) channelId(channels, name)
  return channels
}

/** The index of a channel, which is added when it is new. Throws bad input on an empty or over-long name. */
export function channelId(channels: Channels, name: string): number {
  const known = channels.ids.get(name)
  if (known !== undefined) return known
  if (name.trim() === '') throw badInput('a touch has no name; write the channel between the separators')
  if (name.length > LONGEST_NAME) {
    const most = LONGEST_NAME.toLocaleString('en')
    throw badInput(`a channel name of ${name.length.toLocaleString('en')} characters; at most ${most} are allowed`)
  }
  const id = channels.names.push(name) - 1
  channels.ids.set(name, id)
  return id
}
