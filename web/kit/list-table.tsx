import { Checkbox, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { MouseEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Go, useAddress } from './go.tsx'
import { type Column, isEmptyCell, type ListShape } from './list-shape.ts'
import type { Picked } from './use-picked.ts'
import { useWindow } from './use-window.ts'

interface TableProps<R> {
  shape: ListShape<R>
  rows: R[]
  at: number
  picked: Picked | null
  onRow: (at: number) => void
}

function Head<R>({ column }: { column: Column<R> }) {
  const { t } = useTranslation()
  const { values, set } = useAddress()
  const isUp = values.sort === column.sort
  const isDown = values.sort === `-${column.sort}`
  if (!column.sort)
    return (
      <th scope="col" data-end={column.end || undefined}>
        {column.title}
      </th>
    )
  const next = isDown ? null : isUp ? `-${column.sort}` : column.sort
  return (
    <th scope="col" data-end={column.end || undefined} aria-sort={isUp ? 'ascending' : isDown ? 'descending' : undefined}>
      <UnstyledButton onClick={() => set({ sort: next })} title={t('list.sort_by', { column: column.title })}>
        {column.title}
        {isUp && <IconArrowUp size={14} />}
        {isDown && <IconArrowDown size={14} />}
      </UnstyledButton>
    </th>
  )
}

function Lead({ to, onOpen, children }: { to: string | undefined; onOpen: (() => void) | undefined; children: ReactNode }) {
  if (to === undefined && onOpen)
    return (
      <UnstyledButton className="lead" fw={560} fz="inherit" onClick={onOpen}>
        {children}
      </UnstyledButton>
    )
  if (to === undefined) return <span className="strong">{children}</span>
  return (
    <Go to={to} className="lead">
      {children}
    </Go>
  )
}

const Cell = ({ children }: { children: ReactNode }) => (isEmptyCell(children) ? <span className="soft">–</span> : children)

function Row<R>({
  shape,
  row,
  index,
  picked,
  isAt,
  onRow,
}: Omit<TableProps<R>, 'rows' | 'at'> & { row: R; index: number; isAt: boolean }) {
  const { t } = useTranslation()
  const id = shape.id(row)
  const click = (event: MouseEvent<HTMLElement>) => {
    // A click on a control in the row is that control's.
    if ((event.target as HTMLElement).closest('a,button,input,label')) return
    onRow(index)
  }
  return (
    // The row's link is the keyboard's way; the click on the rest of the row is a convenience of the mouse.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr data-row={index} aria-rowindex={index + 2} data-at={isAt || undefined} onClick={click}>
      {picked && (
        <td className="tick">
          <Checkbox
            size="xs"
            aria-label={t('list.select', { name: shape.label(row) })}
            checked={picked.ids.has(id)}
            onChange={(event) => picked.toggle([id], event.currentTarget.checked)}
          />
        </td>
      )}
      {shape.columns.map((column, i) => (
        <td key={column.key} data-end={column.end || undefined}>
          {i === 0 ? (
            <Lead to={shape.to?.(row)} onOpen={shape.onOpen && (() => shape.onOpen?.(row))}>
              {column.cell(row)}
            </Lead>
          ) : (
            <Cell>{column.cell(row)}</Cell>
          )}
        </td>
      ))}
    </tr>
  )
}

/** The room of rows that are far from the view. */
const Room = ({ height }: { height: number }) => (height > 0 ? <tr aria-hidden="true" style={{ blockSize: height }} /> : null)

/** Rows as a ledger: hairlines, figures at the end, sorted by the column's own head. */
export function ListTable<R>({ shape, rows, at, picked, onRow }: TableProps<R>) {
  const { t } = useTranslation()
  const { body, from, to, before, after } = useWindow(rows.length, at)
  const ids = rows.map(shape.id)
  const count = picked ? ids.filter((id) => picked.ids.has(id)).length : 0
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls sideways must be reachable by keyboard
    <div className="ledger-scroll" role="region" aria-label={shape.title} tabIndex={0}>
      <table className="ledger" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {picked && (
              <th className="tick" scope="col">
                <Checkbox
                  size="xs"
                  aria-label={t('list.select_all')}
                  checked={count > 0 && count === ids.length}
                  indeterminate={count > 0 && count < ids.length}
                  onChange={(event) => picked.toggle(ids, event.currentTarget.checked)}
                />
              </th>
            )}
            {shape.columns.map((column) => (
              <Head key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          <Room height={before} />
          {rows.slice(from, to).map((row, i) => (
            <Row
              key={shape.id(row)}
              shape={shape}
              row={row}
              index={from + i}
              picked={picked}
              isAt={from + i === at}
              onRow={onRow}
            />
          ))}
          <Room height={after} />
        </tbody>
      </table>
    </div>
  )
}
