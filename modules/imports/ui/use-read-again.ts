import { useEffect } from 'react'

/** Reads once more when the state changes: the last answer of the polling may be older than the work's end. */
export function useReadAgain(refetch: () => unknown, state: string): void {
  useEffect(() => {
    if (state) refetch()
  }, [refetch, state])
}
