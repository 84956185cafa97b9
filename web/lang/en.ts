import web from './en.json' with { type: 'json' }

const modules = import.meta.glob<Record<string, unknown>>('../../modules/*/ui/en.json', { eager: true, import: 'default' })

export const words: Record<string, Record<string, unknown>> = { web }
for (const [path, bundle] of Object.entries(modules)) words[path.split('/').at(-3) ?? ''] = bundle
