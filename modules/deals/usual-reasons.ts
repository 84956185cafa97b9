/** Reasons that no row of a document gave, by the row under which a decision keeps them; readers are told them in their own language. */
export const USUAL_REASONS = {
  clock: 'The host did not decide in time',
  customer_word: "The customer's written word",
  handed_over: 'Handed to you by the host',
  earlier: 'Your earlier registration',
  territory: "Outside the partner's territory: a note, never a refusal",
  // Of these each product has a row of its own.
  scope: 'The scope is protected',
  'scope-left': 'No part of this registration: another holds the scope',
  'scope-own': 'You registered this product already',
} as const

/** Such a reason as a decision records it. */
export const usualReason = (row: keyof typeof USUAL_REASONS, clause: number | null) => ({
  row,
  label: USUAL_REASONS[row],
  hit: true,
  clause,
  comparisons: [],
})
