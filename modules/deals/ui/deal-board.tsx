import { Select } from '@mantine/core'
import { IconEye, IconHourglass, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { BoardPage, type BoardShape } from '../../../web/kit/board-page.tsx'
import { ClockRing } from '../../../web/kit/clock-ring.tsx'
import { Money } from '../../../web/kit/figures.tsx'
import { Go, useAddress } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { moneyText } from '../../../web/kit/locale.ts'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { STAGE } from '../rules.ts'
import type { DealRow } from '../shapes.ts'
import { useMoves, withMoves } from './deal-moves.ts'
import { LostSheet } from './lost-sheet.tsx'
import { useProductsText } from './products-text.ts'

/** What the clock on a card is about, as one icon: kept, being judged, or asked. */
function Standing({ deal }: { deal: DealRow }) {
  const { t } = useTranslation('deals')
  const [Drawn, words] =
    deal.protection === 'protected'
      ? [IconShieldCheck, t('protection.protected')]
      : deal.protection === 'held'
        ? [IconHourglass, t('protection.held')]
        : [IconEye, t(`review.${deal.review}`)]
  return (
    <span className="soft" title={words} style={{ display: 'inline-flex' }}>
      <Drawn size={16} stroke={1.7} aria-hidden="true" />
      <span className="visually-hidden">{words}</span>
    </span>
  )
}

function DealCard({ deal, isInner }: { deal: DealRow; isInner: boolean }) {
  const productsText = useProductsText()
  return (
    <>
      <Go to={`deals/${deal.id}`}>{deal.account_name}</Go>
      <span className="small soft ellipsis">
        {isInner ? `${deal.partner_name} · ` : ''}
        {productsText(deal)}
      </span>
      <span className="strong">
        <Money minor={deal.amount_minor} currency={deal.currency} />
      </span>
      {deal.clock && (
        <span className="bar tight small" style={{ flexWrap: 'nowrap' }}>
          <Standing deal={deal} />
          <ClockRing clock={deal.clock} size={20} />
        </span>
      )}
    </>
  )
}

const BRIEF = { notation: 'compact', maximumFractionDigits: 1 } as const

/** The whole in one sentence, and the product it is narrowed to. */
function Summary({ data }: { data: NonNullable<ReturnType<typeof useBoard>['data']> }) {
  const { t } = useTranslation('deals')
  const { values, set } = useAddress()
  const products = useRead(api.ecosystems.list_products, { limit: 100 }).data?.items ?? []
  const open = data.columns.filter((one) => one.stage !== 'won' && one.stage !== 'lost')
  const count = open.reduce((all, one) => all + one.count, 0)
  const sum = open.reduce((all, one) => all + (one.sum_plan_minor ?? 0), 0)
  const hasSums = data.columns.some((one) => one.sum_plan_minor !== null)
  return (
    <div className="bar" style={{ marginBlock: '-12px 20px' }}>
      <p className="soft">
        {hasSums ? t('board.summary', { count, sum: moneyText(sum, data.currency, BRIEF) }) : t('board.summary_count', { count })}
      </p>
      {products.length > 1 && (
        <Select
          className="push"
          size="xs"
          w={180}
          aria-label={t('field.product')}
          placeholder={t('board.all_products')}
          data={products.map((one) => ({ value: one.code, label: one.name }))}
          clearable
          value={values.product ?? null}
          onChange={(product) => set({ product })}
        />
      )}
    </div>
  )
}

const useBoard = (product: string | undefined) => useRead(api.deals.board, product ? { product } : {})

/** Deals by sales stage. */
export function DealBoard() {
  const { t } = useTranslation('deals')
  const can = useCan()
  const isInner = useEcosystem()?.side === 'inner'
  const [losing, setLosing] = useState<DealRow | null>(null)
  const { values } = useAddress()
  const { data, error, refetch } = useBoard(values.product)
  const { moves, moveTo } = useMoves()
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  const most = Math.max(1, ...(data?.columns ?? []).map((one) => one.sum_plan_minor ?? one.count))
  const shape: BoardShape<DealRow> = {
    columns: withMoves(data?.columns ?? [], moves).map((column) => ({
      key: column.stage,
      title: t(`stage.${column.stage}`),
      count: column.count,
      sum: column.sum_plan_minor !== null && data ? moneyText(column.sum_plan_minor, data.currency, BRIEF) : null,
      share: (column.sum_plan_minor ?? column.count) / most,
      items: column.items,
      more: column.count > column.items.length && (
        <Go to={`deals?stage=${column.stage}${values.product ? `&product=${values.product}` : ''}`}>
          {t('board.all', { count: column.count })}
        </Go>
      ),
    })),
    id: (deal) => deal.id,
    label: (deal) => deal.account_name,
    renderCard: (deal) => <DealCard deal={deal} isInner={isInner} />,
    targets: (deal) =>
      can('deals.register') && deal.review === 'approved' && !moves.has(deal.id)
        ? STAGE.verbs(deal.stage).map((verb) => verb.to)
        : [],
    onMove: (deal, to) => (to === 'lost' ? setLosing(deal) : moveTo(deal, to as DealRow['stage'])),
  }
  return (
    <>
      <Heading title={t('board.title')} />
      {data && <Summary data={data} />}
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
