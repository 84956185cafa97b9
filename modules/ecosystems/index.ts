import { defineModule, serve } from '../../kernel/module.ts'
import * as contract from './contract.ts'
import { getEcosystem } from './queries.ts'

export const ecosystems = defineModule('ecosystems', {
  routes: [serve(contract.get, getEcosystem)],
})
