import { byModule } from './by-module.ts'

export const words = byModule(
  import.meta.glob<Record<string, unknown>>(['../../modules/*/ui/de.json', '!**/(identity|home)/ui/*.json'], {
    eager: true,
    import: 'default',
  }),
)
