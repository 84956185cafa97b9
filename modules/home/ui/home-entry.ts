import { IconHome } from '@tabler/icons-react'
import { api, readAhead } from '../../../web/api.ts'
import type { Page } from '../../../web/pages.ts'

/** The first page of the console or the portal; its inbox is asked for before its code has come. */
export const homePage = (load: Page['load']): Page => ({
  path: '',
  place: 'home',
  title: 'home:title',
  permission: 'home.inbox',
  tab: true,
  order: 1,
  icon: IconHome,
  ahead: () => readAhead(api.home.inbox),
  load,
})
