import * as z from 'zod'
import { Id, Instant, innerOnly } from '../../kernel/contract.ts'
import { Code } from '../ecosystems/contract.ts'
import { Email, PersonName } from '../identity/contract.ts'

export const Scope = z.strictObject({
  regions: z.array(Code).min(1).max(200).optional(),
  tracks: z.array(z.string().min(1).max(60)).min(1).max(50).optional(),
  partners: z.array(Id).min(1).max(500).optional(),
})
export type Scope = z.output<typeof Scope>
export const HeldRole = z.strictObject({ role: z.string().max(60), scope: Scope.default({}) })
export type HeldRole = z.output<typeof HeldRole>
export const HeldRoles = z.array(HeldRole).min(1).max(15)
export const NewMember = z.object({
  name: PersonName,
  email: Email,
  party_id: Id.nullable(),
  roles: HeldRoles,
})

export const MemberState = z.enum(['invited', 'active', 'ended'])
export const Member = z.object({
  id: Id,
  version: z.int(),
  name: z.string(),
  email: z.string(),
  side: z.enum(['inner', 'outer']),
  party_id: Id.nullable(),
  party_name: z.string().nullable(),
  state: MemberState,
  roles: z.array(HeldRole),
  created_at: Instant,
  joined_at: Instant.nullable(),
  ended_at: Instant.nullable(),
  person_id: innerOnly(Id.nullable()),
})
export type Member = z.output<typeof Member>

export const RoleRow = z.object({
  code: z.string(),
  side: z.enum(['inner', 'outer']),
  name: z.string(),
  permissions: z.array(z.string()),
  changes: innerOnly(z.array(z.object({ permission: z.string(), granted: z.boolean() }))),
})

export const ApiKey = z.object({
  id: Id,
  member_id: Id,
  name: z.string(),
  hint: z.string(),
  scopes: z.array(z.string()),
  created_at: Instant,
  expires_at: Instant.nullable(),
  last_used_at: Instant.nullable(),
  revoked_at: Instant.nullable(),
})

export const MailRow = z.object({
  id: Id,
  to_address: z.string(),
  template: z.string(),
  subject: z.string().nullable(),
  state: z.enum(['waiting', 'kept', 'sent']),
  created_at: Instant,
})
