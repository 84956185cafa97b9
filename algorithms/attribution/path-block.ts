import { badInput } from './bad-input.ts'
import { type Channels, channelId } from './channels.ts'

/**
 * Paths in columns. Path `p` has the touches `touches[starts[p] … starts[p + 1] - 1]` (channel indexes, oldest first),
 * `conversions[p]` conversions worth `values[p]` in all (any unit of money) and `nulls[p]` repeats without conversion.
 * `days` holds the time of every touch in days (any origin) or is null.
 */
export interface PathBlock {
  size: number
  /** One more than the highest channel index within. */
  channel_count: number
  starts: Int32Array
  touches: Int32Array
  conversions: Float64Array
  values: Float64Array
  nulls: Float64Array
  days: Float64Array | null
}

/** One path as an object. Absent numbers are 1 conversion, value 0, no nulls. */
export interface PathRow {
  path: readonly string[]
  conversions?: number
  value?: number
  nulls?: number
  /** Time of every touch in days, oldest first. */
  days?: readonly number[]
}

export function createBlock(paths = 1024, touches = 8192, timed = false): PathBlock {
  return {
    size: 0,
    channel_count: 0,
    starts: new Int32Array(paths + 1),
    touches: new Int32Array(touches),
    conversions: new Float64Array(paths),
    values: new Float64Array(paths),
    nulls: new Float64Array(paths),
    days: timed ? new Float64Array(touches) : null,
  }
}

function twice<T extends Int32Array | Float64Array>(array: T, grown: T): T {
  grown.set(array)
  return grown
}

/** Makes room for one more touch at index `at`. */
export function growTouches(block: PathBlock, at: number): void {
  if (at < block.touches.length) return
  block.touches = twice(block.touches, new Int32Array(at * 2 + 16))
  if (block.days) block.days = twice(block.days, new Float64Array(at * 2 + 16))
}

/** Closes the path whose touches end before index `end` and gives it its numbers. */
export function closePath(
  block: PathBlock,
  end: number,
  numbers: readonly [conversions: number, value: number, nulls: number],
): void {
  const p = block.size
  if (p === block.conversions.length) {
    block.starts = twice(block.starts, new Int32Array(p * 2 + 17))
    block.conversions = twice(block.conversions, new Float64Array(p * 2 + 16))
    block.values = twice(block.values, new Float64Array(p * 2 + 16))
    block.nulls = twice(block.nulls, new Float64Array(p * 2 + 16))
  }
  block.conversions[p] = numbers[0]
  block.values[p] = numbers[1]
  block.nulls[p] = numbers[2]
  block.starts[p + 1] = end
  block.size = p + 1
}

function checked(value: number, column: string, row: number): number {
  if (Number.isFinite(value) && value >= 0) return value
  throw badInput(`${value} is not a number of zero or more`, { row, column })
}

function checkDays(row: PathRow, index: number): void {
  const { days, path } = row
  if (!days) return
  if (days.length !== path.length)
    throw badInput(`${days.length} times for ${path.length} touches`, { row: index, column: 'days' })
  for (let i = 0; i < days.length; i++) {
    const day = days[i] as number // i < days.length
    if (!Number.isFinite(day)) throw badInput(`time ${i + 1} is not a number of days`, { row: index, column: 'days' })
    if (i > 0 && day < (days[i - 1] as number))
      throw badInput(`time ${i + 1} is before time ${i}; touches go oldest first`, { row: index, column: 'days' })
  }
}

/** Encodes path objects; new channels are added to `channels`. Throws bad input with the row (from 1) and column. */
export function encodePaths(rows: Iterable<PathRow>, channels: Channels): PathBlock {
  const block = createBlock()
  let timed = false
  let at = 0
  let index = 0
  for (const row of rows) {
    index++
    if (row.path.length === 0) throw badInput('a path without touches', { row: index, column: 'path' })
    if (index === 1 && row.days) {
      timed = true
      block.days = new Float64Array(block.touches.length)
    }
    if (timed !== Boolean(row.days)) throw badInput('give the times of every path or of none', { row: index, column: 'days' })
    checkDays(row, index)
    for (let i = 0; i < row.path.length; i++) {
      growTouches(block, at)
      block.touches[at] = channelId(channels, row.path[i] as string)
      if (block.days && row.days) block.days[at] = row.days[i] as number
      at++
    }
    closePath(block, at, [
      checked(row.conversions ?? 1, 'conversions', index),
      checked(row.value ?? 0, 'value', index),
      checked(row.nulls ?? 0, 'nulls', index),
    ])
  }
  block.channel_count = channels.names.length
  return block
}
