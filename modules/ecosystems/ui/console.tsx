import { IconCalendarTime, IconExchange, IconPackage, IconPalette, IconProgressAlert, IconSettings } from '@tabler/icons-react'
import type { Page } from '../../../web/pages.ts'

const of = { place: 'settings', permission: 'ecosystems.read', tab: true } as const

export const pages: Page[] = [
  {
    ...of,
    path: 'settings',
    title: 'ecosystems:general.title',
    order: 10,
    icon: IconSettings,
    load: () => import('./general-page.tsx').then((file) => file.GeneralPage),
  },
  {
    ...of,
    path: 'settings/branding',
    title: 'ecosystems:brand.title',
    order: 11,
    icon: IconPalette,
    load: () => import('./branding-page.tsx').then((file) => file.BrandingPage),
  },
  {
    ...of,
    path: 'settings/regions',
    title: 'ecosystems:regions.title',
    order: 12,
    icon: IconCalendarTime,
    load: () => import('./regions-page.tsx').then((file) => file.RegionsPage),
  },
  {
    ...of,
    path: 'settings/products',
    title: 'ecosystems:products.title',
    order: 13,
    icon: IconPackage,
    load: () => import('./products-page.tsx').then((file) => file.ProductsPage),
  },
  {
    ...of,
    path: 'settings/rates',
    title: 'ecosystems:rates.title',
    order: 14,
    icon: IconExchange,
    load: () => import('./rates-page.tsx').then((file) => file.RatesPage),
  },
  {
    ...of,
    path: 'settings/work',
    title: 'ecosystems:work.title',
    permission: 'ecosystems.update',
    order: 34,
    icon: IconProgressAlert,
    load: () => import('./work-page.tsx').then((file) => file.WorkPage),
  },
]
