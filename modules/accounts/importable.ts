import type { Importable, ImportColumn } from '../../kernel/importing.ts'
import { importOpportunities } from './import-opportunities.ts'
import { OUTCOMES } from './rules.ts'
import { saveAccounts } from './save-accounts.ts'
import { SaveAccount, SaveOpportunity } from './shapes.ts'
import { undoAccounts, undoOpportunities } from './undo-accounts.ts'

const EXTERNAL: ImportColumn = {
  field: 'external_id',
  kind: 'text',
  label: { en: 'External id', de: 'Externe Nummer' },
  aliases: [
    'id',
    'account id',
    'customer id',
    'customer number',
    'kundennummer',
    'kunden-nr',
    'crm id',
    'record id',
    'account number',
    'debitor',
  ],
}

/** Accounts from a file. */
export const accountsImport: Importable = {
  label: { en: 'Accounts', de: 'Kunden' },
  permission: 'accounts.create',
  schema: SaveAccount,
  title: ({ name }) => String(name ?? ''),
  save: saveAccounts,
  undo: undoAccounts,
  columns: [
    {
      field: 'name',
      kind: 'text',
      required: true,
      label: { en: 'Name', de: 'Name' },
      aliases: [
        'account',
        'account name',
        'company',
        'company name',
        'customer',
        'organisation',
        'organization',
        'firma',
        'firmenname',
        'kunde',
        'kundenname',
        'unternehmen',
        'legal name',
      ],
    },
    EXTERNAL,
    {
      field: 'country',
      kind: 'country',
      label: { en: 'Country', de: 'Land' },
      aliases: ['billing country', 'country code', 'staat', 'pays', 'ländercode'],
    },
    {
      field: 'domain',
      kind: 'domain',
      label: { en: 'Domain', de: 'Domain' },
      aliases: ['website', 'web site', 'webseite', 'url', 'site', 'homepage', 'internet'],
    },
    {
      field: 'domains',
      kind: 'list',
      label: { en: 'Further domains', de: 'Weitere Domains' },
      aliases: ['alias domains', 'other domains'],
    },
    {
      field: 'company_number',
      kind: 'text',
      label: { en: 'Company number', de: 'Handelsregisternummer' },
      aliases: [
        'registration number',
        'vat',
        'vat id',
        'vat number',
        'ust-id',
        'ustidnr',
        'hrb',
        'duns',
        'siren',
        'siret',
        'company reg',
      ],
    },
    {
      field: 'is_customer',
      kind: 'flag',
      label: { en: 'Is a customer', de: 'Ist Kunde' },
      aliases: ['existing customer', 'bestandskunde', 'customer flag'],
    },
    { field: 'customer_since_on', kind: 'day', label: { en: 'Customer since', de: 'Kunde seit' }, aliases: ['since'] },
    {
      field: 'parent_external_id',
      kind: 'text',
      label: { en: "Parent's external id", de: 'Externe Nummer der Mutter' },
      aliases: ['parent id', 'parent account id', 'parent', 'konzern', 'mutter', 'ultimate parent'],
    },
    {
      field: 'segment',
      kind: 'text',
      label: { en: 'Segment', de: 'Segment' },
      aliases: ['industry', 'branche', 'class', 'tier', 'account type'],
    },
    {
      field: 'note',
      kind: 'text',
      label: { en: 'Note', de: 'Notiz' },
      aliases: ['notes', 'comment', 'bemerkung', 'beschreibung', 'description'],
    },
  ],
}

/** Open and closed opportunities from a file. */
export const opportunitiesImport: Importable = {
  label: { en: 'Opportunities', de: 'Verkaufschancen' },
  permission: 'accounts.save_opportunities',
  schema: SaveOpportunity,
  keys: ['external_id'],
  title: ({ name }) => String(name ?? ''),
  save: importOpportunities,
  undo: undoOpportunities,
  columns: [
    {
      field: 'name',
      kind: 'text',
      required: true,
      label: { en: 'Name', de: 'Name' },
      aliases: ['opportunity', 'opportunity name', 'deal', 'deal name', 'verkaufschance', 'chance', 'bezeichnung', 'subject'],
    },
    { ...EXTERNAL, aliases: ['id', 'opportunity id', 'opp id', 'crm id', 'record id', 'opportunity number', 'chancen-nr'] },
    {
      field: 'account_external_id',
      kind: 'text',
      label: { en: "Account's external id", de: 'Externe Nummer des Kunden' },
      aliases: ['account id', 'customer id', 'kundennummer', 'customer number'],
    },
    {
      field: 'account_domain',
      kind: 'domain',
      label: { en: "Account's domain", de: 'Domain des Kunden' },
      aliases: ['website', 'url', 'webseite', 'domain', 'account website'],
    },
    {
      field: 'account_name',
      kind: 'text',
      label: { en: "Account's name", de: 'Name des Kunden' },
      aliases: ['account', 'company', 'customer', 'kunde', 'firma', 'kundenname', 'organisation'],
    },
    {
      field: 'product',
      kind: 'text',
      label: { en: 'Product', de: 'Produkt' },
      aliases: ['product family', 'sku', 'produktfamilie', 'artikel'],
    },
    {
      field: 'amount_minor',
      kind: 'amount',
      currency: 'currency',
      label: { en: 'Amount', de: 'Betrag' },
      aliases: ['value', 'wert', 'volume', 'volumen', 'amount_minor', 'deal size', 'revenue', 'umsatz', 'auftragswert'],
    },
    {
      field: 'currency',
      kind: 'currency',
      label: { en: 'Currency', de: 'Währung' },
      aliases: ['currency code', 'iso code', 'amount currency'],
    },
    { field: 'stage', kind: 'text', label: { en: 'Stage', de: 'Phase' }, aliases: ['status', 'sales stage', 'verkaufsphase'] },
    {
      field: 'opened_on',
      kind: 'day',
      label: { en: 'Opened on', de: 'Eröffnet am' },
      aliases: ['created', 'created date', 'erstellt am', 'open date', 'start'],
    },
    {
      field: 'expected_close_on',
      kind: 'day',
      label: { en: 'Expected close', de: 'Erwarteter Abschluss' },
      aliases: ['close date', 'abschlussdatum', 'closing date', 'expected close date'],
    },
    { field: 'closed_on', kind: 'day', label: { en: 'Closed on', de: 'Abgeschlossen am' }, aliases: ['actual close'] },
    {
      field: 'outcome',
      kind: 'choice',
      label: { en: 'Outcome', de: 'Ausgang' },
      aliases: ['result', 'ergebnis', 'won lost'],
      choices: { [OUTCOMES[0]]: ['gewonnen', 'closed won', 'yes'], [OUTCOMES[1]]: ['verloren', 'closed lost', 'no'] },
    },
  ],
}
