import { defineModule, job, serve } from '../../kernel/module.ts'
import * as contract from './contract.ts'
import { draftDocument } from './draft-document.ts'
import { editDocument } from './edit-document.ts'
import { engagementRules } from './engagement-rules.ts'
import { getReplay } from './get-replay.ts'
import { publishDocument, retireDocument } from './publish-document.ts'
import { decisionsOf, getDocument, listDocuments } from './queries.ts'
import { replayHistory } from './replay-document.ts'
import { testDocument } from './test-document.ts'

export const decisions = defineModule('decisions', {
  routes: [
    serve(contract.list, listDocuments),
    serve(contract.get, getDocument),
    serve(contract.draft, draftDocument),
    serve(contract.edit, editDocument),
    serve(contract.test, testDocument),
    serve(contract.replay, getReplay),
    serve(contract.publish, publishDocument),
    serve(contract.retire, retireDocument),
    serve(contract.of_subject, async (ctx, subject) => ({ items: await decisionsOf(ctx, subject) })),
    serve(contract.engagement_rules, engagementRules),
  ],
  jobs: [job('decisions.replay', replayHistory)],
  refusals: {
    rule_documents_number: ['conflict', 'Another draft took this number just now; repeat the request'],
    decisions_append_only: ['conflict', 'A decision is never changed; make a new one'],
  },
})
