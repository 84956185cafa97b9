/** How the step to a cluster treats a table. What is not named here is a tenant's table, with all that this asks of it. */
export type TableKind = 'tenant' | 'local' | 'reference'

/** Tables that stay on the coordinator, with the reason why they need no row rights. */
export const LOCAL: Readonly<Record<string, string>> = {
  migrations: 'the log of what ran; the app cannot read it',
  clock_due: 'which tenant has a clock due when; no facts',
  ecosystem_slugs: 'which tenant a slug names; no facts',
  person_tenants: 'in which tenants a person is active; no facts',
}

/** Slow tables without a tenant, copied to every node. */
export const REFERENCE: Readonly<Record<string, string>> = {}

export const kindOf = (table: string): TableKind => (table in LOCAL ? 'local' : table in REFERENCE ? 'reference' : 'tenant')

/** Functions that a policy may call: they read settings and no table. */
export const POLICY_FUNCTIONS = ['app.tenant', 'app.sees', 'app.inner']

/** The only function that sets anything. */
export const ENTER = 'app.enter'

/** Functions that run with the owner's rights, and why each must. */
export const DEFINERS: Readonly<Record<string, string>> = {
  'app.tenants_with_outbox': 'the relay asks which tenants have events, before it enters one',
  'app.tenants_with_old_keys': 'cleaning asks which tenants have old keys, before it enters one',
  'app.create_person': 'an invitation makes a login; the app has no right in the schema of sign-in',
  'app.person': 'name and address of one person',
  'app.update_person': 'a person changes their own name and language',
  'app.sessions_of': 'where a person is signed in; never the token',
  'app.revoke_session': 'a person ends a session of their own',
  'app.any_ecosystem': 'the first run asks whether there is any ecosystem',
  'app.member_json': 'one member with what a request needs, called by the functions below only',
  'app.principal': 'who a session is, before any tenant is entered',
  'app.key_principal': 'who an API key is, before any tenant is entered',
  'app.memberships': 'the ecosystems of one person',
  'app.mail_home': 'where a mail of sign-in is kept: an ecosystem of its reader',
  'app.open_invitation': 'an invitation by its secret, for somebody who is nobody yet',
}

/** What triggers may run. */
export const TRIGGER_FUNCTIONS = ['app.refuse_change']
