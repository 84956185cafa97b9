import type { Importable } from '../../kernel/importing.ts'
import { saveDeals, undoDeals } from './save-deals.ts'
import { SaveDeal } from './shapes.ts'

/** Registrations from a file, as from another portal. */
export const dealsImport: Importable = {
  label: { en: 'Deals', de: 'Projekte' },
  permission: 'deals.approve',
  schema: SaveDeal,
  keys: ['external_id'],
  title: ({ customer }) => String(customer ?? ''),
  save: saveDeals,
  undo: undoDeals,
  columns: [
    {
      field: 'partner',
      kind: 'text',
      required: true,
      label: { en: 'Partner', de: 'Partner' },
      aliases: ['partner name', 'reseller', 'registered by', 'partnername', 'vertriebspartner'],
    },
    {
      field: 'customer',
      kind: 'text',
      required: true,
      label: { en: 'Customer', de: 'Kunde' },
      aliases: ['account', 'account name', 'end customer', 'company', 'endkunde', 'firma'],
    },
    {
      field: 'country',
      kind: 'country',
      required: true,
      label: { en: 'Country', de: 'Land' },
      aliases: ['customer country', 'country code'],
    },
    {
      field: 'product',
      kind: 'text',
      required: true,
      label: { en: 'Product', de: 'Produkt' },
      aliases: ['product code', 'solution', 'produktcode'],
    },
    {
      field: 'amount_minor',
      kind: 'amount',
      currency: 'currency',
      required: true,
      label: { en: 'Value', de: 'Wert' },
      aliases: ['amount', 'deal value', 'expected value', 'betrag', 'volumen', 'amount_minor'],
    },
    { field: 'currency', kind: 'currency', label: { en: 'Currency', de: 'Währung' }, aliases: ['ccy', 'iso currency'] },
    {
      field: 'closes_on',
      kind: 'month',
      required: true,
      label: { en: 'Expected close', de: 'Erwarteter Abschluss' },
      aliases: ['close date', 'expected close date', 'close month', 'abschluss', 'abschlussdatum'],
    },
    {
      field: 'external_id',
      kind: 'text',
      label: { en: 'External id', de: 'Externe Nummer' },
      aliases: ['id', 'deal id', 'registration id', 'registration number', 'deal number'],
    },
    {
      field: 'account_domain',
      kind: 'domain',
      label: { en: 'Customer site', de: 'Seite des Kunden' },
      aliases: ['website', 'domain', 'url', 'webseite'],
    },
    {
      field: 'customer_number',
      kind: 'text',
      label: { en: 'Company number', de: 'Handelsregisternummer' },
      aliases: ['vat', 'vat id', 'duns', 'hrb'],
    },
    {
      field: 'evidence_on',
      kind: 'day',
      label: { en: 'Customer contact on', de: 'Kundenkontakt am' },
      aliases: ['last contact', 'meeting date', 'kontakt am'],
    },
    {
      field: 'evidence_kind',
      kind: 'choice',
      label: { en: 'Kind of contact', de: 'Art des Kontakts' },
      choices: {
        meeting: ['termin', 'treffen'],
        call: ['anruf', 'telefonat'],
        mail: ['e-mail', 'email'],
        letter: ['brief'],
        poc: ['proof of concept'],
      },
    },
    {
      field: 'deal_type',
      kind: 'choice',
      label: { en: 'Type', de: 'Art' },
      choices: { new: ['neu', 'new business'], renewal: ['verlängerung'] },
    },
    {
      field: 'description',
      kind: 'text',
      label: { en: 'Description', de: 'Beschreibung' },
      aliases: ['notes', 'comment', 'bemerkung'],
    },
  ],
}
