import home from '../../modules/home/ui/en.json' with { type: 'json' }

const others = import.meta.glob<Record<string, unknown>>(
  ['../../modules/*/ui/en.json', '!../../modules/identity/ui/en.json', '!../../modules/home/ui/en.json'],
  { query: '?home', eager: true, import: 'default' },
)

export const words = { ...others, home }
