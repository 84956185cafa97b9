import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconEye, IconEyeOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleTable } from '../../../kernel/tables.ts'
import type { Icon } from '../../../web/kit/figures.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useRowLabel } from '../../deals/ui/usual-words.ts'
import { OutcomeFields, RowForm } from './row-form.tsx'
import { moved, newRow } from './rule-draft.ts'
import { RuleOutcome } from './rule-outcome.tsx'
import { RowWords } from './rule-table.tsx'
import type { Row } from './rule-words.ts'

interface ToolProps {
  icon: Icon
  label: string
  onDo: () => void
  isOff?: boolean
  isOpen?: boolean | undefined
  name?: string
}

const Tool = ({ icon: Drawn, label, onDo, isOff, isOpen, name }: ToolProps) => (
  <ActionIcon
    variant="subtle"
    color="gray"
    aria-label={label}
    title={label}
    aria-disabled={isOff || undefined}
    aria-expanded={isOpen}
    data-tool={name}
    style={isOff ? { opacity: 0.35 } : undefined}
    onClick={() => !isOff && onDo()}
  >
    <Drawn size={17} stroke={1.7} />
  </ActionIcon>
)

interface Props {
  table: RuleTable
  onChange: (table: RuleTable) => void
  /** What the server found wrong, by the path of its place. */
  issues: Record<string, string>
}

/** The keys stay on the button that moved a row, wherever the row went. */
function useFollow() {
  const wish = useRef('')
  useEffect(() => {
    if (!wish.current) return
    document.querySelector<HTMLElement>(wish.current)?.focus()
    wish.current = ''
  })
  return (selector: string) => {
    wish.current = selector
  }
}

/** A decision table one edits row by row; the order of the rows is the order of their say. */
export function RuleEditor({ table, onChange, issues }: Props) {
  const { t } = useTranslation('decisions')
  const [open, setOpen] = useState<string | null>(null)
  const follow = useFollow()
  const labelOf = useRowLabel()
  const nameOf = (row: Row) => labelOf(row.id, row.label) || t('row.unnamed')
  const { rows, fields } = table
  const put = (next: Row[]) => onChange({ ...table, rows: next })
  const change = (row: Row) => put(rows.map((one) => (one.id === row.id ? row : one)))
  const move = (row: Row, step: -1 | 1) => {
    follow(`[data-row-of="${row.id}"] [data-tool="${step < 0 ? 'up' : 'down'}"]`)
    put(moved(rows, row.id, step))
  }
  const remove = (row: Row) => {
    put(rows.filter((one) => one !== row))
    toast(t('row.removed', { row: nameOf(row) }), () => put(rows))
  }
  const add = () => {
    const row = newRow(table)
    put([...rows, row])
    setOpen(row.id)
    follow(`[data-row-of="${row.id}"] [data-row-label]`)
  }
  const issuesOf = (index: number) =>
    Object.entries(issues).flatMap(([path, text]) => (path.startsWith(`body.rows.${index}.`) ? [text] : []))
  return (
    <>
      <ol className="rule-rows" aria-label={t('table.title')} data-edits>
        {rows.map((row, index) => {
          const name = nameOf(row)
          const isOpen = open === row.id
          return (
            <li key={row.id} data-row-of={row.id} data-off={row.is_off || undefined}>
              <span className="rule-number figure">{index + 1}</span>
              <RowWords row={row} />
              <RuleOutcome outcome={row.outcome} />
              <span className="rule-tools">
                <Tool
                  icon={IconArrowUp}
                  name="up"
                  label={t('row.up', { row: name })}
                  isOff={index === 0}
                  onDo={() => move(row, -1)}
                />
                <Tool
                  icon={IconArrowDown}
                  name="down"
                  label={t('row.down', { row: name })}
                  isOff={index === rows.length - 1}
                  onDo={() => move(row, 1)}
                />
                <Tool
                  icon={row.is_off ? IconEyeOff : IconEye}
                  label={t(row.is_off ? 'row.switch_on' : 'row.switch_off', { row: name })}
                  onDo={() => change({ ...row, is_off: row.is_off ? undefined : true })}
                />
                <Tool
                  icon={IconPencil}
                  label={t('row.edit', { row: name })}
                  isOpen={isOpen}
                  onDo={() => setOpen(isOpen ? null : row.id)}
                />
                <Tool
                  icon={IconTrash}
                  label={t('row.remove', { row: name })}
                  isOff={rows.length === 1}
                  onDo={() => remove(row)}
                />
              </span>
              {issuesOf(index).map((text) => (
                <p key={text} role="alert" className="rule-issue">
                  {text}
                </p>
              ))}
              {isOpen && <RowForm row={row} fields={fields} onChange={change} />}
            </li>
          )
        })}
      </ol>
      <Button variant="default" leftSection={<IconPlus size={18} />} onClick={add} style={{ marginBlock: '12px 24px' }}>
        {t('row.add')}
      </Button>
      <fieldset className="choices" style={{ maxInlineSize: 480 }}>
        <legend>{t('table.otherwise')}</legend>
        <div className="stack">
          <OutcomeFields outcome={table.otherwise} onChange={(otherwise) => onChange({ ...table, otherwise })} />
        </div>
      </fieldset>
    </>
  )
}
