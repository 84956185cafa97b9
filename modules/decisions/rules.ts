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
