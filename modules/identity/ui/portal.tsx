import { IconUserCircle } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: 'account',
    place: 'home',
    title: 'identity:title',
    icon: IconUserCircle,
    load: () => import('./account-page.tsx').then((file) => file.AccountPage),
    commands: [{ title: 'identity:title', to: 'account' }],
  },
]
