import { Refusal } from '../../kernel/errors.ts'
import type { Importable } from '../../kernel/importing.ts'
import type { Ctx } from '../../kernel/module.ts'
import { accounts } from '../accounts/index.ts'
import { deals } from '../deals/index.ts'
import { partners } from '../partners/index.ts'
import type { KindInfo } from './contract.ts'

/** What the rooms before this one let people import, by kind. */
export const KINDS: ReadonlyMap<string, Importable> = new Map(
  [partners, accounts, deals].flatMap((module) => Object.entries(module.imports)),
)

export function importableOf(kind: string): Importable {
  const found = KINDS.get(kind)
  if (!found) throw new Refusal('invalid', `kind: '${kind}' cannot be imported; there are ${[...KINDS.keys()].join(', ')}`)
  return found
}

/** Refuses whoever may not save such records one by one either. */
export function kindFor(ctx: Ctx, kind: string): Importable {
  const importable = importableOf(kind)
  if (!ctx.can(importable.permission))
    throw new Refusal('forbidden', `Your roles do not include ${importable.permission}`, { permission: importable.permission })
  return importable
}

export async function listKinds(ctx: Ctx): Promise<{ items: KindInfo[] }> {
  const items = [...KINDS].filter(([, { permission }]) => ctx.can(permission))
  return {
    items: items.map(([kind, { label, columns }]) => ({
      kind,
      label,
      columns: columns.map(({ field, kind: cell, label: own, required = false, choices = {} }) => ({
        field,
        kind: cell,
        label: own,
        required,
        choices: Object.keys(choices),
      })),
    })),
  }
}
