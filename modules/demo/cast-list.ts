import { MERIDIAN_PEOPLE } from '../access/demo.ts'
import { addressOf, MERIDIAN_PARTNERS } from '../partners/demo.ts'

export interface CastMember {
  name: string
  email: string
  role: string
  ecosystem: string
  side: 'inner' | 'outer'
}

/** Everybody who has the demo's password, in the order in which a visitor meets them. */
export function castList(): CastMember[] {
  const meridian = { ecosystem: 'meridian' }
  const hosts = MERIDIAN_PEOPLE.map(({ name, email, roles }) => ({
    ...meridian,
    name,
    email,
    role: roles.at(-1)?.role ?? '',
    side: 'inner' as const,
  }))
  const partners = MERIDIAN_PARTNERS.flatMap(({ key, people = [] }) =>
    people.map(([name, roles]) => ({
      ...meridian,
      name,
      email: addressOf(name, key),
      role: roles[0] ?? '',
      side: 'outer' as const,
    })),
  )
  const kestrel = { ecosystem: 'kestrel', name: 'Otto', email: 'otto@kestrel.example', role: 'admin', side: 'inner' as const }
  return [...hosts, ...partners, kestrel]
}
