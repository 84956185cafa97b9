import { states } from '../../kernel/states.ts'

/** The life of a rule document. */
export const DOCUMENT = states(
  {
    draft: { edit: 'draft', test: 'tested' },
    tested: { edit: 'draft', test: 'tested', publish: 'published' },
    published: { retire: 'retired' },
    retired: {},
  },
  { initial: 'draft' },
)

// From the party's side: turned away, in a person's hands, its place held, protected.
const GOODNESS: Record<string, number> = { reject: 0, review: 1, hold: 2, approve: 3 }

/** Whether an outcome is better (1) or worse (-1) than another for the party concerned; 0 where neither can be said. */
export const compareOutcomes = (before: string, after: string): -1 | 0 | 1 => {
  const [was, is] = [GOODNESS[before], GOODNESS[after]]
  return was === undefined || is === undefined || was === is ? 0 : is > was ? 1 : -1
}
