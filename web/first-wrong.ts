import { useEffect } from 'react'

const FIELD = 'input,select,textarea,button'

/** Whoever sends a form that is not right stands at its first wrong field, however long the page is. */
export function useFirstWrong(): void {
  useEffect(() => {
    const sent = ({ target }: Event) => {
      // What is wrong is drawn first.
      setTimeout(() => {
        const wrong = (target as HTMLFormElement).querySelector<HTMLElement>('[aria-invalid="true"]')
        const field = wrong?.matches(FIELD) ? wrong : wrong?.querySelector<HTMLElement>(FIELD)
        field?.focus()
      })
    }
    document.addEventListener('submit', sent)
    return () => document.removeEventListener('submit', sent)
  }, [])
}
