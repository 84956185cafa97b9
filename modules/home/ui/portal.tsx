import { IconHome } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: '',
    place: 'home',
    title: 'home:title',
    permission: 'home.inbox',
    tab: true,
    order: 1,
    icon: IconHome,
    load: () => import('./home.tsx').then((file) => file.PortalHome),
  },
]
