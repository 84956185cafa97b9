import { IconKey, IconMail, IconShieldLock, IconUsers } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

export const pages: Page[] = [
  {
    path: 'people',
    place: 'settings',
    title: 'access:people.title',
    permission: 'access.read',
    tab: true,
    order: 30,
    icon: IconUsers,
    load: () => import('./people-list.tsx').then((file) => file.PeopleList),
    commands: [{ title: 'access:invite.title', to: 'people?new=1', permission: 'access.invite' }],
  },
  {
    path: 'people/$id',
    place: 'settings',
    title: 'access:person',
    permission: 'access.read',
    load: () => import('./person-page.tsx').then((file) => file.PersonPage),
  },
  {
    path: 'settings/roles',
    place: 'settings',
    title: 'access:roles.title',
    permission: 'access.read',
    tab: true,
    wide: true,
    order: 31,
    icon: IconShieldLock,
    load: () => import('./roles-page.tsx').then((file) => file.RolesPage),
  },
  {
    path: 'settings/keys',
    place: 'settings',
    title: 'access:keys.title',
    permission: 'access.use_keys',
    tab: true,
    order: 32,
    icon: IconKey,
    load: () => import('./keys-page.tsx').then((file) => file.KeysPage),
  },
  {
    path: 'settings/mails',
    place: 'settings',
    title: 'access:mails.title',
    permission: 'access.read_outbox',
    tab: true,
    order: 33,
    icon: IconMail,
    load: () => import('./mails-page.tsx').then((file) => file.MailsPage),
  },
]
