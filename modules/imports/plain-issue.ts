import type * as z from 'zod'
import type { Issue } from '../../kernel/errors.ts'

type Said = Omit<Issue, 'path'>

const limit = (code: string, message: string, name: string, value: number | bigint): Said => ({
  code,
  message,
  values: { [name]: String(value) },
})

function sayLarge({ origin, maximum }: z.core.$ZodIssueTooBig): Said {
  if (origin === 'string') return limit('too_long', `is longer than ${maximum} characters`, 'maximum', maximum)
  if (origin === 'array') return limit('too_many', `holds more than ${maximum} entries`, 'maximum', maximum)
  return limit('above', `is above ${maximum}`, 'maximum', maximum)
}

function saySmall({ origin, minimum }: z.core.$ZodIssueTooSmall): Said {
  if (origin === 'string' || origin === 'array') return { code: 'missing', message: 'is missing' }
  // Amounts are whole minor units, so that the smallest is of one.
  if (Number(minimum) <= 1) return { code: 'not_positive', message: 'must be above zero' }
  return limit('below', `is below ${minimum}`, 'minimum', minimum)
}

function say(issue: z.core.$ZodIssue): Said {
  if (issue.code === 'too_big') return sayLarge(issue)
  if (issue.code === 'too_small') return saySmall(issue)
  if (issue.code === 'invalid_format' && issue.format === 'email') return { code: 'not_mail', message: 'is no mail address' }
  if (issue.code === 'invalid_value') {
    const choices = issue.values.join(', ')
    return { code: 'not_choice', message: `is none of ${choices}`, values: { choices } }
  }
  const code = issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : undefined
  return { code, message: issue.message }
}

/** What a room's schema says of a row, in plain words with a code; what a schema words itself stays as it is. */
export const plainIssue = (issue: z.core.$ZodIssue): Issue => ({ path: issue.path.join('.'), ...say(issue) })
