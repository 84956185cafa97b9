import { api, useRead } from '../../../web/api.ts'

/** A product's name by its code; nothing while the names are being read, so that no code is shown before its name. */
export function useProductName(): (code: string) => string {
  const { data, isPending } = useRead(api.ecosystems.list_products, { limit: 100 })
  return (code) => data?.items.find((one) => one.code === code)?.name ?? (isPending ? '' : code)
}

/** Whether products can be named by now: a sentence with one of them waits for that. */
export const useHasProductNames = (): boolean => !useRead(api.ecosystems.list_products, { limit: 100 }).isPending
