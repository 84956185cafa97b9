import { useEffect } from 'react'

const FOCUSABLE = 'a[href],button:not(:disabled),input:not(:disabled),select,textarea,summary,[tabindex="0"]'
// A sheet that closes gives the focus back by itself, a moment later.
const PATIENCE_MILLIS = 120

const isSeen = (element: HTMLElement) => element.getClientRects().length > 0

/** An element and all that it stands in. */
function pathOf(element: HTMLElement): HTMLElement[] {
  const path: HTMLElement[] = []
  for (let at: HTMLElement | null = element; at && at !== document.body; at = at.parentElement) path.push(at)
  return path
}

/** The element itself, or what can hold the focus in the nearest place around it that is still there. */
function nearest(path: HTMLElement[], within: Element | null): HTMLElement | undefined {
  const around = path.find((one) => one.isConnected && within?.contains(one))
  if (!around) return undefined
  if (around === path[0] && isSeen(around)) return around
  return [...around.querySelectorAll<HTMLElement>(FOCUSABLE)].find(isSeen)
}

/**
 * Whoever works by keys never falls back to the top of the page. When a sheet closes, the focus goes to what opened it;
 * when what held it goes away (its row was deleted, its button did its work), to what is left around it, else to the page.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let onPage: HTMLElement[] = []
    let inSheet: HTMLElement[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const keep = ({ target }: FocusEvent) => {
      const path = pathOf(target as HTMLElement)
      const isInSheet = path.some((one) => one.role === 'dialog')
      inSheet = isInSheet ? path : []
      if (!isInSheet) onPage = path
    }
    const rescue = () => {
      timer = undefined
      if (document.activeElement !== document.body && document.activeElement !== null) return
      const sheet = inSheet.find((one) => one.role === 'dialog' && one.isConnected) ?? null
      const next = nearest(inSheet, sheet) ?? nearest(onPage, document.body)
      ;(next ?? document.querySelector<HTMLElement>('main'))?.focus({ preventScroll: !next })
    }
    const observer = new MutationObserver(() => {
      const last = inSheet[0] ?? onPage[0]
      if (last && !last.isConnected) timer ??= setTimeout(rescue, PATIENCE_MILLIS)
    })
    document.addEventListener('focusin', keep)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', keep)
      observer.disconnect()
      clearTimeout(timer)
    }
  }, [])
}
