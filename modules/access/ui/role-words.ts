import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'

/** The roles of this ecosystem: those of the product, then the host's own. */
export const useRoles = () => useRead(api.access.roles, {}).data?.items ?? []

/** A role by its code in words: those of the product in the reader's language, the host's own as it named them. */
export function useRoleWords(): (code: string) => string {
  const { t } = useTranslation('access')
  const roles = useRoles()
  return (code) => t(`role.${code}`, { defaultValue: roles.find((role) => role.code === code)?.name ?? code })
}
