import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { test } from './contract.ts'
import { getReplay } from './get-replay.ts'
import { documentForUpdate, getDocument } from './queries.ts'
import { PART, replayAtOnce, startReplay } from './replay-document.ts'
import { DOCUMENT } from './rules.ts'

/** Replays a draft over history and marks it tested; a history that takes long goes on in the background. */
export async function testDocument(ctx: Ctx, { id, since }: Input<typeof test>): Promise<Output<typeof test>> {
  const document = await documentForUpdate(ctx, id)
  DOCUMENT.move(document.state, 'test')
  const replay = await startReplay(ctx, document, `${since ?? '1970-01-01'}T00:00:00Z`)
  if (replay.total >= PART) ctx.enqueue('decisions.replay', { replay_id: replay.id })
  else await replayAtOnce(ctx, replay.id)
  return { document: await getDocument(ctx, { id }), replay: await getReplay(ctx, { id }) }
}
