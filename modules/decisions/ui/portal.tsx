import { IconScale } from '@tabler/icons-react'
import { api, readAhead } from '../../../web/api.ts'
import { slugOf } from '../../../web/ask.ts'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: 'rules',
    place: 'deals',
    title: 'decisions:rules.title',
    permission: 'public',
    tab: true,
    order: 19,
    icon: IconScale,
    ahead: () => readAhead(api.decisions.engagement_rules, { slug: slugOf(location.pathname) ?? '' }),
    load: () => import('./rules-page.tsx').then((file) => file.RulesPage),
  },
]
