import { HOST_ROLES, PARTNER_ROLES } from './people.ts'

// Who may do what, written by hand from what each person comes for. It is never made from the contracts: they are what it tests.
const CHIEF = ['owner', 'admin']
const DESK = [...CHIEF, 'channel_manager']
const SELLING = [...DESK, 'direct_seller']
const ALL = [...HOST_ROLES, ...PARTNER_ROLES]
const LEADS = ['partner_admin', 'partner_seller']

export type Permitted = 'everybody' | 'person' | readonly string[]

const each = (verbs: string, roles: Permitted): Record<string, Permitted> =>
  Object.fromEntries(verbs.split(' ').map((verb) => [verb, roles]))

export const MATRIX: Readonly<Record<string, Permitted>> = {
  // One's own login: anybody who is signed in, whatever their roles.
  ...each('identity.me identity.update_me identity.sessions identity.revoke_session identity.security', 'person'),
  // Whoever holds the link of a mail is nobody yet.
  ...each('identity.open_link', 'everybody'),

  // Everybody works with the ecosystem's regions, products and rates; the channel chief shapes it; finance keeps the rates.
  ...each(
    'ecosystems.get ecosystems.list_regions ecosystems.list_products ecosystems.list_rates ecosystems.convert ecosystems.plan_gaps',
    ALL,
  ),
  ...each('ecosystems.update ecosystems.save_region ecosystems.save_product', CHIEF),
  ...each('ecosystems.parked_jobs ecosystems.replay_job ecosystems.dismiss_job', CHIEF),
  ...each('ecosystems.save_rate ecosystems.import_ecb', [...CHIEF, 'finance']),

  // People: each side sees whom it may; channel managers and partner admins invite; roles are the chief's.
  ...each('access.list access.get access.timeline access.roles access.explain', ALL),
  ...each('access.invite access.resend access.update access.end', [...DESK, 'partner_admin']),
  ...each('access.change_role access.create_role access.rename_role access.retire_role', CHIEF),
  ...each('access.list_mails access.get_mail', CHIEF),
  ...each('access.list_keys access.create_key access.revoke_key', ALL),
  ...each('access.open_invitation access.accept_invitation access.first_run access.found', 'everybody'),
  ...each('access.join', 'person'),

  // Partners: the host reads all in scope, a firm reads itself; the desk works on them; ending and merging are the chief's.
  ...each('partners.list partners.get partners.people partners.timeline', ALL),
  ...each('partners.create partners.update partners.set_tracks partners.candidates partners.duplicates partners.activate', DESK),
  ...each('partners.update_profile', [...DESK, 'partner_admin']),
  ...each('partners.suspend partners.reinstate', [...DESK, 'legal']),
  ...each('partners.assign_manager partners.terminate partners.merge', CHIEF),

  // Accounts and opportunities are the host's own; a partner never reads one.
  ...each('accounts.list accounts.get accounts.timeline accounts.candidates accounts.duplicates accounts.list_named', HOST_ROLES),
  ...each('accounts.list_opportunities accounts.get_opportunity', HOST_ROLES),
  ...each('accounts.create accounts.update accounts.add_domain accounts.remove_domain', SELLING),
  ...each('accounts.create_opportunity accounts.update_opportunity', SELLING),
  ...each('accounts.merge', DESK),
  ...each('accounts.add_named accounts.remove_named', CHIEF),

  // The host reads its rules, the chief writes them, everybody reads the public ones and the decisions on their own records.
  ...each('decisions.list decisions.get decisions.replay', HOST_ROLES),
  ...each('decisions.draft decisions.edit decisions.test decisions.publish decisions.retire', CHIEF),
  ...each('decisions.of_subject', ALL),
  ...each('decisions.engagement_rules', 'everybody'),

  // Deals: sellers of partners register, also the desk for them; the desk decides; desk and finance grant prices, each up to its limit.
  ...each('deals.list deals.get deals.board deals.timeline deals.price deals.succession', ALL),
  ...each('deals.register deals.save_draft deals.edit deals.submit deals.add_evidence deals.answer', [...DESK, ...LEADS]),
  ...each('deals.withdraw deals.supersede deals.extend deals.set_stage', [...DESK, ...LEADS]),
  ...each('deals.approve deals.reject deals.ask deals.note deals.overrule deals.reassign', DESK),
  ...each('deals.grant_price', [...DESK, 'finance']),

  // A mailed link is its own right: whoever holds it, signed in or not.
  ...each('links.open_extension links.extend', 'everybody'),

  // Those who work with accounts and partners import them; the auditor reads what was imported.
  ...each('imports.kinds imports.list imports.get imports.preview imports.rows', [...SELLING, 'auditor']),
  ...each('imports.upload imports.map imports.check imports.run imports.cancel imports.undo', SELLING),

  // Everybody keeps views of their own.
  ...each('views.list views.save views.remove', ALL),

  ...each('home.inbox home.search', ALL),
  // Whoever shapes the ecosystem sees what it still needs.
  ...each('home.first_steps home.hide_first_steps', CHIEF),
}

/** What an API key with one permission may call. */
export const KEY_READS_DEALS = ['deals.list', 'deals.get', 'deals.board', 'deals.timeline', 'deals.price', 'deals.succession']
