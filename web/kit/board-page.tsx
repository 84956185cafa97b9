import { DragDropProvider, useDraggable, useDroppable } from '@dnd-kit/react'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconGripVertical } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface BoardColumn<R> {
  key: string
  title: string
  count: number
  /** The column's number of honour, as a sum. */
  sum?: ReactNode
  /** Its part of the largest column, from 0 to 1, drawn as a line. */
  share?: number
  items: R[]
  /** The way to those that the column does not show. */
  more?: ReactNode
}

export interface BoardShape<R> {
  columns: BoardColumn<R>[]
  id: (row: R) => string
  label: (row: R) => string
  renderCard: (row: R) => ReactNode
  /** Columns a card may move to. */
  targets: (row: R, from: string) => string[]
  onMove: (row: R, to: string) => void
}

interface CardProps<R> {
  shape: BoardShape<R>
  row: R
  column: BoardColumn<R>
}

function MovableCard<R>({ shape, row, column }: CardProps<R>) {
  const { t } = useTranslation()
  const targets = shape.targets(row, column.key)
  const { ref, handleRef, isDragging } = useDraggable({ id: shape.id(row), data: { column: column.key } })
  return (
    <li ref={ref} className="board-card" data-dragging={isDragging || undefined}>
      {shape.renderCard(row)}
      <span className="grip">
        <ActionIcon
          ref={handleRef}
          className="hold"
          size={26}
          variant="subtle"
          color="gray"
          aria-label={t('board.drag', { name: shape.label(row) })}
        >
          <IconGripVertical size={16} stroke={1.6} />
        </ActionIcon>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={26} variant="subtle" color="gray" aria-label={t('board.move', { name: shape.label(row) })}>
              <IconDots size={16} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('board.move_to')}</Menu.Label>
            {shape.columns
              .filter((one) => targets.includes(one.key))
              .map((one) => (
                <Menu.Item key={one.key} onClick={() => shape.onMove(row, one.key)}>
                  {one.title}
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      </span>
    </li>
  )
}

function Card<R>({ shape, row, column }: CardProps<R>) {
  if (shape.targets(row, column.key).length > 0) return <MovableCard shape={shape} row={row} column={column} />
  return <li className="board-card">{shape.renderCard(row)}</li>
}

interface ColumnProps<R> {
  shape: BoardShape<R>
  column: BoardColumn<R>
}

function CardsOf<R>({ shape, column }: ColumnProps<R>) {
  return (
    <ul className="board-cards">
      {column.items.map((row) => (
        <Card key={shape.id(row)} shape={shape} row={row} column={column} />
      ))}
    </ul>
  )
}
// A column that a card is dragged over is drawn anew, and its cards are not. The cast: memo() forgets the row's type.
const Cards = memo(CardsOf) as typeof CardsOf

function Column<R>({ shape, column }: ColumnProps<R>) {
  const { t } = useTranslation()
  const { ref, isDropTarget } = useDroppable({ id: column.key })
  return (
    <section
      ref={ref}
      className="board-column"
      data-over={isDropTarget || undefined}
      aria-label={t('board.column', { column: column.title, count: column.count })}
    >
      <header>
        <h2>{column.title}</h2>
        <span className="soft figure small">{column.count}</span>
        {column.sum && <span className="honour figure">{column.sum}</span>}
        {column.share !== undefined && (
          <span className="board-share" aria-hidden="true">
            <span style={{ inlineSize: `${Math.round(column.share * 100)}%` }} />
          </span>
        )}
      </header>
      <Cards shape={shape} column={column} />
      {column.items.length === 0 && <p className="soft small">{t('board.empty')}</p>}
      {column.more && <p className="board-more small">{column.more}</p>}
    </section>
  )
}

/** Records by a state, moved by mouse, by keyboard, or by each card's menu. */
export function BoardPage<R>({ shape, label }: { shape: BoardShape<R>; label: string }) {
  return (
    <DragDropProvider
      onDragEnd={({ operation: { source, target }, canceled }) => {
        if (canceled || !source || !target) return
        const from = shape.columns.find((column) => column.items.some((row) => shape.id(row) === source.id))
        const row = from?.items.find((one) => shape.id(one) === source.id)
        const to = String(target.id)
        if (row && from && to !== from.key && shape.targets(row, from.key).includes(to)) shape.onMove(row, to)
      }}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways */}
      <div className="board" role="region" aria-label={label} tabIndex={0}>
        {shape.columns.map((column) => (
          <Column key={column.key} shape={shape} column={column} />
        ))}
      </div>
    </DragDropProvider>
  )
}
