import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react'

const LONG_MS = 450
const STILL_PX = 10

/** A finger that rests on something; the tap that ends it does nothing more. */
export function useLongPress(onLong: (() => void) | undefined) {
  const press = useRef({ timer: 0, x: 0, y: 0, isLong: false })
  const end = () => clearTimeout(press.current.timer)
  useEffect(() => () => clearTimeout(press.current.timer), [])
  return {
    onPointerDown: ({ pointerType, clientX, clientY }: PointerEvent) => {
      if (!onLong || pointerType === 'mouse') return
      const timer = window.setTimeout(() => {
        press.current.isLong = true
        onLong()
      }, LONG_MS)
      press.current = { timer, x: clientX, y: clientY, isLong: false }
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const { x, y } = press.current
      if (Math.hypot(clientX - x, clientY - y) > STILL_PX) end()
    },
    onPointerUp: () => {
      end()
      // The tap, if one follows, comes at once.
      setTimeout(() => {
        press.current.isLong = false
      }, 60)
    },
    onPointerCancel: end,
    // The browser's own menu of a link would cover what was just selected.
    onContextMenu: (event: MouseEvent) => press.current.isLong && event.preventDefault(),
    onClickCapture: (event: MouseEvent) => {
      if (!press.current.isLong) return
      press.current.isLong = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
