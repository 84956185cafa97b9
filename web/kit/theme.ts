import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core'
import { type Branding, DEFAULTS, scaleOf } from './brand.ts'
import { isHex } from './colour.ts'
import { SANS, SERIF, SURFACES_OF } from './surfaces.ts'

const INK: MantineColorsTuple = [
  '#eceae4',
  '#c9cfd1',
  '#a5b0b6',
  '#7f8d95',
  '#3a4b57',
  '#2a3944',
  '#1c2a33',
  '#0f181e',
  '#0b1319',
  '#081015',
]
const MIST: MantineColorsTuple = [
  '#f6f6f2',
  '#eaefed',
  '#dfe5e3',
  '#d3dad9',
  '#b9c3c4',
  '#8d9a9e',
  '#5f6d75',
  '#4a5862',
  '#2c3a45',
  '#16222d',
]

const rem = (px: number): string => `${px / 16}rem`
const colourOr = (asked: string | undefined, fallback: string): string => (asked && isHex(asked) ? asked : fallback)

const MODAL = {
  transitionProps: { duration: 160 },
  overlayProps: { backgroundOpacity: 0.4, color: '#16222d' },
  // The head of a dialog is no landmark: there would be two where one stands over another.
  attributes: { header: { role: 'none' } },
}

/** The look of one host: the house's own unless the five variables say otherwise. */
export function makeTheme(branding: Partial<Branding> | null, compact: boolean): MantineThemeOverride {
  const size = compact ? 'xs' : 'sm'
  const corner = branding?.corner ?? DEFAULTS.corner
  const sized = { defaultProps: { size } }
  // From its field's start: centred, a list that is not measured yet would stand out of a phone's screen and make the page wider.
  // The list itself scrolls, so that who listens to the page is told of it as part of its field.
  const chosen = {
    defaultProps: { size, comboboxProps: { position: 'bottom-start' }, withScrollArea: false },
    styles: { options: { maxHeight: 260, overflowY: 'auto' as const } },
  }
  return createTheme({
    colors: {
      lagoon: scaleOf(colourOr(branding?.primary, DEFAULTS.primary)),
      brick: scaleOf(colourOr(branding?.accent, DEFAULTS.accent)),
      laurel: scaleOf('#34682a'),
      ochre: scaleOf('#7d5a0c'),
      gray: MIST,
      dark: INK,
    },
    primaryColor: 'lagoon',
    primaryShade: { light: 8, dark: 4 },
    autoContrast: true,
    luminanceThreshold: 0.35,
    black: '#16222d',
    white: '#fffefb',
    fontFamily: branding?.typeface ? `'${branding.typeface.replace(/['"\\;]/g, '')}', ${SANS}` : SANS,
    headings: { fontFamily: SERIF, fontWeight: '550' },
    fontSizes: { xs: rem(13), sm: rem(15), md: rem(16), lg: rem(19), xl: rem(24) },
    lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.4', xl: '1.25' },
    spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
    radius: { xs: rem(corner / 4), sm: rem(corner / 2), md: rem(corner), lg: rem(corner * 1.5), xl: rem(corner * 2) },
    defaultRadius: 'md',
    respectReducedMotion: true,
    components: {
      Button: { defaultProps: { size, variant: 'filled' } },
      TextInput: sized,
      PasswordInput: sized,
      NumberInput: sized,
      Textarea: sized,
      Select: chosen,
      MultiSelect: chosen,
      TagsInput: chosen,
      NativeSelect: sized,
      Checkbox: sized,
      SegmentedControl: sized,
      // Its first item takes the focus: the kit's placeholder for it is nothing that a menu may hold.
      Menu: { defaultProps: { withInitialFocusPlaceholder: false, shadow: 'md', transitionProps: { duration: 120 } } },
      Tooltip: { defaultProps: { openDelay: 300, multiline: true, maw: 280, transitionProps: { duration: 120 } } },
      Modal: { defaultProps: MODAL },
      Drawer: { defaultProps: { transitionProps: { duration: 180 }, overlayProps: { backgroundOpacity: 0.35 } } },
    },
  })
}

const NAMED = ['lagoon', 'brick', 'laurel', 'ochre'] as const

const soft = (scheme: 'light' | 'dark') =>
  Object.fromEntries(
    NAMED.flatMap((name) => {
      const text = scheme === 'light' ? 8 : 3
      const fill = `var(--mantine-color-${name}-${scheme === 'light' ? 8 : 4})`
      return [
        [`--${name}`, `var(--mantine-color-${name}-${text})`],
        [`--${name}-fill`, fill],
        [`--${name}-wash`, `color-mix(in oklab, ${fill} ${scheme === 'light' ? 8 : 16}%, var(--sheet))`],
        [`--mantine-color-${name}-light`, `color-mix(in oklab, ${fill} ${scheme === 'light' ? 9 : 18}%, var(--sheet))`],
        [`--mantine-color-${name}-light-hover`, `color-mix(in oklab, ${fill} ${scheme === 'light' ? 14 : 24}%, var(--sheet))`],
        [`--mantine-color-${name}-light-color`, `var(--mantine-color-${name}-${text})`],
        [`--mantine-color-${name}-outline`, `var(--mantine-color-${name}-${text})`],
      ]
    }),
  )

/** What Mantine draws with, in the house's own surfaces and inks. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--serif': SERIF },
  light: {
    ...SURFACES_OF.light,
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-soft)',
    '--mantine-color-placeholder': '#5f6d75',
    '--mantine-color-default': 'var(--sheet)',
    '--mantine-color-default-hover': 'var(--lagoon-grey)',
    '--mantine-color-default-border': '#b9c3c4',
    '--mantine-color-error': 'var(--mantine-color-brick-8)',
    '--mantine-color-anchor': 'var(--mantine-color-lagoon-8)',
    ...soft('light'),
  },
  dark: {
    ...SURFACES_OF.dark,
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-soft)',
    '--mantine-color-placeholder': '#a5b0b6',
    '--mantine-color-default': 'var(--sheet)',
    '--mantine-color-default-hover': 'var(--lagoon-grey)',
    '--mantine-color-default-border': '#3a4b57',
    '--mantine-color-error': 'var(--mantine-color-brick-3)',
    '--mantine-color-anchor': 'var(--mantine-color-lagoon-3)',
    ...soft('dark'),
  },
})
