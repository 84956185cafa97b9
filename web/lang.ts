import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { preferences } from './kit/preferences.ts'

/** The languages there are words for, by themselves. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', ar: 'العربية' } as const
export type Language = keyof typeof LANGUAGES

export const i18next = createInstance()

type Words = Record<string, Record<string, unknown>>
/** What is read when: the words of the door, of Home, and of every other page. */
type Part = 'door' | 'home' | 'rest'
const files: Record<Language, Record<Part, () => Promise<{ words: Words }>>> = {
  en: {
    door: () => import('./lang/en-door.ts'),
    home: () => import('./lang/en-home.ts'),
    rest: () => import('./lang/en-rest.ts'),
  },
  de: {
    door: () => import('./lang/de-door.ts'),
    home: () => import('./lang/de-home.ts'),
    rest: () => import('./lang/de-rest.ts'),
  },
  ar: {
    door: () => import('./lang/ar-door.ts'),
    home: () => import('./lang/ar-home.ts'),
    rest: () => import('./lang/ar-rest.ts'),
  },
}

export const isLanguage = (code: string): code is Language => code in LANGUAGES

/** The name of a module, from its own name or from the path of its words. */
const moduleOf = (key: string) => (key.includes('/') ? (key.split('/').at(-3) ?? '') : key)

const parts = new Set<Part>(['door'])
const read = new Map<string, Promise<void>>()

function add(language: Language, part: Part): Promise<void> {
  const key = `${language} ${part}`
  const reading = read.get(key)
  if (reading) return reading
  const adding = files[language][part]().then(({ words }) => {
    for (const [key, bundle] of Object.entries(words))
      i18next.addResourceBundle(language, moduleOf(key), bundle, true, true, { silent: true })
  })
  // What could not be fetched is asked for again the next time.
  adding.catch(() => read.delete(key))
  read.set(key, adding)
  return adding
}

let current: Language = 'en'

/** Reads the words that a page needs, in the language of the moment; only once. */
export async function learn(part: 'home' | 'rest'): Promise<void> {
  parts.add('home').add(part)
  await Promise.all([...parts].map((one) => add(current, one)))
}

/** A word that is missing: first the rest of this language is read, then English, unless there is another word for it; and the page is written anew. */
async function findMissing(hasOther: boolean): Promise<void> {
  const before = read.size
  await learn('rest')
  if (read.size === before && !hasOther) await Promise.all([...parts].map((one) => add('en', one)))
  if (read.size > before) i18next.emit('languageChanged', i18next.language)
}

/** Reads a language, as far as the page needs it, and turns the page to its direction. */
export async function speak(language: Language): Promise<void> {
  current = language
  await Promise.all([...parts].map((part) => add(language, part)))
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  document.documentElement.dir = i18next.dir(language)
  localStorage.setItem(SPOKEN, language)
}

// A foreign name or sentence inside a right-to-left one keeps its own direction, full stop and question mark included.
export const isolated = (value: string) => (i18next.dir() === 'rtl' && /\p{L}/u.test(value) ? `\u2068${value}\u2069` : value)

const SPOKEN = 'rialto.spoken'

/** The language for somebody: chosen on this device, else their own, else the browser's. The console has no Arabic. */
export function languageFor(person: string | null, side?: 'inner' | 'outer'): Language {
  const wanted = [preferences().language, person, ...navigator.languages].map((code) => code?.slice(0, 2) ?? '')
  return wanted.filter(isLanguage).find((code) => side !== 'inner' || code !== 'ar') ?? 'en'
}

/** Begins with what was spoken here last: whoever comes back does not wait for two languages. */
export async function startLanguages(first = languageFor(localStorage.getItem(SPOKEN))): Promise<void> {
  current = first
  await i18next.use(initReactI18next).init({
    initAsync: false,
    lng: first,
    fallbackLng: 'en',
    defaultNS: 'web',
    ns: ['web'],
    resources: {},
    interpolation: { escapeValue: true, escape: isolated },
    returnNull: false,
    saveMissing: true,
    missingKeyHandler: (...said) => void findMissing('defaultValue' in said[5]),
  })
  await speak(first)
}
