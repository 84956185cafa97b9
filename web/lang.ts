import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { preferences } from './kit/preferences.ts'

/** The languages there are words for, by themselves. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', ar: 'العربية' } as const
export type Language = keyof typeof LANGUAGES

export const i18next = createInstance()

type Words = Record<string, Record<string, unknown>>
// One file per language gathers the words of the frame and of every module, so a language is one chunk.
const files: Record<Language, () => Promise<{ words: Words }>> = {
  en: () => import('./lang/en.ts'),
  de: () => import('./lang/de.ts'),
  ar: () => import('./lang/ar.ts'),
}

export const isLanguage = (code: string): code is Language => code in LANGUAGES

const fitting = (wanted: readonly string[]): Language => wanted.map((code) => code.slice(0, 2)).find(isLanguage) ?? 'en'

const add = async (language: Language) => {
  const { words } = await files[language]()
  for (const [namespace, bundle] of Object.entries(words)) i18next.addResourceBundle(language, namespace, bundle, true, true)
}

/** Loads a language and turns the page to its direction. English is always there to fall back on. */
export async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'web')) await add(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  document.documentElement.dir = i18next.dir(language)
}

export async function startLanguages(): Promise<Language> {
  const chosen = preferences().language
  const language = fitting([...(chosen ? [chosen] : []), ...navigator.languages])
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'web',
    ns: ['web'],
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await Promise.all([add('en'), speak(language)])
  return language
}
