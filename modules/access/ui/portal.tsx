import { IconKey } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: 'people',
    place: 'home',
    title: 'access:people.title',
    permission: 'access.read',
    load: () => import('./people-list.tsx').then((file) => file.PeopleList),
    commands: [{ title: 'access:people.all', to: 'people', permission: 'access.read' }],
  },
  {
    path: 'people/$id',
    place: 'home',
    title: 'access:person',
    permission: 'access.read',
    load: () => import('./person-page.tsx').then((file) => file.PersonPage),
  },
  {
    path: 'settings/keys',
    place: 'home',
    title: 'access:keys.title',
    permission: 'access.use_keys',
    icon: IconKey,
    load: () => import('./keys-page.tsx').then((file) => file.KeysPage),
    commands: [{ title: 'access:keys.title', to: 'settings/keys', permission: 'access.use_keys' }],
  },
]
