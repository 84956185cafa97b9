import { useTranslation } from 'react-i18next'
import { USUAL_TABLE } from '../usual-table.ts'

const USUAL = new Map(USUAL_TABLE.rows.map(({ id, label }) => [id, label]))

/** What a row is called: the usual rows in the reader's language while nobody wrote them anew, others as they are written. */
export function useRowLabel(): (id: string, label: string) => string {
  const { t } = useTranslation('deals')
  return (id, label) => (USUAL.get(id) === label ? t(`usual.${id}`, { defaultValue: label }) : label)
}

/** The usual table with the names of its rows in the author's language. */
export function useUsualTable(): typeof USUAL_TABLE {
  const labelOf = useRowLabel()
  return { ...USUAL_TABLE, rows: USUAL_TABLE.rows.map((row) => ({ ...row, label: labelOf(row.id, row.label) })) }
}
