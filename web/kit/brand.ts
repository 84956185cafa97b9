import { contrast, isHex, toHex, toOklch } from './colour.ts'

/** The surfaces every host shares; a brand colour must stand on all of one scheme's. */
export const SURFACES = {
  light: ['#faf8f3', '#fffefb', '#eaefed'],
  dark: ['#0f181e', '#152129', '#1c2a33'],
} as const
/** What is written on a filled button in each scheme. */
export const ON_FILL = { light: '#ffffff', dark: '#0b1419' } as const

export const DEFAULTS = { primary: '#0b5c5e', accent: '#b3401a', corner: 8, typeface: '' } as const

/** The five variables a host may set. */
export interface Branding {
  primary: string
  accent: string
  logo_url: string | null
  corner: number
  typeface: string
}

export interface Checked {
  asked: string
  /** The colour that will be used: `asked` where it passes, else the nearest that does. */
  used: string
  passes: boolean
  /** The lowest contrast that `asked` has with what it must be read against. */
  ratio: number
}

const worst = (hex: string, against: readonly string[]): number => Math.min(...against.map((other) => contrast(hex, other)))

/**
 * Refuses a colour that has less than `ratio` contrast with any of `against`, and finds the nearest that passes:
 * same hue, lightness moved by the smallest step of 1/256 in either direction.
 */
export function nearestPassing(asked: string, against: readonly string[], ratio = 4.5): Checked {
  if (!isHex(asked)) throw new TypeError(`${asked} is not a colour: write it as #rrggbb`)
  const measured = worst(asked, against)
  const base = { asked, ratio: Math.round(measured * 100) / 100 }
  if (measured >= ratio) return { ...base, used: asked.toLowerCase(), passes: true }
  const from = toOklch(asked)
  for (let step = 1; step <= 256; step++) {
    for (const l of [from.l - step / 256, from.l + step / 256]) {
      if (l < 0 || l > 1) continue
      const used = toHex({ ...from, l })
      if (worst(used, against) >= ratio) return { ...base, used, passes: false }
    }
  }
  throw new RangeError(`No lightness of ${asked} reaches ${ratio}:1 against ${against.join(', ')}`)
}

/** The colour a host asked for, checked as text and as a filled button in one scheme. */
export const checkColour = (asked: string, scheme: 'light' | 'dark'): Checked =>
  nearestPassing(asked, [...SURFACES[scheme], ON_FILL[scheme]])

const LIGHTNESS = [0.965, 0.925, 0.86, 0.79, 0.72, 0.63, 0.54, 0.47] as const

export type Scale = [string, string, string, string, string, string, string, string, string, string]

/** Ten shades of one colour; shade 8 serves the light scheme, shade 4 the dark one, and both pass. */
export function scaleOf(asked: string): Scale {
  const { c, h } = toOklch(asked)
  const light = checkColour(asked, 'light').used
  const shades = LIGHTNESS.map((l, i) => toHex({ l, h, c: Math.min(c, 0.015 + i * 0.022) }))
  shades[4] = checkColour(shades[4] ?? asked, 'dark').used
  const deep = toOklch(light)
  return [...shades, light, toHex({ ...deep, l: Math.max(0.16, deep.l - 0.08) })] as Scale
}
