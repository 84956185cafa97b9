import { Button, Drawer, Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** The focus begins at what a sheet asks for first, not at the button that closes it; a search that would open its list waits. */
function aim(body: HTMLElement | null): void {
  if (!body || body.querySelector('[data-autofocus]')) return
  const first = body.querySelector<HTMLElement>('input:not([type=hidden]):not(:disabled),select,textarea,button,a[href]')
  if (first && !first.matches('input[role=combobox]:not([readonly])')) first.dataset.autofocus = ''
}

interface SheetProps {
  title: string
  onClose: () => void
  children: ReactNode
  /** It cannot be left while something runs that is not to be left alone. */
  isHeld?: boolean
}

/** A short task over the page: a dialog on a desk, a sheet from below on a phone. A slip beside it costs nothing that was typed. */
export function Sheet({ title, onClose, children, isHeld = false }: SheetProps) {
  const { t } = useTranslation()
  const isNarrow = useMediaQuery('(max-width: 820px)', undefined, { getInitialValueInEffect: false })
  const [isTouched, setTouched] = useState(false)
  const close = { 'aria-label': t('close') }
  const body = (
    <div ref={isNarrow ? undefined : aim} onInput={() => setTouched(true)}>
      {children}
    </div>
  )
  if (isNarrow)
    return (
      <Drawer
        opened
        position="bottom"
        size="auto"
        onClose={onClose}
        closeOnClickOutside={!isTouched}
        title={title}
        closeButtonProps={close}
        withCloseButton={!isHeld}
        radius="lg"
        className="sheet"
      >
        {body}
      </Drawer>
    )
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={!isTouched}
      title={title}
      closeButtonProps={close}
      withCloseButton={!isHeld}
      centered
      size={480}
      className="sheet"
    >
      {body}
    </Modal>
  )
}

interface AskSheetProps extends SheetProps {
  /** What the button does, as a verb. */
  doing: string
  isBusy: boolean
  failure: string
  onSubmit: () => void
  isGrave?: boolean
}

/** A sheet that asks for a few words and does one thing. */
export function AskSheet({ title, onClose, children, doing, isBusy, failure, onSubmit, isGrave }: AskSheetProps) {
  const { t } = useTranslation()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Sheet title={title} onClose={onClose}>
      <form onSubmit={submit} className="stack" noValidate>
        {children}
        <p role="alert" style={{ color: 'var(--brick)' }}>
          {failure}
        </p>
        <div className="bar tight" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <Button type="submit" loading={isBusy} {...(isGrave ? { color: 'brick' } : {})}>
            {doing}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
