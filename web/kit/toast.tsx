import { UnstyledButton } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'

interface Toast {
  id: number
  text: string
  undo?: (() => void) | undefined
}

let toasts: Toast[] = []
let last = 0
const listeners = new Set<() => void>()

const set = (next: Toast[]) => {
  toasts = next
  for (const listener of listeners) listener()
}
const close = (id: number) => set(toasts.filter((one) => one.id !== id))

/** Says what was done; with `undo` it can be taken back for ten seconds. */
export function toast(text: string, undo?: () => void): void {
  const id = ++last
  set([...toasts.slice(-2), { id, text, undo }])
  setTimeout(() => close(id), undo ? 10_000 : 5000)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Toasts() {
  const { t } = useTranslation()
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <div className="toast" key={one.id}>
          <span>{one.text}</span>
          {one.undo && (
            <UnstyledButton
              fw={600}
              onClick={() => {
                one.undo?.()
                close(one.id)
              }}
            >
              {t('undo')}
            </UnstyledButton>
          )}
        </div>
      ))}
    </div>
  )
}
