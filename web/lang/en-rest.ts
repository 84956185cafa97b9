export const words = import.meta.glob<Record<string, unknown>>(
  ['../../modules/*/ui/en.json', '!../../modules/identity/ui/en.json', '!../../modules/home/ui/en.json'],
  { eager: true, import: 'default' },
)
