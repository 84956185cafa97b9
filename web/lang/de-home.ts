import home from '../../modules/home/ui/de.json' with { type: 'json' }
import { byModule } from './by-module.ts'

const others = byModule(
  import.meta.glob<Record<string, unknown>>(['../../modules/*/ui/de.json', '!**/(identity|home)/ui/*.json'], {
    query: '?home',
    eager: true,
    import: 'default',
  }),
)

export const words = { ...others, home }
