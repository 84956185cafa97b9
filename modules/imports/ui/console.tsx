import { IconFileImport } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: 'imports',
    place: 'settings',
    title: 'imports:list.title',
    permission: 'imports.read',
    tab: true,
    order: 45,
    icon: IconFileImport,
    load: () => import('./import-list.tsx').then((file) => file.ImportList),
    commands: [{ title: 'imports:new.title', to: 'imports/new', permission: 'imports.run' }],
  },
  {
    path: 'imports/new',
    place: 'settings',
    title: 'imports:new.title',
    permission: 'imports.run',
    load: () => import('./new-import.tsx').then((file) => file.NewImport),
  },
  {
    path: 'imports/$id',
    place: 'settings',
    title: 'imports:record',
    permission: 'imports.read',
    load: () => import('./import-page.tsx').then((file) => file.ImportPage),
  },
]
