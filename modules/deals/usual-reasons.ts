/** Reasons that no row of a document gave, by the row under which a decision keeps them; readers are told them in their own language. */
export const USUAL_REASONS = {
  clock: 'The host did not decide in time',
  customer_word: "The customer's written word",
  handed_over: 'Handed to you by the host',
} as const

/** Such a reason as a decision records it. */
export const usualReason = (row: keyof typeof USUAL_REASONS, clause: number | null) => ({
  row,
  label: USUAL_REASONS[row],
  hit: true,
  clause,
  comparisons: [],
})
