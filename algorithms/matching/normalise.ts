import anyAscii from 'any-ascii'
import { leadingForm, trailingForm, withoutNativeForms } from './legal-forms.ts'
import { JOINING, SHORT_FORMS, TAIL_NOISE } from './name-words.ts'

export type NormalisedName = {
  /** The core words joined by a space; empty only when the name holds no letter and no digit. Equal keys: most likely one firm. */
  key: string
  /** The core words in order: lower-case ASCII, without legal forms, tail noise, joining words; short forms written out. */
  tokens: string[]
  /** Code of the legal form (`gmbh`, `ltd`, `inc`, …) written last, or null. */
  legal_form: string | null
  /** Words dropped from the tail because they say little (`group`, `holdings`), in order. */
  noise: string[]
  /** Other names the string itself mentions ("formerly X", "d/b/a Y"), as keys. */
  aliases: string[]
}

/** A name longer than this keeps its beginning and a digest of the rest, so that cost stays linear and different names differ. */
const LONGEST = 400
const ASCII = /^[\x20-\x7e]*$/
const ALIAS =
  /\b(?:formerly(?: known as)?|previously|f\.?\/?k\.?\/?a\.?|a\.?\/?k\.?\/?a\.?|d\.?\/?b\.?\/?a\.?|doing business as|trading as|t\/a)\b[\s:.]+/i

/**
 * Brings a firm's name into the form in which names are compared: NFKC, umlauts expanded (ü → ue), transliterated to ASCII, lower case,
 * "&" as a joining word, initials joined (A. O. → ao), registry marks ("/DE/", "(The)", "(Class A)") and legal forms removed, then noise words
 * at the tail, but never the last word left. Pure; never throws; linear in the length of the name.
 */
export function normaliseName(name: string): NormalisedName {
  const [main = '', ...others] = clip(name).split(ALIAS)
  // "AKA GmbH" is a firm's own name: a marker stands between two of them.
  if (others.length === 0 || !/[\p{L}\p{N}]/u.test(main) || others.some(isForm)) return coreOf(clip(name), [])
  const aliases = others.map((other) => coreOf(other, []).key).filter((key) => key !== '')
  return coreOf(main, aliases)
}

function isForm(text: string): boolean {
  const words = wordsOf(foldText(text))
  return words.length > 0 && trailingForm(words, words.length)?.length === words.length
}

