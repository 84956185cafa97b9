import { type RefObject, useEffect, useRef, useState } from 'react'

/** Below this many, all rows stand in the page. */
const FEW = 60
/** Rows kept beyond either edge of the view. */
const MARGIN = 12

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
  // Rows differ a little in height: however far one has scrolled, the last ones stay.
  const last = Math.max(0, count - Math.ceil(view / height) - MARGIN)
  const from = Math.min(last, Math.max(0, Math.floor(-top / height) - MARGIN))
  const to = Math.max(from, Math.min(count, Math.ceil((view - top) / height) + MARGIN))
  return { from, to, before: from * height, after: (count - to) * height }
}

/** The height of a row, as the rows in the page have it in the middle. */
function heightOf(part: HTMLElement | null): number {
  const rows = part?.querySelectorAll<HTMLElement>('tr[data-row]')
  const [first, last] = [rows?.[0], rows?.[(rows.length || 1) - 1]]
  if (!rows || !first || !last) return 0
  return (last.getBoundingClientRect().bottom - first.getBoundingClientRect().top) / rows.length
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
      const height = heightOf(part)
      if (!part || height === 0) return
      const next = windowOf(count, { top: part.getBoundingClientRect().top, view: window.innerHeight, height })
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
  const came = useRef(at)
  useEffect(() => {
    // Only a step of the keys brings a row back into view; whoever scrolls away from it may.
    const part = body.current
    if (came.current !== at && isOut && part)
      scrollBy(0, part.getBoundingClientRect().top + at * heightOf(part) - window.innerHeight / 2)
    came.current = at
  }, [isOut, at])
  return { body, ...(count <= FEW ? whole(count) : { ...shown, to: Math.min(count, shown.to) }) }
}
