// What a record tells in words of its own is told in the same ones wherever a rule speaks of it.
const RECORD: Record<string, string> = { deal_type: 'type', route: 'route' }

/** Where the words of a choice stand among those of deals. */
export const choiceKey = (field: string, value: string): string => `${RECORD[field] ?? `value.${field}`}.${value}`
