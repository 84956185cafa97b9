import identity from '../../modules/identity/ui/en.json' with { type: 'json' }
import web from './en.json' with { type: 'json' }

export const words = { web, identity }
