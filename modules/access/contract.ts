import * as z from 'zod'
import { event, Id } from '../../kernel/contract.ts'
import { Code } from '../ecosystems/contract.ts'
import { Email, PersonName } from '../identity/contract.ts'

export const Scope = z.object({
  regions: z.array(Code).min(1).max(200).optional(),
  tracks: z.array(z.string().min(1).max(60)).min(1).max(50).optional(),
  partners: z.array(Id).min(1).max(500).optional(),
})
export type Scope = z.output<typeof Scope>
export const HeldRole = z.object({ role: z.string().max(60), scope: Scope.default({}) })
export type HeldRole = z.output<typeof HeldRole>

export const NewMember = z.object({
  name: PersonName,
  email: Email,
  party_id: Id.nullable(),
  roles: z.array(HeldRole).min(1).max(15),
})

export const joined = event('access.joined', z.object({ member_id: Id, partner_id: Id.nullable() }), { party: 'partner_id' })

export const permissions = {}
