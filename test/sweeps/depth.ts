/** How far a sweep goes: `ci` on every change, `full` at night. */
const depth: 'ci' | 'full' = process.env.RIALTO_DEPTH === 'full' ? 'full' : 'ci'

export const byDepth = <T>(ci: T, full: T): T => (depth === 'full' ? full : ci)

/** A new seed every day, so that what ci tries grows; RIALTO_SEED repeats a day that failed. */
export const seed = Number(process.env.RIALTO_SEED ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''))
