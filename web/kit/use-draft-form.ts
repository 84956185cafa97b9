import { useForm } from '@mantine/form'
import { useEffect, useRef, useState } from 'react'
import { issuesOf } from '../api.ts'
import { writeKey } from '../ask.ts'

const PREFIX = 'rialto.draft.'

function stored<V>(key: string): V | null {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? 'null') as V | null
  } catch {
    return null
  }
}

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
  const [kept] = useState(() => stored<V>(key))
  const [isBack, setBack] = useState(kept !== null)
  const form = useForm<V>({ ...input, initialValues: { ...input.initialValues, ...kept } })
  const text = JSON.stringify(form.values)
  const [first] = useState(() => JSON.stringify(input.initialValues))
  const isForgotten = useRef(false)
  useEffect(() => {
    if (isForgotten.current) return
    if (text === first) sessionStorage.removeItem(PREFIX + key)
    else sessionStorage.setItem(PREFIX + key, text)
  }, [text, key, first])
  const forget = () => {
    isForgotten.current = true
    sessionStorage.removeItem(PREFIX + key)
    sessionStorage.removeItem(`${PREFIX}${key}.key`)
    setBack(false)
    form.setValues(input.initialValues)
    queueMicrotask(() => {
      isForgotten.current = false
    })
  }
  const keyOf = () => {
    const was = stored<{ text: string; key: string }>(`${key}.key`)
    if (was?.text === text) return was.key
    const made = writeKey()
    sessionStorage.setItem(`${PREFIX}${key}.key`, JSON.stringify({ text, key: made }))
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
