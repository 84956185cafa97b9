import { UnstyledButton } from '@mantine/core'
import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'

interface Props {
  className?: string
  button: ReactNode
  /** Gets the way to close itself. */
  children: (close: () => void) => ReactNode
  isDisabled?: boolean
}

const FOCUSABLE = 'button:not(:disabled),a[href],input'

/** A button that opens a panel below it: small enough for the first route, where a menu library is not. */
export function DropDown({ className, button, children, isDisabled }: Props) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const root = () => document.getElementById(id)
  const close = () => {
    setOpen(false)
    root()?.querySelector('button')?.focus()
  }
  useEffect(() => {
    if (!isOpen) return undefined
    const outside = (event: PointerEvent) => {
      if (!document.getElementById(id)?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [isOpen, id])
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return
    if (event.key === 'Escape') close()
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step || (event.target as HTMLElement).matches('input')) return
    event.preventDefault()
    const all = Array.from(root()?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])
    all[(all.indexOf(event.target as HTMLElement) + step + all.length) % all.length]?.focus()
  }
  const onBlur = (event: FocusEvent) => {
    if (event.relatedTarget && !root()?.contains(event.relatedTarget as Node)) setOpen(false)
  }
  return (
    // The keys reach the button and the rows inside; the wrapper only listens.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <span className="drop" id={id} onKeyDown={onKeyDown} onBlur={onBlur}>
      <UnstyledButton
        className={className}
        aria-expanded={isOpen}
        // Truly disabled it would lose the focus to nobody.
        aria-disabled={isDisabled ?? false}
        onClick={() => !isDisabled && setOpen(!isOpen)}
      >
        {button}
      </UnstyledButton>
      {isOpen && <div className="drop-panel">{children(close)}</div>}
    </span>
  )
}

/** One row of a panel, with words beneath and a mark behind. */
export function DropRow({
  children,
  below,
  behind,
  isDisabled,
  onDo,
}: {
  children: ReactNode
  below?: ReactNode
  behind?: ReactNode
  isDisabled?: boolean
  onDo: () => void
}) {
  return (
    <UnstyledButton className="menu-row" disabled={isDisabled ?? false} onClick={onDo}>
      <span style={{ minInlineSize: 0 }}>
        <span className={below ? 'strong' : ''}>{children}</span>
        {below && <span className="soft small under">{below}</span>}
      </span>
      {behind && <span className="push">{behind}</span>}
    </UnstyledButton>
  )
}
