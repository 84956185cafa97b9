import { BulkBar } from '../../../web/kit/bulk-bar.tsx'
import { useDealBulk } from '../../deals/ui/deal-bulk.tsx'
import type { Decidable } from '../../deals/ui/decide.ts'
import type { InboxRow } from '../contract.ts'

const decidable = (row: InboxRow): Decidable => ({ id: row.subject_id, label: row.title, due_at: row.due_at })

/** Several registrations decided at once; the sheet that tells how it went outlives their rows. */
export function DecideSeveral({ chosen, onKeep }: { chosen: InboxRow[]; onKeep: (deals: string[]) => void }) {
  const bulk = useDealBulk(decidable)
  return (
    <>
      {chosen.length > 0 && <BulkBar rows={chosen} actions={bulk.actions} onDone={onKeep} />}
      {bulk.sheet}
    </>
  )
}
