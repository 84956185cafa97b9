import { IconScale } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: 'rules',
    place: 'programme',
    title: 'decisions:rules.title',
    permission: 'public',
    tab: true,
    order: 19,
    icon: IconScale,
    load: () => import('./rules-page.tsx').then((file) => file.RulesPage),
  },
]
