import { defineModule, serve } from '../../kernel/module.ts'
import * as contract from './contract.ts'
import { listViews } from './queries.ts'
import { removeView } from './remove-view.ts'
import { saveView } from './save-view.ts'

export const views = defineModule('views', {
  routes: [serve(contract.list, listViews), serve(contract.save, saveView), serve(contract.remove, removeView)],
})
