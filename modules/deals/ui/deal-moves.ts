import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRefresh, useWrite } from '../../../web/api.ts'
import { writeKey } from '../../../web/ask.ts'
import { hold } from '../../../web/kit/held.ts'
import { useErrorText } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { STAGE } from '../rules.ts'
import type { DealRow } from '../shapes.ts'

type Stage = DealRow['stage']
interface Column {
  stage: Stage
  count: number
  items: DealRow[]
}

/** The columns with what is on its way where it will be. */
export function withMoves<C extends Column>(columns: C[], moves: ReadonlyMap<string, Stage>): C[] {
  if (moves.size === 0) return columns
  const going = columns.flatMap(({ items }) => items.filter(({ id }) => moves.has(id)))
  return columns.map((column) => {
    const gone = column.items.filter(({ id }) => moves.has(id) && moves.get(id) !== column.stage)
    const come = going.filter(({ id, stage }) => moves.get(id) === column.stage && stage !== column.stage)
    return {
      ...column,
      count: column.count - gone.length + come.length,
      items: [...come, ...column.items.filter((one) => !gone.includes(one))],
    }
  })
}

/** Moves deals between stages, each with a way back: by the stages' own, else it is held back until it is certain. */
export function useMoves() {
  const { t } = useTranslation('deals')
  const errorText = useErrorText()
  const { refresh } = useRefresh()
  const move = useWrite(api.deals.set_stage)
  const [moves, setMoves] = useState<ReadonlyMap<string, Stage>>(new Map())
  const forget = (id: string) => setMoves((was) => new Map([...was].filter(([one]) => one !== id)))
  const fail = (error: unknown) => void toast(errorText(error))
  const moveTo = (deal: DealRow, stage: Stage, lost_reason?: string) => {
    const input = { id: deal.id, stage, ...(lost_reason ? { lost_reason } : {}) }
    const text = t('board.moved', { name: deal.account_name, stage: t(`stage.${stage}`) })
    if (STAGE.verbs(stage).some(({ to }) => to === deal.stage)) {
      const back = () => move.mutate({ id: deal.id, stage: deal.stage }, { onError: fail })
      move.mutate(input, { onSuccess: () => void toast(text, back), onError: fail })
      return
    }
    const options = { key: writeKey(), version: deal.version }
    setMoves((was) => new Map(was).set(deal.id, stage))
    hold({
      text,
      state: t('held.stage', { stage: t(`stage.${stage}`) }),
      parts: [{ id: deal.id, label: deal.account_name, send: () => api.deals.set_stage(input, options) }],
      onBack: () => forget(deal.id),
      refresh: () => refresh(['deals'], () => Promise.resolve()),
      onSent: ([refused]) => {
        forget(deal.id)
        if (refused)
          toast(t('held.refused', { name: refused.label, why: errorText(refused.error) }), undefined, { isUrgent: true })
      },
    })
  }
  return { moves, moveTo }
}
