import { type RefObject, useEffect, useRef, useState } from 'react'

/** Below this many, all rows stand in the page. */
const FEW = 150
/** Rows kept beyond either edge of the view. */
const MARGIN = 25

export interface Window {
  from: number
  to: number
  /** The height of the rows that are left out, in pixels. */
  before: number
  after: number
}

const whole = (count: number): Window => ({ from: 0, to: count, before: 0, after: 0 })

/** Which rows stand near the view, for rows of about one height. */
export function windowOf(count: number, { top, view, height }: { top: number; view: number; height: number }): Window {
  if (count <= FEW || height <= 0) return whole(count)
  const from = Math.min(count, Math.max(0, Math.floor(-top / height) - MARGIN))
  const to = Math.max(from, Math.min(count, Math.ceil((view - top) / height) + MARGIN))
  return { from, to, before: from * height, after: (count - to) * height }
}

/** Keeps the rows in the page few however many there are; `at` is the row that must be in view. */
export function useWindow(count: number, at: number): Window & { body: RefObject<HTMLTableSectionElement | null> } {
  const body = useRef<HTMLTableSectionElement>(null)
  const [shown, setShown] = useState<Window>(() => whole(Math.min(count, FEW)))
  useEffect(() => {
    if (count <= FEW) return undefined
    let frame = 0
    const look = () => {
      frame = 0
      const part = body.current
      const row = part?.querySelector<HTMLElement>('tr[data-row]')
      if (!part || !row) return
      const next = windowOf(count, {
        top: part.getBoundingClientRect().top,
        view: window.innerHeight,
        height: row.getBoundingClientRect().height,
      })
      setShown((was) => (was.from === next.from && was.to === next.to && was.after === next.after ? was : next))
    }
    const soon = () => {
      frame ||= requestAnimationFrame(look)
    }
    soon()
    addEventListener('scroll', soon, { passive: true })
    addEventListener('resize', soon)
    return () => {
      cancelAnimationFrame(frame)
      removeEventListener('scroll', soon)
      removeEventListener('resize', soon)
    }
  }, [count])
  const isOut = count > FEW && at >= 0 && (at < shown.from || at >= shown.to)
  useEffect(() => {
    const part = body.current
    const row = part?.querySelector<HTMLElement>('tr[data-row]')
    if (!isOut || !part || !row) return
    const { height } = row.getBoundingClientRect()
    scrollBy(0, part.getBoundingClientRect().top + at * height - window.innerHeight / 2)
  }, [isOut, at])
  return { body, ...(count <= FEW ? whole(count) : { ...shown, to: Math.min(count, shown.to) }) }
}
