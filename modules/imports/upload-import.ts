import { startClock } from '../../kernel/clocks.ts'
import type { Input } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { type Import, type upload, uploaded } from './contract.ts'
import { kindFor } from './kinds.ts'
import { getImport } from './queries.ts'
import { STATE } from './rules.ts'

const KEPT_DAYS = 90

export async function uploadImport(ctx: Ctx, { kind, name, file }: Input<typeof upload>): Promise<Import> {
  kindFor(ctx, kind)
  const id = ctx.id()
  await ctx.db
    .insertInto('imports')
    .values({
      tenant_id: ctx.tenant_id,
      id,
      kind,
      name,
      state: STATE.initial,
      file_key: file.key,
      file_bytes: file.size,
      file_sha256: file.sha256,
      created_by: ctx.actor.member_id,
      created_at: ctx.now,
    })
    .execute()
  ctx.enqueue('imports.read', { import_id: id })
  // A file holds personal data: it is kept as long as somebody may still ask where a row came from.
  await startClock(ctx, {
    name: 'imports.forget',
    subject_type: 'imports',
    subject_id: id,
    party_id: null,
    ball: 'inner',
    minutes: KEPT_DAYS * 1440,
  })
  ctx.emit(uploaded, { import_id: id, kind })
  return getImport(ctx, { id })
}
