import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Ctx } from '../../kernel/module.ts'
import { Founding } from '../ecosystems/contract.ts'
import { claimFirst, foundEcosystem } from '../ecosystems/found-ecosystem.ts'
import { hashPassword } from '../identity/hash-password.ts'
import { addMember, createPerson } from './add-member.ts'
import type * as contract from './contract.ts'
import { enterTenant } from './enter-tenant.ts'

export async function getFirstRun(ctx: Ctx): Promise<Output<typeof contract.first_run>> {
  const { rows } = await sql<{ any: boolean }>`select app.any_ecosystem() as any`.execute(ctx.db)
  return { open: !rows[0]?.any }
}

const closed = () => new Refusal('conflict', 'This installation has its first ecosystem already: sign in')

/** Makes the first ecosystem with its owner; of two who try at once, one. */
export async function foundFirst(ctx: Ctx, input: Input<typeof contract.found>): Promise<Output<typeof contract.found>> {
  if (!(await getFirstRun(ctx)).open) throw closed()
  const { slug, name, email, ecosystem_name, reporting_currency } = input
  const hash = await hashPassword(input.password)
  const tenant_id = uuidv7()
  if (!(await claimFirst(ctx, tenant_id))) throw closed()
  const member_id = await enterTenant(ctx, tenant_id, async (inside) => {
    const currencies = [...new Set([reporting_currency, 'EUR', 'USD'])]
    await foundEcosystem(inside, Founding.parse({ slug, name: ecosystem_name, reporting_currency, currencies }))
    const person = await createPerson(inside, { email, name, hash })
    const roles = ['owner', 'admin'].map((role) => ({ role, scope: {} }))
    return addMember(inside, { name, email, party_id: null, roles }, person.id)
  })
  return { tenant_id, member_id, slug }
}
