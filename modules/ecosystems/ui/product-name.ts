import { api, useRead } from '../../../web/api.ts'

/** A product's name by its code. */
export function useProductName(): (code: string) => string {
  const { data } = useRead(api.ecosystems.list_products, { limit: 100 })
  return (code) => data?.items.find((one) => one.code === code)?.name ?? code
}
