import type { Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { permissionsOf } from '../roles.ts'
import type * as contract from './contract.ts'
import { getPerson, listMemberships, personId } from './queries.ts'

export async function getMe(ctx: Ctx): Promise<Output<typeof contract.me>> {
  const id = personId(ctx)
  const [person, memberships] = await Promise.all([getPerson(ctx.db, id), listMemberships(ctx.db, id)])
  const ecosystems = memberships.map(
    ({ roles, changes, party_id, party_name, tenant_id, slug, name, side, member_id, branding, languages }) => {
      const codes = roles.map((held) => held.role)
      return {
        tenant_id,
        slug,
        name,
        side,
        member_id,
        party: party_id === null ? null : { id: party_id, name: party_name ?? '' },
        roles: codes,
        permissions: [...permissionsOf(codes, changes)].sort(),
        branding,
        languages,
      }
    },
  )
  return { person: { id: person.id, name: person.name, email: person.email, locale: person.locale }, ecosystems }
}
