import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { BulkSheet } from '../../../web/kit/bulk-sheet.tsx'
import type { BulkAction } from '../../../web/kit/list-shape.ts'
import { comma } from '../../../web/kit/locale.ts'
import { Note } from '../../../web/kit/record-page.tsx'
import { useCan } from '../../../web/session.ts'
import { REVIEW } from '../rules.ts'
import { CodeField, useReasons, WordsField } from './deal-words.tsx'
import { DECISIONS, type Decidable, type Decision, useDecide, writtenFor } from './decide.ts'
import { useCustomerName } from './said.ts'

interface Asked {
  kind: Decision
  deals: Decidable[]
  end: (left: string[]) => void
  select: (ids: string[]) => void
}

function Sheet({ kind, deals, end, select }: Asked) {
  const { t } = useTranslation('deals')
  const before = writtenFor(
    kind,
    deals.map(({ id }) => id),
  )
  const [code, setCode] = useState(before?.code ?? '')
  const [text, setText] = useState(before?.text ?? '')
  const codes = useReasons()
  const decide = useDecide()
  const blocked = ({ review }: Decidable) =>
    review && !REVIEW.can(review, kind) ? t(`blocked.${kind}.${review}`, { defaultValue: t(`blocked.${kind}.other`) }) : undefined
  const missing = () => {
    if (kind === 'reject' && !code) return t('sheet.choose')
    if (kind !== 'approve' && !text.trim()) return t(`bulk.${kind}_needed`)
    return null
  }
  const send = (ids: string[]) =>
    decide(
      kind,
      deals.filter(({ id }) => ids.includes(id)),
      { text: text.trim(), code },
      select,
    )
  return (
    <BulkSheet
      title={t(`bulk.${kind}`, { count: deals.length })}
      doing={t(`do.${kind}`)}
      isGrave={kind === 'reject'}
      rows={deals.map((one) => ({ id: one.id, label: one.label, blocked: blocked(one) }))}
      missing={missing}
      onHold={send}
      touches={['deals']}
      onClose={end}
    >
      <p className="soft">{t(`bulk.${kind}_text`)}</p>
      {kind === 'reject' && <OutsideNote deals={deals} />}
      {kind === 'reject' && <CodeField kind={kind} codes={codes} value={code} onChange={setCode} />}
      <WordsField kind={kind} value={text} onChange={setText} />
    </BulkSheet>
  )
}

const MOST_NAMED = 50

/** Which customers lie outside their partner's territory: that is no reason to refuse, and easily overlooked among many. */
function OutsideNote({ deals }: { deals: Decidable[] }) {
  const { t } = useTranslation('deals')
  const id = deals.slice(0, MOST_NAMED).map((one) => one.id)
  const nameOf = useCustomerName()
  const { data } = useRead(api.deals.list, { id, out_of_territory: 'true', limit: MOST_NAMED })
  if (!data?.items.length) return null
  const customers = data.items.map(nameOf).join(comma())
  return <Note tone="waiting">{t('bulk.reject_territory', { customers, count: data.items.length })}</Note>
}

/** Approve, ask or reject several deals with the same words. */
export function useDealBulk<R>(of: (row: R) => Decidable): { actions: BulkAction<R>[]; sheet: ReactNode } {
  const { t } = useTranslation('deals')
  const can = useCan()
  const [asked, setAsked] = useState<Asked | null>(null)
  const begin = (kind: Decision, rows: R[], select: (ids: string[]) => void) =>
    new Promise<string[]>((resolve) => {
      const end = (left: string[]) => {
        setAsked(null)
        resolve(left)
      }
      setAsked({ kind, deals: rows.map(of), end, select })
    })
  const actions = can('deals.approve')
    ? DECISIONS.map((kind) => ({
        label: t(`do.${kind}`),
        permission: 'deals.approve',
        refuses: (rows: R[]) => {
          const isPossible = rows.map(of).some(({ review }) => !review || REVIEW.can(review, kind))
          return isPossible ? undefined : t(`blocked.${kind}.other`)
        },
        run: (rows: R[], select: (ids: string[]) => void) => begin(kind, rows, select),
      }))
    : []
  return { actions, sheet: asked && <Sheet {...asked} /> }
}
