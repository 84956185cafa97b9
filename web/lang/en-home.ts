import deals from '../../modules/deals/ui/en.json' with { type: 'json' }
import home from '../../modules/home/ui/en.json' with { type: 'json' }
import partners from '../../modules/partners/ui/en.json' with { type: 'json' }

export const words = { home, deals, partners }
