import * as z from 'zod'
import { Id, route } from '../../kernel/contract.ts'

const Page = z.string().regex(/^[a-z][a-z0-9_/-]{0,59}$/, 'the page as in the address, as deals')
const Query = z
  .record(z.string().max(40), z.string().max(400))
  .refine((query) => Object.keys(query).length <= 30, 'at most 30 filters')

export const SavedView = z.object({ id: Id, page: z.string(), name: z.string(), query: z.record(z.string(), z.string()) })
export type SavedView = z.output<typeof SavedView>

export const list = route('GET', '/views', {
  summary: 'My saved views of a page',
  permission: 'views.keep',
  input: z.object({ page: Page }),
  output: z.object({ items: z.array(SavedView) }),
})
export const save = route('PUT', '/views', {
  summary: 'Keep the filters of a page under a name; the same name is replaced',
  permission: 'views.keep',
  input: z.object({ page: Page, name: z.string().trim().min(1).max(60), query: Query }),
  output: SavedView,
})
export const remove = route('DELETE', '/views/:id', {
  summary: 'Forget a saved view',
  permission: 'views.keep',
  input: z.object({ id: Id }),
  output: z.void(),
})

export const permissions = {
  'views.keep': [
    'owner',
    'admin',
    'channel_manager',
    'direct_seller',
    'partner_marketing',
    'enablement',
    'finance',
    'legal',
    'auditor',
    'executive',
    'partner_admin',
    'partner_seller',
    'partner_marketer',
    'partner_technical',
    'partner_finance',
  ],
}
