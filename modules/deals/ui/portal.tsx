import { IconHeartHandshake, IconLayoutKanban } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: 'deals',
    place: 'deals',
    title: 'deals:list.title',
    permission: 'deals.read',
    tab: true,
    order: 10,
    icon: IconHeartHandshake,
    load: () => import('./deal-list.tsx').then((file) => file.DealList),
    commands: [{ title: 'deals:register', to: 'deals/new', permission: 'deals.register' }],
  },
  {
    path: 'deals/board',
    place: 'deals',
    title: 'deals:board.title',
    permission: 'deals.read',
    tab: true,
    wide: true,
    order: 11,
    icon: IconLayoutKanban,
    load: () => import('./deal-board.tsx').then((file) => file.DealBoard),
  },
  {
    path: 'deals/new',
    place: 'deals',
    title: 'deals:register',
    permission: 'deals.register',
    load: () => import('./deal-form.tsx').then((file) => file.DealForm),
  },
  {
    path: 'deals/$id',
    place: 'deals',
    title: 'deals:record.title',
    permission: 'deals.read',
    load: () => import('./deal-page.tsx').then((file) => file.DealPage),
  },
]
