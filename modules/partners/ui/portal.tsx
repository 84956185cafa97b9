import { IconBuilding } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: 'firm',
    place: 'home',
    title: 'partners:firm.title',
    permission: 'partners.get',
    tab: true,
    order: 20,
    icon: IconBuilding,
    load: () => import('./firm-page.tsx').then((file) => file.FirmPage),
    commands: [{ title: 'access:invite.title', to: 'firm?new=1', permission: 'access.invite' }],
  },
]
