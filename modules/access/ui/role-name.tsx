import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** What a role of the host's own is called. */
export function RoleName({ name, onName }: { name: string; onName: (name: string) => void }) {
  const { t } = useTranslation('access')
  return (
    <TextInput
      label={t('field.name')}
      maxLength={80}
      data-autofocus
      value={name}
      onChange={(event) => onName(event.currentTarget.value)}
    />
  )
}
