import { useRef, useState } from 'react'
import { useRefresh } from '../api.ts'
import { useErrorText } from './states.tsx'

export interface BulkRow {
  id: string
  label: string
  /** Why it cannot be done with this one now: it is left out. */
  blocked?: string | undefined
}

export interface RowState {
  state: 'waiting' | 'running' | 'done' | 'refused' | 'skipped' | 'undone'
  why?: string | undefined
}

export interface Bulk {
  phase: 'asking' | 'running' | 'over'
  states: Record<string, RowState>
  /** How many are tried, done, refused. */
  total: number
  done: number
  refused: number
  /** The ids that were not done. */
  left: string[]
  start: (run: (id: string) => Promise<unknown>) => Promise<void>
  takeBack: (undo: (id: string) => Promise<unknown>) => Promise<void>
  stop: () => void
}

/** Does one thing to row after row; a refusal stops none of the others. */
export function useBulk(rows: BulkRow[], touches: string[]): Bulk {
  const { refresh } = useRefresh()
  const errorText = useErrorText()
  const [phase, setPhase] = useState<Bulk['phase']>('asking')
  const [states, setStates] = useState<Record<string, RowState>>(() =>
    Object.fromEntries(rows.flatMap(({ id, blocked }) => (blocked ? [[id, { state: 'skipped', why: blocked }]] : []))),
  )
  const isStopped = useRef(false)
  const put = (id: string, state: RowState) => setStates((was) => ({ ...was, [id]: state }))
  const each = async (ids: string[], act: (id: string) => Promise<unknown>, after: RowState['state']) => {
    setPhase('running')
    isStopped.current = false
    await refresh(touches, async () => {
      for (const id of ids) {
        if (isStopped.current) break
        put(id, { state: 'running' })
        try {
          await act(id)
          put(id, { state: after })
        } catch (error) {
          put(id, { state: 'refused', why: errorText(error) })
        }
      }
      setPhase('over')
    })
  }
  const tried = rows.filter(({ blocked }) => !blocked).map(({ id }) => id)
  const are = (state: RowState['state']) => tried.filter((id) => states[id]?.state === state)
  return {
    phase,
    states,
    total: tried.length,
    done: are('done').length,
    refused: are('refused').length,
    left: rows.map(({ id }) => id).filter((id) => states[id]?.state !== 'done'),
    start: (run) => each(tried, run, 'done'),
    takeBack: (undo) => each(are('done'), undo, 'undone'),
    stop: () => {
      isStopped.current = true
    },
  }
}
