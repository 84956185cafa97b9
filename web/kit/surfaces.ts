/** The surfaces and inks of both schemes, designed apart; styles draw with these names only. */
export const SURFACES_OF = {
  light: {
    '--ground': '#faf8f3',
    '--sheet': '#fffefb',
    '--lagoon-grey': '#eaefed',
    '--rail': '#e6ecea',
    '--ink': '#16222d',
    '--ink-soft': '#4a5862',
    '--hairline': '#dcdcd3',
    '--hairline-strong': '#8d9a9e',
    '--float': '0 1px 2px rgb(22 34 45 / 8%), 0 8px 28px rgb(22 34 45 / 14%)',
  },
  dark: {
    '--ground': '#0f181e',
    '--sheet': '#152129',
    '--lagoon-grey': '#1c2a33',
    '--rail': '#0b1319',
    '--ink': '#eceae4',
    '--ink-soft': '#a5b0b6',
    '--hairline': '#26353f',
    '--hairline-strong': '#7f8d95',
    '--float': '0 1px 2px rgb(0 0 0 / 40%), 0 12px 36px rgb(0 0 0 / 50%)',
  },
} as const

export const SERIF = "'Source Serif 4 Variable', 'Noto Sans Arabic Variable', Georgia, 'Songti SC', 'Noto Serif CJK SC', serif"
export const SANS =
  "'Source Sans 3 Variable', 'Noto Sans Arabic Variable', 'PingFang SC', 'Hiragino Sans', 'Noto Sans CJK JP', system-ui, sans-serif"
