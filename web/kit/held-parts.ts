import { onBehalf } from '../ask.ts'

export interface Part {
  /** The record's id. */
  id: string
  label: string
  /** Calls at once, so that it can still be called while the page goes. */
  send: () => Promise<unknown>
}
export interface Refused {
  id: string
  label: string
  error: unknown
}
/** Something held back that goes out in parts. */
export interface Going {
  slug: string | null
  /** The parts that nobody began to send. */
  left: Part[]
  /** What becomes of each. */
  sent: Promise<Refused | null>[]
  /** Reads what it touched anew. */
  refresh: () => Promise<unknown>
  /** All is sent; those that were refused. */
  onSent: (refused: Refused[]) => void
}

/** Begins the next part; false when there is none. */
export function begin(going: Going, parting: boolean): boolean {
  const part = going.left.shift()
  if (!part) return false
  const sent = onBehalf({ slug: going.slug, parting }, part.send).then(
    () => null,
    (error: unknown): Refused => ({ id: part.id, label: part.label, error }),
  )
  going.sent.push(sent)
  return true
}

/** Sends what is left, one after another; ends when the reads are fresh and it is told what was refused. */
export async function sendParts(going: Going): Promise<void> {
  while (begin(going, false)) await going.sent.at(-1)
  const refused = (await Promise.all(going.sent)).filter((one) => one !== null)
  // What was refused is told even where nothing can be read just now; each page says for itself that its read failed.
  await going.refresh().catch(() => undefined)
  going.onSent(refused)
}
