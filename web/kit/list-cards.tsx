import { Checkbox, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Go } from './go.tsx'
import { type Column, isEmptyCell, type ListShape } from './list-shape.ts'
import { useLongPress } from './use-long-press.ts'
import type { Picked } from './use-picked.ts'

export interface CardsProps<R> {
  shape: ListShape<R>
  rows: R[]
  picked: Picked
  /** Whether a tap selects instead of opening. */
  isPicking: boolean
  /** Given where rows can be selected. */
  onPick?: ((id: string) => void) | undefined
}

function Way<R>({ shape, row, children }: { shape: ListShape<R>; row: R; children: ReactNode }) {
  if (shape.to)
    return (
      <Go to={shape.to(row)} className="card">
        {children}
      </Go>
    )
  if (shape.onOpen)
    return (
      <UnstyledButton className="card" onClick={() => shape.onOpen?.(row)}>
        {children}
      </UnstyledButton>
    )
  return <div className="card">{children}</div>
}

function Pair<R>({ column, row }: { column: Column<R>; row: R }) {
  const cell = column.cell(row)
  if (isEmptyCell(cell)) return null
  return (
    <span>
      {column.narrow === 'titled' && <span className="soft">{column.title} </span>}
      {cell}
    </span>
  )
}

function Body<R>({ shape, row }: { shape: ListShape<R>; row: R }) {
  const shown = shape.columns.filter((column) => column.narrow !== 'hide')
  const lead = shown.find((column) => column.narrow === 'lead') ?? shown[0]
  const figure = shown.find((column) => column.end && column !== lead && column.narrow !== 'titled')
  const pairs = shown.filter((column) => column !== lead && column !== figure)
  return (
    <span className="card-body">
      <span className="card-top">
        <span className="lead">{lead?.cell(row)}</span>
        {figure && <span className="strong">{figure.cell(row)}</span>}
      </span>
      <span className="pairs">
        {pairs.map((column) => (
          <Pair key={column.key} column={column} row={row} />
        ))}
      </span>
    </span>
  )
}

function Card<R>({ shape, row, picked, isPicking, onPick }: Omit<CardsProps<R>, 'rows'> & { row: R }) {
  const { t } = useTranslation()
  const id = shape.id(row)
  const press = useLongPress(onPick && !isPicking ? () => onPick(id) : undefined)
  const body = <Body shape={shape} row={row} />
  return (
    <li data-on={picked.ids.has(id) || undefined} {...press}>
      {isPicking ? (
        // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the box is inside, and the whole card is its label
        <label className="card">
          <Checkbox
            aria-label={t('list.select', { name: shape.label(row) })}
            checked={picked.ids.has(id)}
            onChange={(event) => picked.toggle([id], event.currentTarget.checked)}
          />
          {body}
        </label>
      ) : (
        <Way shape={shape} row={row}>
          {body}
        </Way>
      )}
    </li>
  )
}

/** The rows on a phone: cards to tap, and to select by a long press. */
export function ListCards<R>({ rows, ...props }: CardsProps<R>) {
  return (
    <ul className="cards" aria-label={props.shape.title}>
      {rows.map((row) => (
        <Card key={props.shape.id(row)} row={row} {...props} />
      ))}
    </ul>
  )
}
