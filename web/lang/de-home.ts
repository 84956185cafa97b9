import deals from '../../modules/deals/ui/de.json' with { type: 'json' }
import home from '../../modules/home/ui/de.json' with { type: 'json' }
import partners from '../../modules/partners/ui/de.json' with { type: 'json' }

export const words = { home, deals, partners }
