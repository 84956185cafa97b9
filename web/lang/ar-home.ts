import deals from '../../modules/deals/ui/ar.json' with { type: 'json' }
import home from '../../modules/home/ui/ar.json' with { type: 'json' }
import partners from '../../modules/partners/ui/ar.json' with { type: 'json' }

export const words = { home, deals, partners }
