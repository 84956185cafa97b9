type Custom = Record<string, unknown>

/** Own fields after a change: only those named change, and null takes one away; undefined where none is named. */
export function mergeCustom(known: unknown, given: Custom | undefined): Custom | undefined {
  if (given === undefined) return undefined
  // The column holds an object; the row that was read says unknown.
  const merged = { ...(known as Custom | undefined), ...given }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
}

/** The patch that takes changes back: each field as it was, and own fields that came by them named with null. */
export function oldValues(changes: Readonly<Record<string, readonly [unknown, unknown]>>): Record<string, unknown> {
  const old = Object.fromEntries(Object.entries(changes).map(([field, [before]]) => [field, before]))
  if (!changes.custom) return old
  const [before, after] = changes.custom as [Custom, Custom]
  return { ...old, custom: { ...Object.fromEntries(Object.keys(after).map((name) => [name, null])), ...before } }
}
