import type { ParkedJob } from './contract.ts'

const CAUSES: readonly (readonly [ParkedJob['cause'], RegExp])[] = [
  ['stopped', /^The worker stopped/],
  ['files', /file store|ENOENT|ENOSPC|EACCES|EROFS|\bEIO\b/i],
  ['no_access', /EAUTH|invalid login|authentication (failed|unsuccessful|required)|access denied|\b(401|403|535)\b/i],
  [
    'no_answer',
    /ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EPIPE|timed? ?out|fetch failed|does not answer|connection (closed|terminated)/i,
  ],
]

/** What kind of trouble stopped a job, by the words of its error. */
export const causeOf = (error: string): ParkedJob['cause'] => CAUSES.find(([, words]) => words.test(error))?.[0] ?? 'other'

// Messages are written by libraries and servers, who do not know who reads them.
const HIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]{0,30}:\/\/)(?:[^\s/@]*@)?([^\s/?#'"]+)[^\s'"]*/gi, '$1$2'],
  [
    /((?:password|passwd|secret|token|key|authorization|cookie)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|(?:(?:bearer|basic)\s+)?\S+)/gi,
    '$1…',
  ],
  [/\b(bearer|basic)\s+\S+/gi, '$1 …'],
  [/(^|[\s'"(])\/[\w.-]+(?:\/[\w.-]+)+/g, '$1…'],
  [/[\w+/=-]{32,}/g, '…'],
]

/** The first line of an error as the host may read it: without passwords, tokens and paths of the machine. */
export function plainReason(error: string): string {
  const line = error.trim().split('\n', 1)[0] ?? ''
  return HIDDEN.reduce((text, [hidden, instead]) => text.replace(hidden, instead), line).slice(0, 300)
}
