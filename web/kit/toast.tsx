import { UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { isTyping } from './list-keys.ts'

interface More {
  /** How long it stands, unless somebody looks at it. */
  ms?: number
  /** What went wrong and must be read. */
  isUrgent?: boolean
  /** Told once when it is gone for any reason but its undo. */
  onGone?: () => void
  /** What its button does, where that is no undo. */
  doing?: string
}
interface Toast extends More {
  id: number
  text: string
  undo?: (() => void) | undefined
  left: number
  /** Since when its time runs; 0 while somebody looks. */
  since: number
  timer: ReturnType<typeof setTimeout> | undefined
}

let toasts: Toast[] = []
let last = 0
const listeners = new Set<() => void>()

const set = (next: Toast[]) => {
  toasts = next
  for (const listener of listeners) listener()
}

function close(id: number, isUndone = false): void {
  const one = toasts.find((other) => other.id === id)
  if (!one) return
  clearTimeout(one.timer)
  set(toasts.filter((other) => other !== one))
  // What was pointed at is gone, and nothing would tell that nobody looks any more.
  resume()
  if (!isUndone) one.onGone?.()
}

function run(one: Toast): void {
  one.since = Date.now()
  one.timer = setTimeout(() => close(one.id), one.left)
}

/** Nothing goes away while somebody points at it or reaches it by keys. */
function pause(): void {
  for (const one of toasts) {
    if (one.since === 0) continue
    clearTimeout(one.timer)
    one.left = Math.max(1000, one.left - (Date.now() - one.since))
    one.since = 0
  }
}
function resume(): void {
  for (const one of toasts) if (one.since === 0) run(one)
}

/** Says what was done; with `undo` it can be taken back for ten seconds. The answer closes it. */
export function toast(text: string, undo?: () => void, more: More = {}): () => void {
  const id = ++last
  const one: Toast = { id, text, undo, left: more.ms ?? (undo ? 10_000 : 5000), since: 0, timer: undefined, ...more }
  for (const old of toasts.slice(0, -2)) close(old.id)
  set([...toasts, one])
  run(one)
  return () => close(id)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function takeBack(one: Toast): void {
  close(one.id, true)
  one.undo?.()
}

/** Ctrl or ⌘ Z takes back what was done last, unless somebody types: there it takes back a letter. */
function onKey(event: KeyboardEvent): void {
  if (event.key.toLowerCase() !== 'z' || !(event.metaKey || event.ctrlKey) || event.shiftKey || isTyping(event.target)) return
  const one = toasts.findLast(({ undo, doing }) => undo && !doing)
  if (!one) return
  event.preventDefault()
  takeBack(one)
}

export function Toasts() {
  const { t } = useTranslation()
  const shown = useSyncExternalStore(subscribe, () => toasts)
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    // Pointing and reaching only hold the time; what can be done is in the buttons.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className="toasts"
      aria-live="polite"
      aria-label={t('toasts')}
      onPointerEnter={pause}
      onPointerLeave={resume}
      onFocus={pause}
      onBlur={resume}
    >
      {shown.map((one) => (
        <div className="toast" key={one.id} role={one.isUrgent ? 'alert' : undefined} data-urgent={one.isUrgent || undefined}>
          <span>{one.text}</span>
          {one.undo && (
            <UnstyledButton
              fw={600}
              onClick={() => takeBack(one)}
              {...(one.doing ? {} : { 'aria-keyshortcuts': 'Control+Z Meta+Z', title: t('undo_keys') })}
            >
              {one.doing ?? t('undo')}
            </UnstyledButton>
          )}
          {(one.undo || one.isUrgent) && (
            <UnstyledButton className="toast-close" aria-label={t('close')} onClick={() => close(one.id)}>
              <IconX size={16} aria-hidden="true" />
            </UnstyledButton>
          )}
        </div>
      ))}
    </section>
  )
}
