import { makeCastTools } from '../../modules/cast.ts'
import type { World } from '../harness.ts'

/** Somebody at the door: how the request is signed, and what the matrix calls them. */
export interface Caller {
  name: string
  /** The role that the matrix asks about; null has none here. */
  role: string | null
  side: 'inner' | 'outer' | 'none'
  headers: Record<string, string>
}

export const HOST_ROLES = [
  'owner',
  'admin',
  'channel_manager',
  'direct_seller',
  'partner_marketing',
  'enablement',
  'finance',
  'legal',
  'auditor',
  'executive',
]
export const PARTNER_ROLES = ['partner_admin', 'partner_seller', 'partner_marketer', 'partner_technical', 'partner_finance']

export interface Firms {
  brightpath: string
  rivertech: string
  lakehurst: string
  castellan: string
  olivar: string
  suspended: string
  kestrel: string
}

/** Ids of the firms that the sweeps speak of; makes one that is suspended. */
export async function firmsOf(w: World): Promise<Firms> {
  const { items } = await w.as('vera').partners.list({ limit: 200 })
  const id = (name: string): string => {
    const found = items.find((row) => row.name === name)
    if (!found) throw new Error(`The cast has no firm ${name}`)
    return found.id
  }
  const own = await w.as('otto', 'kestrel').partners.list({ limit: 200 })
  return {
    brightpath: id('Brightpath'),
    rivertech: id('Rivertech'),
    lakehurst: id('Lakehurst'),
    castellan: id('Castellan'),
    olivar: id('Olivar Sistemas'),
    suspended: id('Pellworth Group'),
    kestrel: own.items[0]?.id ?? '',
  }
}

async function sessionToken(w: World, email: string): Promise<string> {
  const { library, pool } = w.app.sign_in
  const { rows } = await pool.query<{ id: string }>('select id from "user" where email = $1', [email])
  const context = await (await library()).$context
  return (await context.internalAdapter.createSession(rows[0]?.id ?? '')).token
}

type Bearer = (email: string, ecosystem?: string) => Promise<{ authorization: string; 'x-ecosystem': string }>

/** Those who stand outside of Meridian, or only partly in it. */
async function outsiders(w: World, bearer: Bearer): Promise<Caller[]> {
  const expired = await bearer('pat@brightpath.example')
  await w.owner(`update auth."session" set "expiresAt" = now() - interval '1 minute' where "token" = $1`, [
    expired.authorization.slice(7),
  ])
  const { key } = await w.as('pat').access.create_key({ name: 'Reads deals', scopes: ['deals.read'] })
  return [
    { name: 'nobody', role: null, side: 'none', headers: { 'x-ecosystem': 'meridian' } },
    { name: 'expired session', role: null, side: 'none', headers: expired },
    {
      name: 'made-up token',
      role: null,
      side: 'none',
      headers: { authorization: 'Bearer 0123456789abcdef', 'x-ecosystem': 'meridian' },
    },
    { name: 'key that reads deals', role: 'key', side: 'outer', headers: { 'x-api-key': key } },
    {
      name: 'admin of Kestrel, in Meridian',
      role: 'stranger',
      side: 'none',
      headers: await bearer('otto@kestrel.example'),
    },
    {
      name: 'admin of Kestrel, at home',
      role: 'admin',
      side: 'inner',
      headers: await bearer('otto@kestrel.example', 'kestrel'),
    },
    {
      name: 'partner of Kestrel, at home',
      role: 'partner_admin',
      side: 'outer',
      headers: await bearer('pat@brightpath.example', 'kestrel'),
    },
  ]
}

/** One person for each role, and those who stand outside; all in Meridian unless their name says otherwise. */
export async function peopleOf(w: World, firms: Firms): Promise<Caller[]> {
  const tools = makeCastTools(w.app, { settle: w.settle, hash: 'nobody signs in with a password here' })
  Object.assign(tools.tenants, w.tenants)
  const callers: Caller[] = []
  const bearer: Bearer = async (email, ecosystem = 'meridian') => ({
    authorization: `Bearer ${await sessionToken(w, email)}`,
    'x-ecosystem': ecosystem,
  })
  const make = async (name: string, role: string, party_id?: string) => {
    const email = `${name.replaceAll(' ', '-').replaceAll('_', '-')}@sweep.example`
    await tools.person({ ecosystem: 'meridian', name, email, roles: [{ role, scope: {} }], ...(party_id ? { party_id } : {}) })
    callers.push({ name, role, side: party_id ? 'outer' : 'inner', headers: await bearer(email) })
  }
  for (const role of HOST_ROLES) await make(role, role)
  for (const role of PARTNER_ROLES) await make(`brightpath ${role}`, role, firms.brightpath)
  for (const role of ['partner_admin', 'partner_seller']) await make(`rivertech ${role}`, role, firms.rivertech)
  await make('castellan partner_admin', 'partner_admin', firms.castellan)
  await make('suspended partner_admin', 'partner_admin', firms.suspended)
  callers.push({
    name: 'carl, EMEA only',
    role: 'channel_manager',
    side: 'inner',
    headers: await bearer('carl@meridian.example'),
  })
  callers.push({ name: 'ana, AMER only', role: 'channel_manager', side: 'inner', headers: await bearer('ana@meridian.example') })
  callers.push({ name: 'vera', role: 'owner', side: 'inner', headers: await bearer('vera@meridian.example') })
  callers.push(...(await outsiders(w, bearer)))
  return callers
}
