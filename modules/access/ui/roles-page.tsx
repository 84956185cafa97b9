import { Button, SegmentedControl, UnstyledButton } from '@mantine/core'
import { IconCheck, IconMinus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { useAddress } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { ErrorState, useErrorText, Waiting } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useCan } from '../../../web/session.ts'
import type { RoleRow as Contract } from '../shapes.ts'
import { NewRole } from './new-role.tsx'
import { OwnRole } from './own-role.tsx'
import { byRoom, usePermissionWords } from './permission-words.ts'
import { useRoleWords } from './role-words.ts'

type RoleRow = ReturnType<(typeof Contract)['parse']>

const sentence = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)
const CELL = {
  inlineSize: 34,
  blockSize: 30,
  display: 'inline-grid',
  placeItems: 'center',
  borderRadius: 6,
  position: 'relative',
} as const

function useChange(): (role: RoleRow, permission: string, granted: boolean | null, before: boolean | null) => void {
  const { t } = useTranslation('access')
  const errorText = useErrorText()
  const roleWords = useRoleWords()
  const words = usePermissionWords()
  const write = useWrite(api.access.change_role)
  return (role, permission, granted, before) => {
    const send = (to: boolean | null) => write.mutateAsync({ role: role.code, permission, granted: to })
    const said = { role: roleWords(role.code), what: words(permission) }
    send(granted).then(
      () => toast(t(granted === false ? 'roles.taken' : granted ? 'roles.given' : 'roles.reset', said), () => void send(before)),
      (error: unknown) => toast(errorText(error)),
    )
  }
}

function Cell({ role, permission, canChange }: { role: RoleRow; permission: string; canChange: boolean }) {
  const { t } = useTranslation('access')
  const roleWords = useRoleWords()
  const words = usePermissionWords()
  const change = useChange()
  const has = role.permissions.includes(permission)
  const own = role.changes?.find((one) => one.permission === permission)
  const label = [
    t(has ? 'roles.may' : 'roles.may_not', { role: roleWords(role.code), what: words(permission) }),
    own && t('roles.yours'),
  ]
    .filter(Boolean)
    .join('. ')
  const drawn = (
    <span
      style={{
        ...CELL,
        color: has ? 'var(--lagoon)' : 'var(--ink-soft)',
        ...(own ? { boxShadow: 'inset 0 0 0 2px var(--ochre-fill)', background: 'var(--ochre-wash)' } : {}),
      }}
    >
      {has ? <IconCheck size={18} stroke={2} /> : <IconMinus size={14} stroke={1.4} />}
      <span className="visually-hidden">{label}</span>
    </span>
  )
  if (!canChange || role.code === 'owner') return drawn
  // A second change of the same cell goes back to the default, since the default is what it is not.
  return (
    <UnstyledButton title={label} onClick={() => change(role, permission, own ? null : !has, own?.granted ?? null)}>
      {drawn}
    </UnstyledButton>
  )
}

/** The name of a role; that of the host's own leads to where it is renamed and retired. */
function Name({ role, canChange }: { role: RoleRow; canChange: boolean }) {
  const { i18n } = useTranslation('access')
  const roleWords = useRoleWords()
  const { set } = useAddress()
  const isOwn = !i18n.exists(`access:role.${role.code}`)
  if (!isOwn || !canChange) return roleWords(role.code)
  return (
    <UnstyledButton
      onClick={() => set({ role: role.code })}
      style={{ font: 'inherit', color: 'inherit', textDecoration: 'underline', textUnderlineOffset: 3, minBlockSize: 24 }}
    >
      {role.name}
    </UnstyledButton>
  )
}

/** What a row is about stays beside its ticks where the table scrolls sideways. */
const STAYS = { position: 'sticky', insetInlineStart: 0, zIndex: 1, background: 'var(--ground)' } as const

