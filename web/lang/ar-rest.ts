export const words = import.meta.glob<Record<string, unknown>>(
  ['../../modules/*/ui/ar.json', '!../../modules/identity/ui/ar.json', '!../../modules/home/ui/ar.json'],
  { eager: true, import: 'default' },
)
