import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { locale } from '../../../web/kit/locale.ts'
import type { Import as ImportContract, KindInfo as KindContract } from '../contract.ts'

export type Import = ReturnType<(typeof ImportContract)['parse']>
export type KindInfo = ReturnType<(typeof KindContract)['parse']>

export const labelOf = (label: { en: string; de: string }): string => (locale().startsWith('de') ? label.de : label.en)

/** The kinds that this person may import, and the words of kinds and fields. */
export function useKinds() {
  const { data } = useRead(api.imports.kinds, {})
  const kinds: KindInfo[] = data?.items ?? []
  const kindOf = (kind: string) => kinds.find((one) => one.kind === kind)
  const kindLabel = (kind: string) => {
    const found = kindOf(kind)
    return found ? labelOf(found.label) : kind
  }
  const fieldLabel = (kind: string, field: string) => {
    const found = kindOf(kind)?.columns.find((column) => column.field === field)
    return found ? labelOf(found.label) : field
  }
  return { kinds, kindOf, kindLabel, fieldLabel }
}

export interface Reason {
  path: string
  message: string
  code?: string | undefined
  values?: Record<string, string> | undefined
}

/** Why a row is refused, in the reader's language where the web has words for it. */
export function useReasons(kind: string) {
  const { t } = useTranslation('imports')
  const { kindOf, fieldLabel } = useKinds()
  const isColumn = (field: string) => kindOf(kind)?.columns.some((column) => column.field === field)
  const textOf = ({ path, message, code, values }: Reason): string => {
    const text = code ? t(`reason.${code}`, { defaultValue: message, ...values }) : message
    const field = path.split('.')[0] ?? ''
    return isColumn(field) ? `${fieldLabel(kind, field)}: ${text}` : text
  }
  return (reasons: readonly Reason[]): string => reasons.map(textOf).join('; ')
}

/** The outcomes of rows in words, those that happened: "3 created, 1 refused". */
export function useCounts() {
  const { t } = useTranslation('imports')
  return (one: { created: number; changed: number; unchanged: number; refused: number }): string => {
    const parts = (['created', 'changed', 'unchanged', 'refused'] as const).filter((key) => one[key] > 0)
    return parts.map((key) => t(`count.${key}`, { count: one[key] })).join(' · ')
  }
}
