import { Select } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { countryOptions } from './countries.ts'

interface Props {
  label: string
  value?: string
  onChange: (value: string) => void
  error?: ReactNode
  description?: string
  clearable?: boolean
}

/** A country, by its name in the reader's language; empty text is none. */
export function CountrySelect({ value, onChange, ...rest }: Props) {
  const { i18n } = useTranslation()
  // oxlint-disable-next-line react/exhaustive-deps -- the names change with the language
  const countries = useMemo(countryOptions, [i18n.language])
  return <Select {...rest} data={countries} searchable value={value || null} onChange={(next) => onChange(next ?? '')} />
}
