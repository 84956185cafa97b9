import { plainWord } from './plain-word.ts'

const EXTRA: Record<string, string> = {
  usa: 'US',
  unitedstatesofamerica: 'US',
  vereinigtestaatenvonamerika: 'US',
  uk: 'GB',
  greatbritain: 'GB',
  grossbritannien: 'GB',
  england: 'GB',
  scotland: 'GB',
  gbr: 'GB',
  deu: 'DE',
  ger: 'DE',
  brd: 'DE',
  holland: 'NL',
  uae: 'AE',
  emirates: 'AE',
  czechrepublic: 'CZ',
  tschechischerepublik: 'CZ',
  korea: 'KR',
  russianfederation: 'RU',
  turkey: 'TR',
  ksa: 'SA',
}
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'da', 'nb', 'fi', 'ja', 'ar']

// Names that Intl gives to codes which are no country of today.
const NONE = new Set(['UK', 'DD', 'FX', 'ZZ', 'EU', 'EZ', 'UN', 'QO', 'XA', 'XB'])

let names: Map<string, string> | undefined
function countryNames(): Map<string, string> {
  if (names) return names
  names = new Map(Object.entries(EXTRA))
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i))
  const codes = letters.flatMap((a) => letters.map((b) => a + b))
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const code of codes) {
      const name = display.of(code)
      // Withdrawn codes and groupings have names too, but must not hide the country that has the name today.
      if (name && !NONE.has(code) && !names.has(plainWord(name))) names.set(plainWord(name), code)
    }
  }
  return names
}

const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** The two-letter code of a country given as a code or by its name in one of many languages. */
export function countryOf(text: string): string | null {
  const code = text.trim().toUpperCase()
  if (code === 'UK') return 'GB'
  if (/^[A-Z]{2}$/.test(code)) return english.of(code) && !NONE.has(code) ? code : null
  return countryNames().get(plainWord(text)) ?? null
}
