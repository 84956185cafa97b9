import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { BoardPage, type BoardShape } from '../../../web/kit/board-page.tsx'
import { ClockRing } from '../../../web/kit/clock-ring.tsx'
import { Money } from '../../../web/kit/figures.tsx'
import { Go } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { moneyText } from '../../../web/kit/locale.ts'
import { ErrorState, useErrorText, Waiting } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { STAGE } from '../rules.ts'
import type { DealRow } from '../shapes.ts'
import { LostSheet } from './lost-sheet.tsx'
import { useProductName } from './product-name.ts'

function DealCard({ deal, isInner }: { deal: DealRow; isInner: boolean }) {
  const nameOf = useProductName()
  return (
    <>
      <Go to={`deals/${deal.id}`}>{deal.account_name}</Go>
      <span className="small soft">
        {isInner ? `${deal.partner_name} · ` : ''}
        {nameOf(deal.product)}
      </span>
      <Money minor={deal.amount_minor} currency={deal.currency} />
      {deal.clock && <ClockRing clock={deal.clock} size={20} />}
    </>
  )
}

/** Deals by sales stage. */
export function DealBoard() {
  const { t } = useTranslation('deals')
  const can = useCan()
  const errorText = useErrorText()
  const isInner = useEcosystem()?.side === 'inner'
  const [losing, setLosing] = useState<DealRow | null>(null)
  const { data, error, refetch } = useRead(api.deals.board, {})
  const move = useWrite(api.deals.set_stage, {
    onDone: (deal) => toast(t('board.moved', { name: deal.account_name, stage: t(`stage.${deal.stage}`) })),
  })
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  const moveTo = (deal: DealRow, stage: DealRow['stage'], lost_reason?: string) =>
    move.mutate(
      { id: deal.id, stage, ...(lost_reason ? { lost_reason } : {}) },
      { onError: (failure) => toast(errorText(failure)) },
    )
  const shape: BoardShape<DealRow> = {
    columns: (data?.columns ?? []).map((column) => ({
      key: column.stage,
      title: t(`stage.${column.stage}`),
      count: column.count,
      beside:
        column.sum_plan_minor && data
          ? moneyText(column.sum_plan_minor, data.currency, { notation: 'compact', maximumFractionDigits: 1 })
          : null,
      items: column.items,
    })),
    id: (deal) => deal.id,
    label: (deal) => deal.account_name,
    renderCard: (deal) => <DealCard deal={deal} isInner={isInner} />,
    targets: (deal) =>
      can('deals.register') && deal.review === 'approved' ? STAGE.verbs(deal.stage).map((verb) => verb.to) : [],
    onMove: (deal, to) => (to === 'lost' ? setLosing(deal) : moveTo(deal, to as DealRow['stage'])),
  }
  return (
    <>
      <Heading title={t('board.title')} />
      {data ? <BoardPage shape={shape} label={t('board.title')} /> : <Waiting />}
      {losing && (
        <LostSheet
          name={losing.account_name}
          onClose={() => setLosing(null)}
          onLose={(reason) => {
            moveTo(losing, 'lost', reason)
            setLosing(null)
          }}
        />
      )}
    </>
  )
}
