import { useEffect, useState } from 'react'
import { keepDraft, readDraft, useDraftPlace } from './use-draft-place.ts'

export interface Kept<T> {
  value: T
  put: (change: Partial<T>) => void
  /** Whether what is shown was kept from before. */
  isBack: boolean
  /** Back to how it began; also what is done once it was sent. */
  forget: () => void
}

/** What is being written, kept in this tab while it differs from how it began: leaving the page on the way costs nothing. */
export function useKept<T extends object>(key: string, begun: T): Kept<T> {
  const place = useDraftPlace(key)
  const [first] = useState(begun)
  const [kept] = useState(() => readDraft<T>(place))
  const [value, setValue] = useState<T>(kept ?? first)
  const [isBack, setBack] = useState(kept !== null)
  useEffect(() => {
    if (JSON.stringify(value) === JSON.stringify(first)) sessionStorage.removeItem(place)
    else keepDraft(place, value)
  }, [value, first, place])
  const put = (change: Partial<T>) => setValue((was) => ({ ...was, ...change }))
  const forget = () => {
    sessionStorage.removeItem(place)
    setBack(false)
    setValue(first)
  }
  return { value, put, isBack, forget }
}
