import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

export type CustomValue = string | number | boolean | null
/** Own fields as rows, so that a name can be typed before it is unique. */
export type CustomRow = { name: string; value: CustomValue }

export const customRows = (custom: Record<string, CustomValue> | undefined): CustomRow[] =>
  Object.entries(custom ?? {}).map(([name, value]) => ({ name, value }))

const asTyped = (value: CustomValue): CustomValue => (typeof value === 'string' ? value.trim() : value)

/** The rows as a change names them; one without a name or a value is left out, and what the record had and no row holds is null. */
export const customOf = (rows: readonly CustomRow[], before: Record<string, CustomValue> = {}): Record<string, CustomValue> => ({
  ...Object.fromEntries(Object.keys(before).map((name) => [name, null])),
  ...Object.fromEntries(
    rows
      .map(({ name, value }) => [name.trim(), asTyped(value)] as const)
      .filter(([name, value]) => name !== '' && value !== '' && value !== null),
  ),
})

function ValueField({ row, onChange, label }: { row: CustomRow; onChange: (value: CustomValue) => void; label: string }) {
  if (typeof row.value === 'boolean')
    return (
      <Checkbox
        aria-label={label}
        checked={row.value}
        onChange={(event) => onChange(event.currentTarget.checked)}
        style={{ alignSelf: 'center' }}
      />
    )
  const isNumber = typeof row.value === 'number'
  return (
    <TextInput
      aria-label={label}
      type={isNumber ? 'number' : 'text'}
      value={row.value === null ? '' : String(row.value)}
      onChange={({ currentTarget: { value } }) => onChange(isNumber && value !== '' ? Number(value) : value)}
    />
  )
}

/** Fields of the host's own making: each has a name and a value, and keeps its kind. */
export function CustomFields({ rows, onChange }: { rows: CustomRow[]; onChange: (rows: CustomRow[]) => void }) {
  const { t } = useTranslation()
  const put = (at: number, change: Partial<CustomRow>) => onChange(rows.map((row, i) => (i === at ? { ...row, ...change } : row)))
  return (
    <fieldset className="choices">
      <legend>{t('custom.title')}</legend>
      <div className="stack" style={{ gap: 8 }}>
        {rows.map((row, i) => (
          // Rows have no identity but their place: a name is being typed.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={i} className="pair" style={{ gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr) 36px' }}>
            <TextInput
              aria-label={t('custom.name')}
              placeholder={t('custom.name')}
              maxLength={60}
              value={row.name}
              onChange={(event) => put(i, { name: event.currentTarget.value })}
            />
            <ValueField row={row} label={t('custom.value', { name: row.name })} onChange={(value) => put(i, { value })} />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t('custom.remove', { name: row.name })}
              onClick={() => onChange(rows.filter((_, at) => at !== i))}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={16} />}
          style={{ justifySelf: 'start' }}
          onClick={() => onChange([...rows, { name: '', value: '' }])}
        >
          {t('custom.add')}
        </Button>
      </div>
    </fieldset>
  )
}
