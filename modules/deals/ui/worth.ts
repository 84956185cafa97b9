/** A draft without a value holds the smallest amount there is; nobody wants to read that. */
export const worthOf = ({ amount_minor }: { amount_minor: number }): number | null => (amount_minor > 1 ? amount_minor : null)
