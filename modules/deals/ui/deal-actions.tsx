import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { useAddress } from '../../../web/kit/go.tsx'
import { useHeld } from '../../../web/kit/held.ts'
import type { NextAction } from '../../../web/kit/record-page.tsx'
import type { Side } from '../../../web/pages.ts'
import { useCan } from '../../../web/session.ts'
import { CLOSED, PRICE, PROTECTION, REVIEW, STAGE } from '../rules.ts'
import type { Deal } from '../shapes.ts'
import { DealSheet, type SheetKind } from './deal-sheet.tsx'
import { EditDeal } from './edit-deal.tsx'
import { type Succession, SuccessionSheet, useLater } from './succession-sheets.tsx'

type Kind = SheetKind | Succession | 'edit'

interface Offered {
  kind: Kind
  permission: string
  side: Side
  /** The state's own word on whether it may be done now. */
  isOpen: boolean
  /** Shown with its reason even when it may not be done. */
  isAlways: boolean
}

const has = (verbs: { verb: string }[], verb: string) => verbs.some((one) => one.verb === verb)

interface Known {
  /** The partner's company is no partner any more. */
  isEnded: boolean
  /** The partner registered the customer anew. */
  hasLater: boolean
}

function offered(deal: Deal, { isEnded, hasLater }: Known): Offered[] {
  const review = REVIEW.verbs(deal.review)
  const held = deal.protection === 'held'
  const isAlive = ![...CLOSED, 'lapsed'].includes(deal.review)
  // What is decided is shown as such; its buttons are no next step.
  const isUndecided = !CLOSED.includes(deal.review) && deal.review !== 'approved'
  const isOpenSale = isAlive && deal.stage !== 'won' && deal.stage !== 'lost'
  const host = { permission: 'deals.approve', side: 'inner' as const }
  const firm = { permission: 'deals.register', side: 'outer' as const }
  return [
    { kind: 'approve', ...host, isOpen: has(review, 'approve'), isAlways: isUndecided },
    { kind: 'ask', ...host, isOpen: has(review, 'ask'), isAlways: isUndecided },
    { kind: 'reject', ...host, isOpen: has(review, 'reject'), isAlways: isUndecided },
    {
      kind: 'grant_price',
      permission: 'deals.grant_price',
      side: 'inner',
      isOpen: has(PRICE.verbs(deal.price), 'grant'),
      isAlways: false,
    },
    { kind: 'overrule', ...host, isOpen: isOpenSale && has(review, 'supersede'), isAlways: false },
    { kind: 'reassign', permission: 'deals.reassign', side: 'inner', isOpen: isOpenSale && isEnded, isAlways: false },
    { kind: 'note', ...host, isOpen: deal.review !== 'draft', isAlways: false },
    { kind: 'answer', ...firm, isOpen: has(review, 'answer'), isAlways: false },
    { kind: 'submit', ...firm, isOpen: has(review, 'submit'), isAlways: false },
    { kind: 'add_evidence', ...firm, isOpen: isAlive && (held || !deal.evidence_on), isAlways: false },
    { kind: 'set_stage', ...firm, isOpen: deal.review === 'approved' && STAGE.verbs(deal.stage).length > 0, isAlways: true },
    { kind: 'extend', ...firm, isOpen: has(PROTECTION.verbs(deal.protection), 'extend'), isAlways: true },
    { kind: 'edit', ...firm, isOpen: isOpenSale, isAlways: false },
    { kind: 'supersede', ...firm, isOpen: hasLater && has(review, 'supersede'), isAlways: false },
    { kind: 'withdraw', ...firm, isOpen: has(review, 'withdraw'), isAlways: false },
  ]
}

/** What an inbox row asks for, as the sheet that does it. */
const FROM_INBOX: Record<string, Kind> = {
  price: 'grant_price',
  evidence: 'add_evidence',
  asked: 'answer',
  ending: 'extend',
}
const GRAVE = new Set<Kind>(['reject', 'withdraw', 'overrule', 'supersede'])
const MAIN: Kind[] = ['answer', 'submit', 'approve', 'add_evidence', 'grant_price']

function useKnown(deal: Deal, side: Side): Known {
  const can = useCan()
  const partner = useRead(api.partners.get, { id: deal.partner_id }, { enabled: side === 'inner' && can('deals.reassign') })
  const later = useLater(deal, side === 'outer' && deal.review !== 'draft')
  return { isEnded: partner.data?.status === 'terminated', hasLater: later.length > 0 }
}

const SUCCESSIONS = new Set<Kind>(['overrule', 'reassign', 'supersede'])
const isSuccession = (kind: Kind): kind is Succession => SUCCESSIONS.has(kind)

/** The sheet of an action begun. */
function Begun({ kind, deal, onClose }: { kind: Kind; deal: Deal; onClose: () => void }) {
  if (kind === 'edit') return <EditDeal deal={deal} onClose={onClose} />
  if (isSuccession(kind)) return <SuccessionSheet kind={kind} deal={deal} onClose={onClose} />
  return <DealSheet kind={kind} deal={deal} onClose={onClose} />
}

/** The next actions of a deal for this member, and the sheet of the one begun. */
export function useDealActions(deal: Deal, side: Side): { actions: NextAction[]; sheet: ReactNode } {
  const { t } = useTranslation('deals')
  const can = useCan()
  const { values, set } = useAddress()
  const [chosen, setChosen] = useState<Kind | null>(null)
  const held = useHeld().get(deal.id)
  const isOver = CLOSED.includes(deal.review) || deal.stage === 'won' || deal.stage === 'lost'
  const shown = offered(deal, useKnown(deal, side)).filter(
    (one) => one.side === side && can(one.permission) && (one.isOpen || (one.isAlways && !isOver)),
  )
  // Home leads here with what it asks for; it opens only while it may be done.
  const wished = FROM_INBOX[values.do ?? '']
  const kind = chosen ?? (shown.some((one) => one.kind === wished && one.isOpen) ? (wished ?? null) : null)
  const close = () => {
    setChosen(null)
    if (values.do) set({ do: null })
  }
  const main = MAIN.find((name) => shown.some((one) => one.kind === name && one.isOpen))
  const blocked = (name: Kind) =>
    t(`blocked.${name}.${name === 'extend' ? deal.protection : deal.review}`, { defaultValue: t(`blocked.${name}.other`) })
  const actions = shown.map(({ kind: name, isOpen }) => ({
    key: name,
    label: t(`do.${name}`),
    reason: held ? t('held.blocked') : isOpen ? null : blocked(name),
    isMain: name === main,
    isGrave: GRAVE.has(name),
    onDo: () => setChosen(name),
  }))
  return { actions, sheet: kind && <Begun kind={kind} deal={deal} onClose={close} /> }
}
