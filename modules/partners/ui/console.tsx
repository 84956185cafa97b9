import { IconAffiliate } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: 'partners',
    place: 'partners',
    title: 'partners:list.title',
    permission: 'partners.list',
    tab: true,
    order: 10,
    icon: IconAffiliate,
    load: () => import('./partner-list.tsx').then((file) => file.PartnerList),
    commands: [{ title: 'partners:create.do', to: 'partners?new=1', permission: 'partners.create' }],
  },
  {
    path: 'partners/duplicates',
    place: 'partners',
    title: 'partners:duplicates.title',
    permission: 'partners.candidates',
    load: () => import('./partner-duplicates.tsx').then((file) => file.PartnerDuplicates),
    commands: [{ title: 'partners:duplicates.title', to: 'partners/duplicates', permission: 'partners.candidates' }],
  },
  {
    path: 'partners/$id',
    place: 'partners',
    title: 'partners:record',
    permission: 'partners.get',
    load: () => import('./partner-page.tsx').then((file) => file.PartnerPage),
  },
  {
    path: 'partners/$id/merge',
    place: 'partners',
    title: 'partners:merge.title',
    permission: 'partners.merge',
    load: () => import('./merge-partner.tsx').then((file) => file.MergePartner),
  },
]
