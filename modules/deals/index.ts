import * as z from 'zod'
import { clock, defineModule, listen, serve } from '../../kernel/module.ts'
import { RuleTable } from '../../kernel/tables.ts'
import { namesOf } from '../access/names-of.ts'
import * as accounts from '../accounts/contract.ts'
import { declareKind } from '../decisions/kinds.ts'
import * as partners from '../partners/contract.ts'
import { timelineOf } from '../timeline.ts'
import { addEvidence } from './add-evidence.ts'
import { approveDeal } from './approve-deal.ts'
import { answerHost, askPartner } from './ask-partner.ts'
import { dealBoard } from './board.ts'
import * as contract from './contract.ts'
import { editDeal } from './edit-deal.ts'
import { expireProtection, lapseHold, warnProtection } from './expire-protection.ts'
import { extendProtection } from './extend-protection.ts'
import { FACTS, toldFact } from './facts.ts'
import { getSuccession } from './get-succession.ts'
import { grantPrice } from './grant-price.ts'
import { dealsImport } from './importable.ts'
import { dealInbox, searchDeals } from './inbox.ts'
import { keepNote } from './keep-note.ts'
import { listDeals } from './list-deals.ts'
import { missReview } from './miss-review.ts'
import { mailDecision, mailHandOver, mailMiss, mailQuestion } from './on-deal-news.ts'
import { followEdit } from './on-edited.ts'
import { moveMergedDeals, rescopeMergedCustomers } from './on-merged.ts'
import { releaseSuspendedDeals, releaseTerminatedDeals, reviewReinstatedDeals } from './on-partner-ended.ts'
import { endPriceClock, missPrice, startPriceClock } from './price-clock.ts'
import { getPrice } from './price-terms.ts'
import { getDeal } from './queries.ts'
import { reassignDeal } from './reassign-deal.ts'
import { registerDeal } from './register-deal.ts'
import { rejectDeal } from './reject-deal.ts'
import { saveDraft } from './save-draft.ts'
import { setStage } from './set-stage.ts'
import { submitDeal } from './submit-deal.ts'
import { overruleDeal, supersedeDeal } from './supersede-deal.ts'
import { rolesInTerms, Terms } from './terms.ts'
import { withdrawDeal } from './withdraw-deal.ts'

const Outcome = z.strictObject({
  decision: z.enum(['approve', 'hold', 'review', 'reject']),
  clause: z.int().min(1).max(99).optional(),
  reason_code: contract.ReasonCode.optional(),
})
const ReviewTable = RuleTable.extend({
  hit: z.literal('first'),
  rows: z
    .array(RuleTable.shape.rows.element.extend({ outcome: Outcome }))
    .min(1)
    .max(200),
  otherwise: Outcome,
})

declareKind('deals.review', { body: ReviewTable, facts: FACTS, told: toldFact })
declareKind('deals.terms', { body: Terms, names: rolesInTerms })

export const deals = defineModule('deals', {
  routes: [
    serve(contract.list, listDeals),
    serve(contract.board, dealBoard),
    serve(contract.get, getDeal),
    serve(contract.save_draft, saveDraft),
    serve(contract.edit, editDeal),
    serve(contract.register, registerDeal),
    serve(contract.submit, submitDeal),
    serve(contract.add_evidence, addEvidence),
    serve(contract.approve, approveDeal),
    serve(contract.reject, rejectDeal),
    serve(contract.ask, askPartner),
    serve(contract.answer, answerHost),
    serve(contract.withdraw, withdrawDeal),
    serve(contract.succession, getSuccession),
    serve(contract.supersede, supersedeDeal),
    serve(contract.overrule, overruleDeal),
    serve(contract.reassign, reassignDeal),
    serve(contract.extend, extendProtection),
    serve(contract.set_stage, setStage),
    serve(contract.grant_price, grantPrice),
    serve(contract.price, getPrice),
    serve(contract.note, keepNote),
    serve(contract.timeline, async (ctx, input) => {
      await getDeal(ctx, input)
      return timelineOf(ctx, 'deals', input, namesOf)
    }),
  ],
  listeners: [
    listen(partners.suspended, releaseSuspendedDeals),
    listen(partners.terminated, releaseTerminatedDeals),
    listen(partners.reinstated, reviewReinstatedDeals),
    listen(partners.merged, moveMergedDeals),
    listen(accounts.merged, rescopeMergedCustomers),
    listen(contract.edited, followEdit),
    listen(contract.decided, mailDecision),
    listen(contract.handed_over, mailHandOver),
    listen(contract.asked, mailQuestion),
    listen(contract.clock_missed, mailMiss),
    listen(contract.approved, startPriceClock),
    listen(contract.price_decided, endPriceClock),
  ],
  clocks: [
    clock('deals.review', missReview),
    clock('deals.price', missPrice),
    clock('deals.hold', lapseHold),
    clock('deals.protection', expireProtection),
    clock('deals.warning', warnProtection),
  ],
  refusals: {
    protections_one_holder: ['conflict', 'This scope is already protected'],
    deals_tender: ['invalid', "tender: give the tender's reference"],
    deals_amount: ['invalid', 'amount_minor: give a value above zero'],
  },
  imports: { deals: dealsImport },
  inbox: dealInbox,
  search: searchDeals,
})
