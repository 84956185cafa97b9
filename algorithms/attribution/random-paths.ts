// Random grouped paths for the property tests.
import * as fc from 'fast-check'

export interface GroupedPath {
  path: string[]
  conversions: number
  value: number
  nulls: number
}

export const CHANNELS = ['A', 'B', 'C', 'D', 'E']

export const groupedPath: fc.Arbitrary<GroupedPath> = fc.record({
  path: fc.array(fc.constantFrom(...CHANNELS), { minLength: 1, maxLength: 7 }),
  conversions: fc.nat(9),
  value: fc.nat(100_000).map((cents) => cents / 100),
  nulls: fc.nat(9),
})

/** At least one path converts, so that every model has something to share out. */
export const groupedPaths: fc.Arbitrary<GroupedPath[]> = fc
  .array(groupedPath, { minLength: 1, maxLength: 12 })
  .filter((rows) => rows.some(({ conversions }) => conversions > 0))
