import { comma } from '../../../web/kit/locale.ts'

const BROWSERS = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const
const SYSTEMS = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'macOS'],
  [/Windows/, 'Windows'],
  [/Linux/, 'Linux'],
] as const

/** A browser and its system, as a person would call it. */
export function deviceOf(agent: string | null, unknown: string): string {
  const found = [BROWSERS, SYSTEMS].map((known) => known.find(([sign]) => sign.test(agent ?? ''))?.[1]).filter(Boolean)
  return found.join(comma()) || agent?.slice(0, 40) || unknown
}
