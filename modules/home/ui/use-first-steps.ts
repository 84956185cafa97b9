import { useEffect, useState } from 'react'
import { api, useRead, useWrite } from '../../../web/api.ts'
import type { Side } from '../../../web/pages.ts'
import { useCan, useEcosystem } from '../../../web/session.ts'
import type { FirstSteps as Contract } from '../contract.ts'

export type FirstSteps = ReturnType<(typeof Contract)['parse']>

/** Members whom this browser need not ask for any more. */
const GONE = 'rialto.first-steps.gone'

function goneIn(): string[] {
  try {
    return JSON.parse(localStorage.getItem(GONE) ?? '[]') as string[]
  } catch {
    return []
  }
}

function leave(member_id: string): void {
  try {
    localStorage.setItem(GONE, JSON.stringify([...new Set([...goneIn(), member_id])]))
  } catch {
    // Without storage it is asked again when the page is opened again.
  }
}

/** What a new house still needs; null once all of it is there or the person has hidden it, and from then on it is not asked. */
export function useFirstSteps(side: Side): {
  steps: FirstSteps | null
  isPending: boolean
  dismiss: () => void
} {
  const can = useCan()
  const member_id = useEcosystem()?.member_id ?? ''
  const [isGone, setGone] = useState(() => goneIn().includes(member_id))
  const isMine = side === 'inner' && can('ecosystems.update')
  const { data, isLoading } = useRead(api.home.first_steps, {}, { enabled: isMine && !isGone })
  const hide = useWrite(api.home.hide_first_steps)
  const isOver = data ? data.hidden || Object.entries(data).every(([step, isDone]) => isDone || step === 'hidden') : false
  useEffect(() => {
    if (isOver) leave(member_id)
  }, [isOver, member_id])
  const dismiss = () => {
    setGone(true)
    hide.mutate({}, { onSuccess: () => leave(member_id) })
  }
  return { steps: isMine && !isGone && !isOver && data ? data : null, isPending: isLoading, dismiss }
}
