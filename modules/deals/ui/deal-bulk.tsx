import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api.ts'
import { writeKey } from '../../../web/ask.ts'
import { BulkSheet } from '../../../web/kit/bulk-sheet.tsx'
import type { BulkAction } from '../../../web/kit/list-shape.ts'
import { useCan } from '../../../web/session.ts'
import { REVIEW } from '../rules.ts'
import type { DealRow } from '../shapes.ts'
import { CodeField, type ReasonCode, useReasons, WordsField } from './deal-words.tsx'

const KINDS = ['approve', 'ask', 'reject'] as const
type Kind = (typeof KINDS)[number]

/** A deal as far as deciding several needs it; what is not known yet the server judges. */
export interface Decidable {
  id: string
  label: string
  review?: DealRow['review']
  version?: number
}

interface Asked {
  kind: Kind
  deals: Decidable[]
  end: (left: string[]) => void
}

function Sheet({ kind, deals, end }: Asked) {
  const { t } = useTranslation('deals')
  const [code, setCode] = useState('')
  const [text, setText] = useState('')
  const codes = useReasons()
  const blocked = ({ review }: Decidable) =>
    review && !REVIEW.can(review, kind) ? t(`blocked.${kind}.${review}`, { defaultValue: t(`blocked.${kind}.other`) }) : undefined
  const missing = () => {
    if (kind === 'reject' && !code) return t('sheet.choose')
    if (kind !== 'approve' && !text.trim()) return t(`bulk.${kind}_needed`)
    return null
  }
  const run = (id: string) => {
    const version = deals.find((one) => one.id === id)?.version
    const options = { key: writeKey(), ...(version === undefined ? {} : { version }) }
    const words = text.trim()
    if (kind === 'approve') return api.deals.approve({ id, note: words }, options)
    if (kind === 'ask') return api.deals.ask({ id, text: words }, options)
    return api.deals.reject({ id, text: words, reason_code: code as ReasonCode }, options)
  }
  return (
    <BulkSheet
      title={t(`bulk.${kind}`, { count: deals.length })}
      doing={t(`do.${kind}`)}
      isGrave={kind === 'reject'}
      rows={deals.map((one) => ({ id: one.id, label: one.label, blocked: blocked(one) }))}
      missing={missing}
      run={run}
      touches={['deals']}
      onClose={end}
    >
      <p className="soft">{t(`bulk.${kind}_text`)}</p>
      {kind === 'reject' && <CodeField kind={kind} codes={codes} value={code} onChange={setCode} />}
      <WordsField kind={kind} value={text} onChange={setText} />
    </BulkSheet>
  )
}

/** Approve, ask or reject several deals with the same words. */
export function useDealBulk<R>(of: (row: R) => Decidable): { actions: BulkAction<R>[]; sheet: ReactNode } {
  const { t } = useTranslation('deals')
  const can = useCan()
  const [asked, setAsked] = useState<Asked | null>(null)
  const begin = (kind: Kind, rows: R[]) =>
    new Promise<string[]>((resolve) => {
      const end = (left: string[]) => {
        setAsked(null)
        resolve(left)
      }
      setAsked({ kind, deals: rows.map(of), end })
    })
  const actions = can('deals.approve')
    ? KINDS.map((kind) => ({
        label: t(`do.${kind}`),
        permission: 'deals.approve',
        refuses: (rows: R[]) => {
          const isPossible = rows.map(of).some(({ review }) => !review || REVIEW.can(review, kind))
          return isPossible ? undefined : t(`blocked.${kind}.other`)
        },
        run: (rows: R[]) => begin(kind, rows),
      }))
    : []
  return { actions, sheet: asked && <Sheet {...asked} /> }
}