function Matrix({ roles, canChange }: { roles: RoleRow[]; canChange: boolean }) {
  const { t } = useTranslation('access')
  const words = usePermissionWords()
  const all = [...new Set(roles.flatMap((role) => [...role.permissions, ...(role.changes ?? []).map((one) => one.permission)]))]
  return (
    <div
      className="ledger-scroll"
      role="region"
      aria-label={t('roles.title')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways
      tabIndex={0}
      style={{ scrollPaddingInlineStart: 220 }}
    >
      <table className="ledger" style={{ inlineSize: 'auto' }}>
        <thead>
          <tr>
            <td style={STAYS}>
              <span className="visually-hidden">{t('roles.what')}</span>
            </td>
            {roles.map((role) => (
              <th
                key={role.code}
                scope="col"
                style={{ textAlign: 'center', whiteSpace: 'normal', minInlineSize: 84, verticalAlign: 'bottom' }}
              >
                <Name role={role} canChange={canChange} />
              </th>
            ))}
          </tr>
        </thead>
        {byRoom(all).map(([room, permissions]) => (
          <tbody key={room}>
            <tr style={{ cursor: 'default', background: 'none' }}>
              <th
                scope="colgroup"
                colSpan={roles.length + 1}
                style={{ paddingBlockStart: 20, fontWeight: 620, color: 'var(--ink)' }}
              >
                <span style={{ ...STAYS, insetInlineStart: 8 }}>{t(`room.${room}`, { defaultValue: room })}</span>
              </th>
            </tr>
            {permissions.sort().map((permission) => (
              <tr key={permission} style={{ cursor: 'default' }}>
                <th
                  scope="row"
                  style={{
                    whiteSpace: 'normal',
                    minInlineSize: 210,
                    ...STAYS,
                    borderBlockEndColor: 'var(--hairline)',
                    paddingBlock: 4,
                    color: 'var(--ink)',
                  }}
                >
                  {sentence(words(permission))}
                </th>
                {roles.map((role) => (
                  <td key={role.code} style={{ textAlign: 'center', paddingBlock: 2 }}>
                    <Cell role={role} permission={permission} canChange={canChange} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

/** What each role may do; the host's own changes stand out. */
export function RolesPage() {
  const { t } = useTranslation('access')
  const can = useCan()
  const { values, set } = useAddress()
  const side = values.side === 'outer' ? 'outer' : 'inner'
  const { data, error, refetch } = useRead(api.access.roles, {})
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  const roles = (data?.items ?? []).filter((role) => role.side === side)
  const chosen = values.role && can('access.change_roles') && roles.find((role) => role.code === values.role)
  const changes = roles.reduce((sum, role) => sum + (role.changes?.length ?? 0), 0)
  return (
    <>
      <Heading
        title={t('roles.title')}
        actions={
          can('access.change_roles') && (
            <Button leftSection={<IconPlus size={18} />} onClick={() => set({ new: '1' })}>
              {t('roles.new')}
            </Button>
          )
        }
      />
      <div className="bar" style={{ marginBlockEnd: 16, gap: '12px 24px' }}>
        <SegmentedControl
          aria-label={t('roles.whose')}
          value={side}
          data={[
            { value: 'inner', label: t('roles.inner') },
            { value: 'outer', label: t('roles.outer') },
          ]}
          onChange={(value) => set({ side: value === 'outer' ? 'outer' : null })}
        />
        <p className="soft" style={{ maxInlineSize: '68ch' }}>
          {t(can('access.change_roles') ? 'roles.text' : 'roles.text_read')}{' '}
          {changes > 0 && <span style={{ color: 'var(--ochre)' }}>{t('roles.changes', { count: changes })}</span>}
        </p>
      </div>
      {data ? <Matrix roles={roles} canChange={can('access.change_roles')} /> : <Waiting rows={10} />}
      {chosen && <OwnRole role={chosen} onClose={() => set({ role: null })} />}
      {values.new && <NewRole side={side} roles={roles} onClose={() => set({ new: null })} />}
    </>
  )
}
