import { defineModule, serve } from '../../kernel/module.ts'
import * as contract from './contract.ts'
import { findCandidates } from './find-candidates.ts'
import { accountsImport, opportunitiesImport } from './importable.ts'
import { listDuplicates } from './list-duplicates.ts'
import { mergeAccount } from './merge-account.ts'
import { addNamed, listNamed, removeNamed } from './named-accounts.ts'
import { createOpportunity, getOpportunity, listOpportunities, updateOpportunity } from './opportunities.ts'
import { accountTimeline, getAccount, listAccounts, searchAccounts } from './queries.ts'
import { addDomain, createAccount, removeDomain, updateAccount } from './update-account.ts'

export const accounts = defineModule('accounts', {
  routes: [
    serve(contract.list, listAccounts),
    serve(contract.get, getAccount),
    serve(contract.create, createAccount),
    serve(contract.update, updateAccount),
    serve(contract.add_domain, addDomain),
    serve(contract.remove_domain, removeDomain),
    serve(contract.candidates, findCandidates),
    serve(contract.duplicates, listDuplicates),
    serve(contract.merge, mergeAccount),
    serve(contract.timeline, accountTimeline),
    serve(contract.list_named, listNamed),
    serve(contract.add_named, addNamed),
    serve(contract.remove_named, removeNamed),
    serve(contract.list_opportunities, listOpportunities),
    serve(contract.get_opportunity, getOpportunity),
    serve(contract.create_opportunity, createOpportunity),
    serve(contract.update_opportunity, updateOpportunity),
  ],
  search: searchAccounts,
  imports: { accounts: accountsImport, opportunities: opportunitiesImport },
  refusals: {
    accounts_external_id: ['conflict', 'external_id: another account has it already'],
    accounts_not_own_parent: ['invalid', 'parent_id: an account is not its own parent'],
    account_domains_key: ['conflict', 'domain: another account has it already; merge the two, or leave it out'],
    opportunities_external_id: ['conflict', 'external_id: another opportunity has it already'],
  },
})
