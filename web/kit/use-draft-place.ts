import { useMe } from '../session.ts'
import { useGo } from './go.tsx'

/** Where this tab keeps what somebody typed: nobody else who signs in here, and no other ecosystem, is shown it. */
export function useDraftPlace(key: string): string {
  const { slug } = useGo()
  const { data: me } = useMe()
  return `rialto.draft.${me?.person.id}.${slug}.${key}`
}

export function readDraft<T>(place: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null') as T | null
  } catch {
    return null
  }
}

export function keepDraft(place: string, value: unknown): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(value))
  } catch {
    // A browser that refuses storage still has what is on the screen.
  }
}
