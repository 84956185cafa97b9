import { useEffect, useState } from 'react'
import { api, useRead } from '../../../web/api.ts'
import type { Side } from '../../../web/pages.ts'
import { useCan, useEcosystem } from '../../../web/session.ts'
import type { FirstSteps as Contract } from '../contract.ts'

export type FirstSteps = ReturnType<(typeof Contract)['parse']>

const GONE = 'rialto.first-steps.gone'

function goneIn(): string[] {
  try {
    return JSON.parse(localStorage.getItem(GONE) ?? '[]') as string[]
  } catch {
    return []
  }
}

function leave(slug: string): void {
  try {
    localStorage.setItem(GONE, JSON.stringify([...new Set([...goneIn(), slug])]))
  } catch {
    // Without storage they are gone until the page is opened again.
  }
}

/** What a new house still needs; null once all of it is there or nobody wants to see it, and from then on it is not asked. */
export function useFirstSteps(side: Side): {
  steps: FirstSteps | null
  isPending: boolean
  dismiss: () => void
} {
  const can = useCan()
  const slug = useEcosystem()?.slug ?? ''
  const [isGone, setGone] = useState(() => goneIn().includes(slug))
  const isMine = side === 'inner' && can('ecosystems.update')
  const { data, isLoading } = useRead(api.home.first_steps, {}, { enabled: isMine && !isGone })
  const isDone = data ? Object.values(data).every(Boolean) : false
  useEffect(() => {
    if (isDone) leave(slug)
  }, [isDone, slug])
  const dismiss = () => {
    leave(slug)
    setGone(true)
  }
  return { steps: isMine && !isGone && !isDone && data ? data : null, isPending: isLoading, dismiss }
}
