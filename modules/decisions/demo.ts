import type { Api, CastTools } from '../cast.ts'
import type { RuleDocument } from './contract.ts'
import { USUAL_CLAUSES } from './usual-clauses.ts'

type Draft = Parameters<Api['decisions']['draft']>[0]

/** Drafts, tests and publishes a document at once, as its host's admin would. */
export async function publishNow(api: Api, draft: Draft): Promise<RuleDocument> {
  const { id } = await api.decisions.draft(draft)
  await api.decisions.test({ id })
  return api.decisions.publish({ id })
}

const clause = (number: number, title: string, text: string) => ({ number, title, text })

/** Meridian's rules of engagement are the usual ones. */
export const CLAUSES = USUAL_CLAUSES

/** The public rules of both hosts. */
export async function cast(tools: CastTools): Promise<void> {
  // The story tells how the others came.
  const clauses = tools.story ? CLAUSES.slice(0, 8) : CLAUSES
  await publishNow(tools.as('vera'), { kind: 'engagement', title: 'Rules of engagement', body: { clauses } })
  const short = [
    clause(1, 'First complete registration', 'The first complete registration of a scope is protected for 60 days.'),
    clause(2, 'Our clock', 'We answer within two working days.'),
  ]
  await publishNow(tools.as('otto', 'kestrel'), { kind: 'engagement', title: 'Rules of engagement', body: { clauses: short } })
}
