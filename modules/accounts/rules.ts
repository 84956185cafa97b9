/** How sure it is that two records mean one firm: `same` decides, `review` asks a person, the rest is not told. */
export const BANDS = ['same', 'review'] as const
export type Band = (typeof BANDS)[number]

export const AGREEMENTS = [
  'domain',
  'alias_domain',
  'shared_domain',
  'company_number',
  'name',
  'similar_name',
  'country',
] as const
export type Agreement = (typeof AGREEMENTS)[number]

export const OUTCOMES = ['won', 'lost'] as const
