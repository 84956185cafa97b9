import type { Remembered } from './first/begin.ts'
import { type Branding, DEFAULTS, scaleOf } from './kit/brand.ts'
import { isHex } from './kit/colour.ts'

const FRAMES = 'rialto.frames'

/** Keeps what the next visit's outline is drawn from. It says no more than the rail does, and goes when somebody signs out. */
export function rememberFrame(slug: string, frame: Omit<Remembered, 'colours' | 'corner'>, branding: Partial<Branding> | null) {
  const asked = branding?.primary
  const shades = scaleOf(asked && isHex(asked) ? asked : DEFAULTS.primary)
  const drawn: Remembered = { ...frame, colours: [shades[8], shades[3]], corner: branding?.corner ?? DEFAULTS.corner }
  try {
    const known = JSON.parse(localStorage.getItem(FRAMES) ?? '{}') as Record<string, Remembered>
    localStorage.setItem(FRAMES, JSON.stringify({ ...known, [slug]: drawn }))
  } catch {
    // Without storage the next visit begins with a plain ground.
  }
}

export const forgetFrames = (): void => localStorage.removeItem(FRAMES)
