import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'

export interface Choice {
  value: string
  label: string
}

interface SearchSelectProps {
  label: ReactNode
  description?: ReactNode
  error?: ReactNode
  placeholder?: string
  /** The chosen id, with the words it has where the search did not bring it. */
  value: string | null
  known?: Choice | null
  onChange: (value: string | null, label: string) => void
  /** Reads what fits the words typed; a hook. */
  useOptions: (words: string) => Choice[]
  nothing: string
  isRequired?: boolean
  hasFocus?: boolean
}

/** Picks one record by typing a part of its name. */
export function SearchSelect({ useOptions, value, known, onChange, nothing, isRequired, hasFocus, ...rest }: SearchSelectProps) {
  const [text, setText] = useState<string | null>(null)
  const [words] = useDebouncedValue(text ?? '', 180)
  const [chosen, setChosen] = useState<Choice | null>(known ?? null)
  const found = useOptions(words === chosen?.label ? '' : words)
  const has = found.some((one) => one.value === value)
  const current = chosen?.value === value ? chosen : known?.value === value ? known : null
  const data = value && !has && current ? [current, ...found] : found
  return (
    <Select
      {...rest}
      data={data}
      value={value}
      searchable
      clearable={!isRequired}
      allowDeselect={!isRequired}
      nothingFoundMessage={nothing}
      filter={({ options }) => options}
      onSearchChange={setText}
      onChange={(next) => {
        const one = data.find((choice) => choice.value === next) ?? null
        setChosen(one)
        onChange(next, one?.label ?? '')
      }}
      {...(hasFocus ? { 'data-autofocus': true } : {})}
    />
  )
}
