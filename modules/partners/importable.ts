import * as z from 'zod'
import type { Importable } from '../../kernel/importing.ts'
import { TRACKS } from './rules.ts'
import { savePartners } from './save-partners.ts'
import { PartnerTrack, SavePartner, Track } from './shapes.ts'
import { undoPartners } from './undo-partners.ts'

const words: Record<(typeof TRACKS)[number], readonly string[]> = {
  reseller: ['var', 'wiederverkäufer', 'fachhändler', 'händler'],
  si: ['system integrator', 'systemintegrator', 'integrator', 'systemhaus'],
  msp: ['managed service provider', 'service provider', 'dienstleister'],
  isv: ['software vendor', 'softwarehersteller', 'technology'],
  referral: ['empfehlung', 'tippgeber', 'referrer', 'agent'],
  influence: ['influencer', 'berater', 'consultant', 'advisor'],
  distributor: ['distribution', 'distributeur', 'großhändler', 'vad'],
}

// People write several regions into the one cell that a file has for them; the first leads.
function regionsIn(cell: string | null | undefined, more: string[] | undefined) {
  const [region = cell, ...further] = cell?.split(/[,;|/]/).flatMap((one) => one.trim() || []) ?? []
  const more_regions = further.length > 0 ? [...further, ...(more ?? [])] : more
  return { ...(region === undefined ? {} : { region }), ...(more_regions === undefined ? {} : { more_regions }) }
}

// A file has its tracks in one cell and one tier for all of them.
const Row = SavePartner.omit({ tracks: true })
  .extend({ tracks: z.array(Track).optional(), tier: PartnerTrack.shape.tier.optional() })
  // Who comes in a list is a partner already: without a status it may register deals at once.
  .transform(({ tracks, tier = '', status = 'active' as const, region, more_regions, ...row }) => ({
    ...row,
    ...regionsIn(region, more_regions),
    status,
    ...(tracks ? { tracks: tracks.map((track) => ({ track, tier })) } : {}),
  }))

/** Partners from a file. */
export const partnersImport: Importable = {
  label: { en: 'Partners', de: 'Partner' },
  permission: 'partners.create',
  schema: Row,
  title: ({ legal_name, trading_name }) => String(trading_name ?? legal_name ?? ''),
  save: (ctx, rows) => savePartners(ctx, rows, { isFile: true }),
  undo: undoPartners,
  columns: [
    {
      field: 'legal_name',
      kind: 'text',
      required: true,
      label: { en: 'Legal name', de: 'Firmenname' },
      aliases: [
        'name',
        'partner',
        'partner name',
        'company',
        'company name',
        'firma',
        'account name',
        'unternehmen',
        'organisation',
      ],
    },
    {
      field: 'trading_name',
      kind: 'text',
      label: { en: 'Trading name', de: 'Handelsname' },
      aliases: ['brand', 'marke', 'doing business as', 'dba', 'short name', 'kurzname'],
    },
    {
      field: 'country',
      kind: 'country',
      required: true,
      label: { en: 'Country', de: 'Land' },
      aliases: ['country code', 'billing country', 'staat', 'ländercode'],
    },
    {
      field: 'external_id',
      kind: 'text',
      label: { en: 'External id', de: 'Externe Nummer' },
      aliases: ['id', 'partner id', 'partner number', 'partnernummer', 'crm id', 'account id', 'kreditor'],
    },
    { field: 'domain', kind: 'domain', label: { en: 'Domain', de: 'Domain' }, aliases: ['email domain', 'mail domain', 'site'] },
    {
      field: 'domains',
      kind: 'list',
      label: { en: 'Further domains', de: 'Weitere Domains' },
      aliases: ['alias domains', 'other domains'],
    },
    {
      field: 'website',
      kind: 'domain',
      label: { en: 'Website', de: 'Webseite' },
      aliases: ['url', 'homepage', 'web site', 'internet'],
    },
    { field: 'phone', kind: 'text', label: { en: 'Phone', de: 'Telefon' }, aliases: ['telephone', 'phone number', 'tel'] },
    {
      field: 'region',
      kind: 'text',
      label: { en: 'Region', de: 'Region' },
      aliases: ['territory', 'gebiet', 'area', 'regions', 'regionen'],
    },
    {
      field: 'more_regions',
      kind: 'list',
      label: { en: 'Further regions', de: 'Weitere Regionen' },
      aliases: ['other regions', 'more regions', 'andere regionen'],
    },
    {
      field: 'tracks',
      kind: 'list',
      label: { en: 'Tracks', de: 'Partnerarten' },
      aliases: ['track', 'partner type', 'type', 'partnerart', 'typ', 'programme'],
      choices: words,
    },
    {
      field: 'tier',
      kind: 'text',
      label: { en: 'Tier', de: 'Stufe' },
      aliases: ['level', 'partner tier', 'status level', 'partnerstufe'],
    },
    {
      field: 'status',
      kind: 'choice',
      label: { en: 'Status', de: 'Status' },
      aliases: ['partner status', 'state'],
      choices: { onboarding: ['new', 'neu', 'in onboarding', 'prospect'], active: ['aktiv', 'live', 'yes'] },
    },
    {
      field: 'description',
      kind: 'text',
      label: { en: 'Description', de: 'Beschreibung' },
      aliases: ['about', 'profile', 'profil'],
    },
    {
      field: 'note',
      kind: 'text',
      label: { en: 'Internal note', de: 'Interne Notiz' },
      aliases: ['notes', 'comment', 'bemerkung'],
    },
  ],
}
