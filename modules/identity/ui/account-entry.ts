import { IconUserCircle } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

/** The page of one's own account, the same in the console and in the portal. */
export const ACCOUNT: Page = {
  path: 'account',
  place: 'home',
  title: 'identity:title',
  icon: IconUserCircle,
  load: () => import('./account-page.tsx').then((file) => file.AccountPage),
  commands: [{ title: 'identity:title', to: 'account' }],
}
