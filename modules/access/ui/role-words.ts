import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'

/** A role by its code in words: those of the product in the reader's language, the host's own as it named them. */
export function useRoleWords(): (code: string) => string {
  const { t } = useTranslation('access')
  const own = useRead(api.access.roles, {}).data?.items
  return (code) => t(`role.${code}`, { defaultValue: own?.find((role) => role.code === code)?.name ?? code })
}
