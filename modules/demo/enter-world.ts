import { uuidv7 } from '../../kernel/ids.ts'
import { idSource } from '../../kernel/module.ts'
import type { House } from '../../kernel/run.ts'
import { keptOffset } from './keep-offset.ts'

/** Goes on with the demo world's time, and lets new ids follow that time: what is newest by id is newest by time, too. */
export async function enterWorld({ database }: House): Promise<void> {
  database.offset.millis = (await keptOffset({ database }))?.offset_millis ?? 0
  idSource.next = () => uuidv7(Date.now() + database.offset.millis)
}
