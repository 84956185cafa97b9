import { Select, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { REASON_CODES } from '../rules.ts'

/** Why a registration is not approved, as a choice. */
export function useReasons(): { value: string; label: string }[] {
  const { t } = useTranslation('deals')
  return REASON_CODES.map((value) => ({ value, label: t(`reason.${value}`) }))
}

interface CodeProps {
  /** The action whose code it is. */
  kind: string
  codes: { value: string; label: string }[]
  value: string
  error?: string | undefined
  onChange: (code: string) => void
}

/** The choice that an action needs: a reason, a kind, a stage. */
export function CodeField({ kind, codes, value, error, onChange }: CodeProps) {
  const { t } = useTranslation('deals')
  return (
    <Select
      label={t(`sheet.${kind}_code`)}
      data={codes}
      value={value || null}
      allowDeselect={false}
      error={error}
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  )
}

interface WordsProps {
  kind: string
  value: string
  error?: string | undefined
  onChange: (text: string) => void
}

/** The words that go with an action. */
export function WordsField({ kind, value, error, onChange }: WordsProps) {
  const { t } = useTranslation('deals')
  return (
    <Textarea
      // A contact begins with its day.
      data-autofocus={kind === 'add_evidence' ? undefined : true}
      autosize
      minRows={3}
      label={t(`sheet.${kind}_words`)}
      error={error}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
