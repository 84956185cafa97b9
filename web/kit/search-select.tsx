import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useEffect, useState } from 'react'

export interface Choice {
  value: string
  label: string
}

export interface SearchSelectProps {
  label: ReactNode
  description?: ReactNode
  error?: ReactNode
  placeholder?: string
  /** The chosen id, with the words it has where the search did not bring it. */
  value: string | null
  known?: Choice | null
  onChange: (value: string | null, label: string) => void
  /** What fits the words that `onWords` told. */
  options: Choice[]
  onWords: (words: string) => void
  nothing: string
  isRequired?: boolean
}

/** Picks one record by typing a part of its name; the server searches. */
export function SearchSelect({ options, onWords, value, known, onChange, nothing, isRequired, ...rest }: SearchSelectProps) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Choice | null>(known ?? null)
  const [words] = useDebouncedValue(text === chosen?.label ? '' : text, 180)
  useEffect(() => onWords(words), [words, onWords])
  const current = [chosen, known].find((one) => one?.value === value)
  const data = current && !options.some((one) => one.value === value) ? [current, ...options] : options
  return (
    <Select
      {...rest}
      data={data}
      value={value}
      searchable
      clearable={!isRequired}
      allowDeselect={!isRequired}
      nothingFoundMessage={nothing}
      filter={(input) => input.options}
      onSearchChange={setText}
      onChange={(next) => {
        const one = data.find((choice) => choice.value === next) ?? null
        setChosen(one)
        onChange(next, one?.label ?? '')
      }}
    />
  )
}
