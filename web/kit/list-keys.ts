import { useEffect, useState } from 'react'

/** Whether keys belong to a field, a sheet or a menu; a box to tick takes no letters. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio') ||
    target.closest('[role=dialog],[role=menu]') !== null)

export interface ListKeys {
  /** The row that the keys stand on, -1 before the first key. */
  at: number
  setAt: (at: number) => void
  isPeeking: boolean
  setPeeking: (is: boolean) => void
}

/** j k and, while peeking, the arrows move; Enter opens; Space looks; x selects; Escape closes. */
export function useListKeys(
  count: number,
  on: { open: (at: number) => void; select: (at: number) => void; more: () => void; canPeek: boolean },
): ListKeys {
  const [at, setAt] = useState(-1)
  const [isPeeking, setPeeking] = useState(false)
  useEffect(() => {
    const move = (step: number) => {
      // Near the end the next page is asked for, so that the keys never stop before the list does.
      if (at + step > count - 5) on.more()
      setAt((was) => Math.min(count - 1, Math.max(0, was + step)))
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
      const onControl = event.target instanceof HTMLElement && event.target.closest('a,button,input') !== null
      const { key } = event
      if (key === 'j' || (isPeeking && key === 'ArrowDown')) move(1)
      else if (key === 'k' || (isPeeking && key === 'ArrowUp')) move(-1)
      else if (key === 'Escape' && isPeeking) setPeeking(false)
      else if (at < 0 || at >= count) return
      else if (key === 'x') on.select(at)
      else if (onControl) return
      else if (key === 'Enter') on.open(at)
      else if (key === ' ' && on.canPeek) setPeeking(!isPeeking)
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [at, count, isPeeking, on])
  useEffect(() => {
    document.querySelector(`[data-row="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return { at, setAt, isPeeking, setPeeking }
}
