import home from '../../modules/home/ui/de.json' with { type: 'json' }

const others = import.meta.glob<Record<string, unknown>>(
  ['../../modules/*/ui/de.json', '!../../modules/identity/ui/de.json', '!../../modules/home/ui/de.json'],
  { query: '?home', eager: true, import: 'default' },
)

export const words = { ...others, home }
