import { useTranslation } from 'react-i18next'

/** A permission in words, as `approve deals`; its code where it has none yet. */
export function usePermissionWords(): (permission: string) => string {
  const { t } = useTranslation('access')
  return (permission) => t(`permission.${permission.replace('.', '_')}`, { defaultValue: permission.replace(/[._]/g, ' ') })
}

/** Permissions by the room they belong to, in the order of the house. */
export function byRoom(permissions: readonly string[]): [room: string, permissions: string[]][] {
  const rooms = new Map<string, string[]>()
  for (const permission of permissions) {
    const room = permission.split('.')[0] ?? ''
    rooms.set(room, [...(rooms.get(room) ?? []), permission])
  }
  const order = ['partners', 'accounts', 'deals', 'decisions', 'imports', 'views', 'home', 'ecosystems', 'access']
  const rank = (room: string) => (order.includes(room) ? order.indexOf(room) : order.length)
  return [...rooms].sort(([a], [b]) => rank(a) - rank(b))
}
