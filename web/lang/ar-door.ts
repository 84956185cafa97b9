import identity from '../../modules/identity/ui/ar.json' with { type: 'json' }
import web from './ar.json' with { type: 'json' }

export const words = { web, identity }