function clip(name: string): string {
  if (name.length <= LONGEST) return name
  let hash = 0x811c9dc5
  for (let i = LONGEST; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return `${name.slice(0, LONGEST)} x${(hash >>> 0).toString(36)}`
}

function coreOf(name: string, aliases: string[]): NormalisedName {
  const native = ASCII.test(name) ? { name, code: null } : withoutNativeForms(name.normalize('NFKC'))
  const words = wordsOf(foldText(native.name))
  const { start, end, noise, legal_form } = trim(words)
  const tokens: string[] = []
  for (let i = start; i < end; i++) {
    const word = words[i] ?? ''
    if (end - start === 1 || !JOINING.has(word) || (i === start && word !== 'the')) tokens.push(SHORT_FORMS.get(word) ?? word)
  }
  if (tokens.length === 0 && end > start) tokens.push(words[end - 1] ?? '')
  return { key: tokens.join(' '), tokens, legal_form: legal_form ?? native.code, noise, aliases }
}

const UMLAUT: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue' }

/** Lower-case ASCII of any text: NFKC, umlauts expanded, everything else transliterated. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  const lower = text.normalize('NFKC').toLowerCase()
  return anyAscii(lower.replace(/[äöü]/g, (letter) => UMLAUT[letter] ?? letter)).toLowerCase()
}

/** Splits folded text into words, with initials joined and registry marks removed. */
function wordsOf(folded: string): string[] {
  let text = folded
  if (/[/\\(]/.test(text)) {
    const plain = text
      .replace(/\b([a-z])\/([a-z])\b(?!\/)/g, '$1$2')
      .replace(/\s*[/\\]\s*(?:new|adv|[a-z]{2}|[a-z]{3,5}(?=\s*[/\\]))?\s*[/\\]?\s*$/, '')
      .replace(/\(?\bclass [a-z]\b\)?|\((?:the|publ)\)/g, ' ')
    if (/[a-z0-9]/.test(plain)) text = plain
  }
  if (text.includes('&')) text = text.replace(/\b([a-z0-9]{1,3})&([a-z0-9]{1,3})\b/g, '$1$2').replace(/&/g, ' and ')
  text = text.replace(/['’`´]/g, '').replace(/\b([a-z])\.\s?(?=[a-z]\b)/g, '$1')
  const words: string[] = []
  let initials = false
  for (const word of text.split(/[^a-z0-9]+/)) {
    if (word === '') continue
    const single = word.length === 1 && word >= 'a'
    if (single && initials) words.push((words.pop() ?? '') + word)
    else words.push(word)
    initials = single
  }
  return words
}

/** Finds the core `[start, end)` of the words: outside it are legal forms and tail noise. At least one word always stays. */
function trim(words: string[]): { start: number; end: number; noise: string[]; legal_form: string | null } {
  let start = words.length > 1 && words[0] === 'the' ? 1 : 0
  let end = words.length
  let legal_form: string | null = null
  const noise: string[] = []
  const lead = leadingForm(words, start)
  if (lead !== null && start + lead.length < end) {
    legal_form = lead.code
    start += lead.length
  }
  while (end - start > 1) {
    const last = words[end - 1] ?? ''
    const form = trailingForm(words, end)
    if (form !== null && end - form.length > start && (legal_form === null || last.length > 2 || last === 'co')) {
      legal_form ??= form.code
      end -= form.length
    } else if (TAIL_NOISE.has(last) || JOINING.has(last)) {
      if (!JOINING.has(last)) noise.unshift(last)
      end -= 1
    } else break
  }
  return { start, end, noise, legal_form }
}

/** Folds spellings that sound alike into one: umlauts written out or dropped (mueller, muller), doubled letters. For keys only. */
export function foldToken(token: string): string {
  return token.length < 4 ? token : token.replace(/([aou])e(?=[^aeiou])/g, '$1').replace(/([a-z])\1/g, '$1')
}

/**
 * Keys under which a firm's name is found again, for a btree or hash index over rows `(key, account)`: two spellings of one firm nearly
 * always share one. `s:` sorted core words, `c:` the words without spaces, `h:` the first two words (or the only one), `l:` the longest
 * word, `k:` the consonants of the joined words (bears typing errors in vowels). At most 8 keys, each ≤ 64 characters; none for an empty name.
 */
export function nameKeys(name: string | NormalisedName): string[] {
  const core = typeof name === 'string' ? normaliseName(name) : name
  const keys = new Set<string>()
  addKeys(keys, core.tokens)
  for (const alias of core.aliases) keys.add(cut(`s:${alias.split(' ').map(foldToken).sort().join(' ')}`))
  return [...keys].slice(0, 8)
}

function addKeys(keys: Set<string>, tokens: string[]): void {
  if (tokens.length === 0) return
  const folded = tokens.map(foldToken)
  const joined = folded.join('')
  const longest = folded.reduce((best, token) => (token.length > best.length ? token : best), '')
  keys.add(cut(`s:${folded.toSorted().join(' ')}`))
  keys.add(cut(`c:${joined}`))
  keys.add(cut(`h:${folded.slice(0, 2).join(' ')}`))
  if (longest.length >= 4) keys.add(cut(`l:${longest}`))
  const consonants = joined.slice(0, 1) + joined.slice(1).replace(/[aeiouy]/g, '')
  if (consonants.length >= 4) keys.add(cut(`k:${consonants}`))
}

function cut(key: string): string {
  return key.slice(0, 64)
}
