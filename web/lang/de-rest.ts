export const words = import.meta.glob<Record<string, unknown>>(
  ['../../modules/*/ui/de.json', '!../../modules/identity/ui/de.json', '!../../modules/home/ui/de.json'],
  { eager: true, import: 'default' },
)
