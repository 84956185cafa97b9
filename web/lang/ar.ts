import web from './ar.json' with { type: 'json' }

const modules = import.meta.glob<Record<string, unknown>>('../../modules/*/ui/ar.json', { eager: true, import: 'default' })

export const words: Record<string, Record<string, unknown>> = { web }
for (const [path, bundle] of Object.entries(modules)) words[path.split('/').at(-3) ?? ''] = bundle
