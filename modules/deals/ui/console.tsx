import { IconHeartHandshake, IconLayoutKanban } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: 'deals',
    place: 'pipeline',
    title: 'deals:list.title',
    permission: 'deals.read',
    tab: true,
    order: 10,
    icon: IconHeartHandshake,
    load: () => import('./deal-list.tsx').then((file) => file.DealList),
    commands: [{ title: 'deals:views.to_decide', to: 'deals?review=submitted,under_review', permission: 'deals.approve' }],
  },
  {
    path: 'deals/board',
    place: 'pipeline',
    title: 'deals:board.title',
    permission: 'deals.read',
    tab: true,
    wide: true,
    order: 11,
    icon: IconLayoutKanban,
    load: () => import('./deal-board.tsx').then((file) => file.DealBoard),
  },
  {
    path: 'deals/$id',
    place: 'pipeline',
    title: 'deals:record.title',
    permission: 'deals.read',
    load: () => import('./deal-page.tsx').then((file) => file.DealPage),
  },
]
