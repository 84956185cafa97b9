/** How the step to a cluster treats a table. What is not named here is a tenant's table, with all that this asks of it. */
export type TableKind = 'tenant' | 'local' | 'reference'

/** Tables that stay on the coordinator, with the reason why they need no row rights. */
const LOCAL: Readonly<Record<string, string>> = {
  migrations: 'the log of what ran; the app cannot read it',
  clock_due: 'which tenant has a clock due when; no facts',
  ecosystem_slugs: 'which tenant a slug names; no facts',
  person_tenants: 'in which tenants a person is active; no facts',
}

/** Slow tables without a tenant, copied to every node. */
export const REFERENCE: Readonly<Record<string, string>> = {}

export const kindOf = (table: string): TableKind => (table in LOCAL ? 'local' : table in REFERENCE ? 'reference' : 'tenant')

/** Functions that a policy may call: they read settings and no table. */
export const POLICY_FUNCTIONS = ['app.tenant', 'app.sees', 'app.inner', 'app.acts']

/** Policies that bind the tenant alone, so that every party of it passes, and why they may. */
export const SHARED: Readonly<Record<string, string>> = {
  'app_reads on ecosystems': 'name, languages and colours of the frame that everybody of it sees; read only',
  'app_reads on regions': 'the names that forms offer to partners; read only',
  'app_reads on region_countries': 'where the form says that a country lies outside a territory; read only',
  'app_reads on products': 'the names that forms offer to partners; read only',
  'app_reads on rates': 'amounts are shown in the house currency; read only',
  'app_rows on deal_numbers': 'whoever registers takes the next number; the row holds nothing else',
  'app_rows on deal_queues':
    'whoever registers waits in the line of one customer; the row holds a place and a time, of nobody by name',
  'app_emits on outbox': 'insert only: a verb of a party leaves an event to be told',
  'app_sends on mails': 'insert only: a verb of a party sends a mail',
  'app_records on decision_facts': 'insert only: a verb of a party leaves facts that only the host reads',
  'app_records on deal_inners': 'insert only: a verb of a party leaves facts that only the host reads',
  'app_records on deal_conflicts': 'insert only: a verb of a party leaves facts that only the host reads',
}

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
  'app.take_asked_mail':
    'a mail of sign-in is stored and what asked for it goes, in one transaction; tells only whether it was there',
  'app.any_ecosystem': 'the first run asks whether there is any ecosystem',
  'app.member_json': 'one member with what a request needs, called by the functions below only',
  'app.principal': 'who a session is, before any tenant is entered',
  'app.key_principal': 'who an API key is, before any tenant is entered',
  'app.memberships': 'the ecosystems of one person',
  'app.mail_home': 'where a mail of sign-in is kept: an ecosystem of its reader',
  'app.open_invitation': 'an invitation by its secret, for somebody who is nobody yet',
  'app.sign_in_link': 'whom a link by mail signs in, with the address masked; the product reads nothing else of that table',
  'app.mail_link': 'a link by its secret and its one verb, with the member it speaks for',
}

/** What triggers may run. */
export const TRIGGER_FUNCTIONS = ['app.refuse_change']
