import type { Page } from '../../../web/pages.ts'
import { homePage } from './home-entry.ts'

export const pages: Page[] = [homePage(() => import('./home.tsx').then((file) => file.ConsoleHome))]
