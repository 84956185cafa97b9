import { IconBuildingCommunity, IconTargetArrow } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: 'accounts',
    place: 'pipeline',
    title: 'accounts:list.title',
    permission: 'accounts.list',
    tab: true,
    order: 20,
    icon: IconBuildingCommunity,
    load: () => import('./account-list.tsx').then((file) => file.AccountList),
    commands: [{ title: 'accounts:create.do', to: 'accounts?new=1', permission: 'accounts.create' }],
  },
  {
    path: 'accounts/duplicates',
    place: 'pipeline',
    title: 'accounts:duplicates.title',
    permission: 'accounts.list',
    load: () => import('./account-duplicates.tsx').then((file) => file.AccountDuplicates),
    commands: [{ title: 'accounts:duplicates.title', to: 'accounts/duplicates', permission: 'accounts.merge' }],
  },
  {
    path: 'accounts/$id',
    place: 'pipeline',
    title: 'accounts:record',
    permission: 'accounts.get',
    load: () => import('./account-page.tsx').then((file) => file.AccountPage),
  },
  {
    path: 'accounts/$id/merge',
    place: 'pipeline',
    title: 'accounts:merge.title',
    permission: 'accounts.merge',
    load: () => import('./merge-account.tsx').then((file) => file.MergeAccount),
  },
  {
    path: 'opportunities',
    place: 'pipeline',
    title: 'accounts:opportunities.title',
    permission: 'accounts.list',
    tab: true,
    order: 21,
    icon: IconTargetArrow,
    load: () => import('./opportunity-list.tsx').then((file) => file.OpportunityList),
  },
]
