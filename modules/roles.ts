import { type Audience, type Contract, routesOf } from '../kernel/contract.ts'
import { contracts } from './contract.ts'
import { TRACKS } from './partners/rules.ts'

export interface RoleKind {
  code: string
  side: Audience
  name: string
}

/** The roles that come with the product; what each may do stands in the contracts. */
export const ROLES: readonly RoleKind[] = [
  { code: 'owner', side: 'inner', name: 'Owner' },
  { code: 'admin', side: 'inner', name: 'Channel chief' },
  { code: 'channel_manager', side: 'inner', name: 'Channel manager' },
  { code: 'direct_seller', side: 'inner', name: 'Direct seller' },
  { code: 'partner_marketing', side: 'inner', name: 'Partner marketing' },
  { code: 'enablement', side: 'inner', name: 'Enablement' },
  { code: 'finance', side: 'inner', name: 'Finance' },
  { code: 'legal', side: 'inner', name: 'Legal' },
  { code: 'auditor', side: 'inner', name: 'Auditor' },
  { code: 'executive', side: 'inner', name: 'Executive' },
  { code: 'partner_admin', side: 'outer', name: 'Partner admin' },
  { code: 'partner_seller', side: 'outer', name: 'Partner seller' },
  { code: 'partner_marketer', side: 'outer', name: 'Partner marketer' },
  { code: 'partner_technical', side: 'outer', name: 'Partner technical' },
  { code: 'partner_finance', side: 'outer', name: 'Partner finance' },
]

const sides = new Map(ROLES.map((role) => [role.code, role.side]))
export const sideOf = (role: string): Audience | undefined => sides.get(role)

/** What a role's scope may name of tracks; the room of access stands below that of partners, whose they are. */
export const SCOPE_TRACKS: readonly string[] = TRACKS

type Granted = ReadonlyMap<string, ReadonlySet<string>>

function readContracts(all: Record<string, Contract>): Granted {
  const granted = new Map<string, Set<string>>(ROLES.map((role) => [role.code, new Set()]))
  for (const contract of Object.values(all)) {
    for (const [permission, roles] of Object.entries((contract.permissions ?? {}) as Record<string, readonly string[]>)) {
      for (const role of roles) {
        const held = granted.get(role)
        if (!held) throw new Error(`${permission} names the role ${role}, which does not exist`)
        held.add(permission)
        // Somebody must be able to do whatever the host's side can do, else a host can lock itself out.
        if (sides.get(role) === 'inner') granted.get('owner')?.add(permission)
      }
    }
  }
  return granted
}

let defaults: Granted | undefined
/** Permissions of each role as the product brings them: the owner holds all that any role of the host holds. */
export function defaultPermissions(): Granted {
  defaults ??= readContracts(contracts)
  return defaults
}

/**
 * What reading one record of a kind needs, as `partners.get` for `partners`, and under which names its events stand: its own, or its
 * room's, as `decisions` for `rule-documents`. No permission where no route reads one.
 */
export function recordKind(subject_type: string): { permission: string | null; subjects: string[] } {
  const own = subject_type.replaceAll('-', '_')
  for (const [room, contract] of Object.entries(contracts)) {
    const reads = routesOf({ room: contract }).find(({ method, path }) => method === 'GET' && path === `/${subject_type}/:id`)
    if (reads) return { permission: reads.permission, subjects: [own, room] }
  }
  return { permission: null, subjects: [own] }
}

export interface RoleChange {
  role: string
  permission: string
  granted: boolean
}

/** What roles may do together, with a host's changes of them. */
export function permissionsOf(roles: readonly string[], changes: readonly RoleChange[]): Set<string> {
  const held = new Set<string>()
  for (const role of roles) {
    const own = new Set(defaultPermissions().get(role))
    for (const change of changes) {
      if (change.role !== role) continue
      if (change.granted) own.add(change.permission)
      else own.delete(change.permission)
    }
    for (const permission of own) held.add(permission)
  }
  return held
}
