import { useTranslation } from 'react-i18next'
import { api, useRefresh } from '../../../web/api.ts'
import { writeKey } from '../../../web/ask.ts'
import { useGo } from '../../../web/kit/go.tsx'
import { hold } from '../../../web/kit/held.ts'
import type { Part } from '../../../web/kit/held-parts.ts'
import { useNow } from '../../../web/kit/now.ts'
import { useErrorText } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import type { ReasonCode } from '../rules.ts'
import type { DealRow } from '../shapes.ts'

export const DECISIONS = ['approve', 'ask', 'reject'] as const
export type Decision = (typeof DECISIONS)[number]
export const isDecision = (kind: string): kind is Decision => (DECISIONS as readonly string[]).includes(kind)

/** A deal as far as deciding it needs it; what is not known yet the server judges. */
export interface Decidable {
  id: string
  label: string
  review?: DealRow['review']
  version?: number
  due_at?: string | null
}
export interface Said {
  text: string
  code: string
}

/** What was written for decisions that were taken back or refused: nobody writes it twice. */
const written = new Map<string, Said>()
const keyOf = (kind: Decision, ids: string[]) => `${kind} ${[...ids].sort().join(' ')}`
export const writtenFor = (kind: Decision, ids: string[]): Said | undefined => written.get(keyOf(kind, ids))

/** With less than this left, a clock could decide otherwise before the decision is sent. */
const PRESSING_MS = 60_000
/** A refusal is to be read. */
const READ_MS = 30_000
const NAMED = 3

function partOf(kind: Decision, { id, label, version }: Decidable, { text, code }: Said): Part {
  // One key: however often it is sent, it happens once.
  const options = { key: writeKey(), ...(version === undefined ? {} : { version }) }
  const calls: Record<Decision, () => Promise<unknown>> = {
    approve: () => api.deals.approve({ id, note: text }, options),
    ask: () => api.deals.ask({ id, text }, options),
    reject: () => api.deals.reject({ id, text, reason_code: code as ReasonCode }, options),
  }
  return { id, label, send: calls[kind] }
}

/** Decides deals: it can be taken back for some seconds, then it is sent; `select` ticks what came back or was refused. */
export function useDecide() {
  const { t } = useTranslation('deals')
  const { refresh } = useRefresh()
  const { go } = useGo()
  const errorText = useErrorText()
  const now = useNow()
  return (kind: Decision, deals: Decidable[], said: Said, select?: (ids: string[]) => void) => {
    const ids = deals.map(({ id }) => id)
    const [first] = deals
    if (!first) return
    const count = deals.length
    written.set(keyOf(kind, ids), said)
    hold({
      text: count === 1 ? t(`done.${kind}`, { name: first.label }) : t(`bulk.done_${kind}`, { count }),
      state: t(`held.${kind}`),
      isPressing: deals.some(({ due_at }) => due_at && Date.parse(due_at) - now < PRESSING_MS),
      parts: deals.map((one) => partOf(kind, one, said)),
      onBack: () => select?.(ids),
      refresh: () => refresh(['deals'], () => Promise.resolve()),
      onSent: (refused) => {
        if (refused.length === 0) {
          written.delete(keyOf(kind, ids))
          return
        }
        // Tried again, it will be for these alone.
        const left = refused.map(({ id }) => id)
        written.set(keyOf(kind, left), said)
        select?.(left)
        const whys = refused.slice(0, NAMED).map(({ label, error }) => t('held.refused', { name: label, why: errorText(error) }))
        const more = refused.length > NAMED ? [t('held.more', { count: refused.length - NAMED })] : []
        const [only] = refused
        const open = refused.length === 1 && only ? () => go(`deals/${only.id}`) : undefined
        toast([...whys, ...more].join(' '), open, { isUrgent: true, ms: READ_MS, doing: t('held.open') })
      },
    })
  }
}
