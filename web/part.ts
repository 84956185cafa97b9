import { type ComponentType, createElement, type ReactNode, use } from 'react'

export interface Part<P> {
  (props: P): ReactNode
  /** Begins to fetch it, before it is drawn. */
  fetch: () => Promise<unknown>
}

// A file that could not be fetched is asked for again, but not at once: the page may be drawn many times a second.
const AGAIN_AFTER = 2000

/**
 * A component in a file of its own. Unlike React's `lazy`, one whose file is here is drawn at once: `lazy` would first
 * draw what stands in for it, and React lets that stand for at least 300 ms.
 */
export function part<P extends object>(load: () => Promise<ComponentType<P>>): Part<P> {
  let here: ComponentType<P> | undefined
  let fetching: Promise<ComponentType<P>> | undefined
  const fetch = () => {
    if (fetching) return fetching
    fetching = load()
    fetching.then(
      (Body) => {
        here = Body
      },
      () =>
        setTimeout(() => {
          fetching = undefined
        }, AGAIN_AFTER),
    )
    return fetching
  }
  const Drawn = (props: P) => createElement(here ?? use(fetch()), props)
  return Object.assign(Drawn, { fetch })
}
