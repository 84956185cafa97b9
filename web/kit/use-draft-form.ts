import { useForm } from '@mantine/form'
import { useEffect, useRef, useState } from 'react'
import { issuesOf } from '../api.ts'
import { writeKey } from '../ask.ts'
import { keepDraft, readDraft, useDraftPlace } from './use-draft-place.ts'

// The package's own type names are not reachable under Node's resolution; these are the same types.
type Form<V extends Record<string, unknown>> = ReturnType<typeof useForm<V>>
type FormInput<V extends Record<string, unknown>> = NonNullable<Parameters<typeof useForm<V>>[0]>

export interface DraftForm<V extends Record<string, unknown>> {
  form: Form<V>
  /** Whether what is shown was kept from before. */
  isBack: boolean
  /** The draft is forgotten: after it was sent, or to start over. */
  forget: () => void
  /** One key for one filling: sent again after a lost answer, or after a reload, it is the same request. */
  writeKey: () => string
  /** Puts a refusal's issues at their fields; returns whether any found one. */
  refuse: (error: unknown, rename?: Record<string, keyof V & string>) => boolean
}

/** A form that mirrors its screen and keeps its draft in this tab, so a reload or an expired session loses nothing. */
export function useDraftForm<V extends Record<string, unknown>>(
  key: string,
  input: FormInput<V> & { initialValues: V },
): DraftForm<V> {
  const place = useDraftPlace(key)
  const [kept] = useState(() => readDraft<V>(place))
  const [isBack, setBack] = useState(kept !== null)
  const form = useForm<V>({ ...input, initialValues: { ...input.initialValues, ...kept } })
  const text = JSON.stringify(form.values)
  const [first] = useState(() => JSON.stringify(input.initialValues))
  const isForgotten = useRef(false)
  useEffect(() => {
    if (isForgotten.current) return
    if (text === first) sessionStorage.removeItem(place)
    else keepDraft(place, JSON.parse(text))
  }, [text, place, first])
  const forget = () => {
    isForgotten.current = true
    sessionStorage.removeItem(place)
    sessionStorage.removeItem(`${place}.key`)
    setBack(false)
    form.setValues(input.initialValues)
    queueMicrotask(() => {
      isForgotten.current = false
    })
  }
  const keyOf = () => {
    const was = readDraft<{ text: string; key: string }>(`${place}.key`)
    if (was?.text === text) return was.key
    const made = writeKey()
    keepDraft(`${place}.key`, { text, key: made })
    return made
  }
  const refuse: DraftForm<V>['refuse'] = (error, rename = {}) => {
    const issues = Object.entries(issuesOf(error)).map(([path, message]) => [rename[path] ?? path, message] as const)
    const known = issues.filter(([path]) => path in form.values)
    for (const [path, message] of known) form.setFieldError(path, message)
    const field = known[0] && document.querySelector<HTMLElement>(`[data-path="${known[0][0]}"]`)
    field?.focus()
    return known.length > 0
  }
  return { form, isBack, forget, writeKey: keyOf, refuse }
}
