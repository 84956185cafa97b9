/** Every place that weighs rows which its caller may not see, by file and function, and what leaves it. */
export const JUDGED_READS: Readonly<Record<string, string>> = {
  'modules/access/roles.ts:changesOfRoles': "what a host changed of its roles; leaves as the caller's own permissions",
  'modules/access/roles.ts:rolesOf': 'the roles that a host made for partners; leaves as they are, those of the host stay',
  'modules/accounts/find-account.ts:findAccount': "the host's accounts; ids, bands and kinds of agreement leave it, no names",
  'modules/deals/former-firm.ts:knewAtAnotherFirm': 'members of rivals; leaves as one yes or no, for the host',
  'modules/deals/weigh-deal.ts:readCustomer':
    "rivals' registrations, the host's named list and opportunities, its company groups; leave as facts, masked reasons and the host's conflicts",
}
