import identity from '../../modules/identity/ui/de.json' with { type: 'json' }
import web from './de.json' with { type: 'json' }

export const words = { web, identity }
