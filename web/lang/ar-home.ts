import home from '../../modules/home/ui/ar.json' with { type: 'json' }

const others = import.meta.glob<Record<string, unknown>>(
  ['../../modules/*/ui/ar.json', '!../../modules/identity/ui/ar.json', '!../../modules/home/ui/ar.json'],
  { query: '?home', eager: true, import: 'default' },
)

export const words = { ...others, home }
