import type { Page } from '../../../web/pages.ts'
import { ACCOUNT } from './account-entry.ts'

export const pages: Page[] = [ACCOUNT]
