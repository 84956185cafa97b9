import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useGo } from '../../../web/kit/go.tsx'
import type { InboxItem } from '../../../web/kit/inbox.tsx'
import { dotted, numberText } from '../../../web/kit/locale.ts'
import { useClockWords } from '../../../web/kit/use-clock-words.ts'
import { pagesOf, type Side } from '../../../web/pages.ts'
import type { InboxRow } from '../contract.ts'

/** The page of a record, as its module named it; a record without one stays on Home. */
const pageOf = (side: Side, type: string, id: string): string =>
  pagesOf(side).some((page) => page.path === `${type}/$id`) ? `${type}/${id}` : ''

export const isDecision = (row: InboxRow) => row.why.key === 'deals.decide'

interface Where {
  side: Side
  /** Begins the addresses of another ecosystem. */
  base?: string
  /** The names of that ecosystem's products. */
  nameOf: (code: string) => string
}

/** What a row is about; a draft may not name it yet. */
function useTitle(): (row: InboxRow) => string {
  const { t } = useTranslation()
  return ({ title, subject_type }) => title || t(`${subject_type}:inbox.unnamed`)
}

/** Rows of an inbox as it shows them. */
export function useItems({ side, base = '', nameOf }: Where): (rows: InboxRow[]) => InboxItem[] {
  const { t } = useTranslation()
  const { go } = useGo()
  const words = useClockWords()
  const titleOf = useTitle()
  return (rows) =>
    rows.map((row, i) => {
      const [module, verb] = row.why.key.split('.')
      const { product, percent } = row.why.values
      const clock = row.due_at ? { due_at: row.due_at, started_at: row.started_at, left_minutes: row.left_minutes } : null
      const to = base + pageOf(side, row.subject_type, row.subject_id)
      const why = t(`${module}:inbox.${verb}`, {
        ...row.why.values,
        ...(typeof percent === 'number' ? { percent: numberText(percent) } : {}),
        ...(product ? { product: nameOf(String(product)) } : {}),
        defaultValue: '',
      })
      return {
        key: row.id,
        what: titleOf(row),
        why: dotted([why, clock && words(clock)]),
        to,
        clock,
        canPick: isDecision(row),
        action: (
          // One obvious next action: what is due first; a partner's is to register.
          <Button
            size="xs"
            variant={i === 0 && side === 'inner' && !base ? 'filled' : 'default'}
            onClick={() => go(`${to}?do=${verb}`)}
          >
            {t(`${module}:inbox_do.${verb}`, { defaultValue: t('home:open') })}
          </Button>
        ),
      }
    })
}
