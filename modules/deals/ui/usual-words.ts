import { useTranslation } from 'react-i18next'
import { USUAL_REASONS } from '../usual-reasons.ts'
import { USUAL_TABLE } from '../usual-table.ts'

const USUAL = new Map<string, string>([
  ...USUAL_TABLE.rows.map(({ id, label }) => [id, label] as const),
  ...Object.entries(USUAL_REASONS),
])

const SCOPE_REASONS = ['scope', 'scope-left', 'scope-own'] as const

/** What a row is called: the usual rows in the reader's language while nobody wrote them anew, others as they are written. */
export function useRowLabel(): (id: string, label: string) => string {
  const { t } = useTranslation('deals')
  return (id, label) => {
    // A reason of one product stands under that product's row, so it is known by its words.
    const usual = id.startsWith('scope-') ? SCOPE_REASONS.find((one) => USUAL.get(one) === label) : id
    return usual && USUAL.get(usual) === label ? t(`usual.${usual}`, { defaultValue: label }) : label
  }
}

/** What is stored of a row's name: the usual one as it is, so that each reader gets it in their own language. */
export function useLabelToKeep(): (id: string, written: string) => string {
  const labelOf = useRowLabel()
  return (id, written) => {
    const usual = USUAL.get(id)
    return usual !== undefined && labelOf(id, usual) === written ? usual : written
  }
}
