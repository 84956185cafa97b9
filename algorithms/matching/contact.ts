import { isFreeMail } from './domain.ts'

/**
 * A telephone number as its last nine digits (all of them when there are seven or eight): trunk zeros, country codes and separators do not
 * count. Extensions ("x12", "ext. 3") are dropped. Null for fewer than seven digits or one digit repeated.
 */
export function phoneKey(text: string): string | null {
  const digits = text
    .normalize('NFKC')
    .replace(/(?:ext|x|#|durchwahl).*$/i, '')
    .replace(/\D/g, '')
  if (digits.length < 7 || /^(.)\1*$/.test(digits)) return null
  return digits.slice(-9)
}

export type Mailbox = { local: string; domain: string; key: string; is_free: boolean }

/**
 * An e-mail address for comparison: lower case, tag after "+" dropped, dots in a Gmail name dropped, googlemail.com as gmail.com.
 * Null when it is no address.
 */
export function mailbox(text: string): Mailbox | null {
  const match = /^([^\s@<>"]{1,64})@([a-z0-9.-]{1,255}\.[a-z]{2,})$/.exec(
    text
      .trim()
      .toLowerCase()
      .replace(/^mailto:/, ''),
  )
  if (match === null) return null
  let [, local = '', domain = ''] = match
  local = local.replace(/\+.*$/, '') || local
  if (domain === 'googlemail.com') domain = 'gmail.com'
  if (domain === 'gmail.com') local = local.replaceAll('.', '')
  return { local, domain, key: `${local}@${domain}`, is_free: isFreeMail(domain) }
}
