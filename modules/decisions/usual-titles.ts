import type { RuleDocument } from './contract.ts'

/** What a document is called that nobody gave a title; readers are told it in their own language. */
export const USUAL_TITLES: Readonly<Record<RuleDocument['kind'], string>> = {
  'deals.review': 'Decision on registrations',
  'deals.terms': 'Terms of registrations',
  engagement: 'Rules of engagement',
}
