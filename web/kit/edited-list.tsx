import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type Listed, ListPage } from './list-page.tsx'
import type { ListShape } from './list-shape.ts'
import { EmptyState } from './states.tsx'

interface Props<R> {
  shape: Omit<ListShape<R>, 'actions' | 'empty' | 'onOpen'>
  listed: Listed<R>
  words: { add: string; text: string; empty: string }
  mayEdit: boolean
  /** The sheet of a row, or of a new one. */
  renderSheet: (row: R | undefined, close: () => void) => ReactNode
}

/** A short list whose rows are added and changed in a sheet, as settings are. */
export function EditedList<R>({ shape, listed, words, mayEdit, renderSheet }: Props<R>) {
  const [edited, setEdited] = useState<string | null>(null)
  const add = mayEdit && (
    <Button leftSection={<IconPlus size={18} />} onClick={() => setEdited('')}>
      {words.add}
    </Button>
  )
  // By id, so that an open sheet follows its row when somebody else changes it.
  const row = listed.rows.find((one) => shape.id(one) === edited)
  const whole: ListShape<R> = {
    ...shape,
    actions: add,
    ...(mayEdit ? { onOpen: (one: R) => setEdited(shape.id(one)) } : {}),
    empty: (
      <EmptyState title={words.empty} action={add}>
        {words.text}
      </EmptyState>
    ),
  }
  return (
    <>
      <ListPage listed={listed} shape={whole}>
        <p className="lede">{words.text}</p>
      </ListPage>
      {(edited === '' || row) && renderSheet(row, () => setEdited(null))}
    </>
  )
}
