import { defineModule, serve } from '../../kernel/module.ts'
import * as contract from './contract.ts'
import { createPartner } from './create-partner.ts'
import { findCandidates } from './find-candidates.ts'
import { partnersImport } from './importable.ts'
import { partnerInbox } from './inbox.ts'
import { listDuplicates } from './list-duplicates.ts'
import { mergePartner } from './merge-partner.ts'
import { activatePartner, reinstatePartner, suspendPartner, terminatePartner } from './move-status.ts'
import { partnerPeople, partnerTimeline } from './partner-people.ts'
import { getPartner, listPartners, searchPartners } from './queries.ts'
import { peopleImport } from './save-people.ts'
import { assignManager, setTracks, updatePartner, updateProfile } from './update-partner.ts'

export const partners = defineModule('partners', {
  routes: [
    serve(contract.list, listPartners),
    serve(contract.get, getPartner),
    serve(contract.create, createPartner),
    serve(contract.update, updatePartner),
    serve(contract.update_profile, updateProfile),
    serve(contract.set_tracks, setTracks),
    serve(contract.assign_manager, assignManager),
    serve(contract.activate, activatePartner),
    serve(contract.suspend, suspendPartner),
    serve(contract.reinstate, reinstatePartner),
    serve(contract.terminate, terminatePartner),
    serve(contract.candidates, findCandidates),
    serve(contract.duplicates, listDuplicates),
    serve(contract.merge, mergePartner),
    serve(contract.people, partnerPeople),
    serve(contract.timeline, partnerTimeline),
  ],
  search: searchPartners,
  imports: { partners: partnersImport, people: peopleImport },
  inbox: partnerInbox,
  refusals: {
    partners_external_id: ['conflict', 'external_id: another partner has it already'],
    partners_not_own_parent: ['invalid', 'parent_id: a partner is not its own parent or distributor'],
  },
})
