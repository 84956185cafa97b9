import { IconHome } from '@tabler/icons-react'
import { api, readAhead } from '../../../web/api.ts'
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
    ahead: () => readAhead(api.home.inbox),
    load: () => import('./home.tsx').then((file) => file.PortalHome),
  },
]
