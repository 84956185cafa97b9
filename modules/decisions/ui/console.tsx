import { IconListCheck, IconScale } from '@tabler/icons-react'
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
  {
    path: 'rule-documents',
    place: 'programme',
    title: 'decisions:documents.title',
    permission: 'decisions.read',
    tab: true,
    order: 18,
    icon: IconListCheck,
    load: () => import('./document-list.tsx').then((file) => file.DocumentList),
  },
  {
    path: 'rule-documents/$id',
    place: 'programme',
    title: 'decisions:document',
    permission: 'decisions.read',
    load: () => import('./document-page.tsx').then((file) => file.DocumentPage),
  },
]
