import { useForm } from '@mantine/form'
import { useState } from 'react'

type Values = Record<string, unknown>
// The package's own type names are not reachable under Node's resolution; these are the same types.
type Form<V extends Values> = ReturnType<typeof useForm<V>>
type Validate<V extends Values> = NonNullable<NonNullable<Parameters<typeof useForm<V>>[0]>['validate']>

/** What somebody else changed while the form was open. */
export interface Meanwhile<V> {
  /** Fields that I had left alone: the other's value stands there now. */
  taken: (keyof V & string)[]
  /** Fields that both changed: mine stands, the other's is offered. */
  clashes: { field: keyof V & string; theirs: V[keyof V] }[]
}

export interface RecordForm<V extends Values> {
  form: Form<V>
  meanwhile: Meanwhile<V> | null
  /** Takes the other's value of a field. */
  take: (field: keyof V & string) => void
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** What becomes of a form when its record has changed: theirs where mine is untouched, else mine with theirs at hand. */
export function mergeMeanwhile<V extends Values>(mine: V, base: V, theirs: V): { values: Partial<V>; meanwhile: Meanwhile<V> } {
  const changed = (Object.keys(theirs) as (keyof V & string)[]).filter((field) => !same(theirs[field], base[field]))
  const taken = changed.filter((field) => same(mine[field], base[field]))
  const clashes = changed
    .filter((field) => !taken.includes(field) && !same(mine[field], theirs[field]))
    .map((field) => ({ field, theirs: theirs[field] }))
  // Object.fromEntries loses the keys' type.
  const values = Object.fromEntries(taken.map((field) => [field, theirs[field]])) as Partial<V>
  return { values, meanwhile: { taken, clashes } }
}

/** A form over a record that others may change while it is open: what was typed is never lost, what they did is shown. */
export function useRecordForm<V extends Values>(
  record: { values: V; version: number | undefined },
  validate?: Validate<V>,
): RecordForm<V> {
  const [base, setBase] = useState(record)
  const [meanwhile, setMeanwhile] = useState<Meanwhile<V> | null>(null)
  const form = useForm<V>({ initialValues: record.values, ...(validate ? { validate } : {}) })
  // While rendering, as React wants what follows from a changed property.
  if (record.version !== base.version) {
    const merged = mergeMeanwhile(form.values, base.values, record.values)
    setBase(record)
    if (merged.meanwhile.taken.length + merged.meanwhile.clashes.length > 0) {
      form.setValues((was) => ({ ...was, ...merged.values }))
      setMeanwhile(merged.meanwhile)
    } else if (same(form.values, record.values)) setMeanwhile(null)
  }
  const take: RecordForm<V>['take'] = (field) => {
    const clash = meanwhile?.clashes.find((one) => one.field === field)
    if (!meanwhile || !clash) return
    form.setValues((was) => ({ ...was, [field]: clash.theirs }))
    setMeanwhile({
      taken: [...meanwhile.taken, field],
      clashes: meanwhile.clashes.filter((one) => one !== clash),
    })
  }
  return { form, meanwhile, take }
}
