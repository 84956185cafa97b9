import { Checkbox, MultiSelect, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { TRACKS } from '../../partners/rules.ts'
import type { HeldRole } from '../shapes.ts'
import { useRoles, useRoleWords } from './role-words.ts'

// The owner's role has no reach by definition: it undoes what others narrow.
const NEVER_NARROW = new Set(['owner'])

interface Props {
  side: 'inner' | 'outer'
  value: HeldRole[]
  onChange: (value: HeldRole[]) => void
  /** Whether an owner may be made or unmade here. */
  canOwn: boolean
}

function Reach({ held, onChange }: { held: HeldRole; onChange: (held: HeldRole) => void }) {
  const { t } = useTranslation(['access', 'partners'])
  const roleWords = useRoleWords()
  const regions = useRead(api.ecosystems.list_regions, { state: 'active', limit: 200 }).data?.items ?? []
  const partners = useRead(api.partners.list, { limit: 200 }).data?.items ?? []
  const { scope } = held
  const isNarrow = Boolean(scope.regions ?? scope.tracks ?? scope.partners)
  const put = (key: 'regions' | 'tracks' | 'partners', values: string[]) => {
    const { [key]: _, ...rest } = scope
    onChange({ ...held, scope: values.length > 0 ? { ...rest, [key]: values } : rest })
  }
  const first = regions[0]?.code
  return (
    <div className="stack" style={{ gap: 8, paddingInlineStart: 30, paddingBlockEnd: 4 }}>
      <SegmentedControl
        size="xs"
        aria-label={t('reach.title', { role: roleWords(held.role) })}
        value={isNarrow ? 'only' : 'all'}
        data={[
          { value: 'all', label: t('reach.all') },
          { value: 'only', label: t('reach.only') },
        ]}
        onChange={(way) => onChange({ ...held, scope: way === 'only' && first ? { regions: [first] } : {} })}
        style={{ justifySelf: 'start' }}
      />
      {isNarrow && (
        <>
          <MultiSelect
            size="xs"
            label={t('reach.regions')}
            placeholder={scope.regions?.length ? '' : t('reach.any')}
            data={regions.map((one) => ({ value: one.code, label: one.name }))}
            value={scope.regions ?? []}
            onChange={(values) => put('regions', values)}
          />
          <MultiSelect
            size="xs"
            label={t('reach.tracks')}
            placeholder={scope.tracks?.length ? '' : t('reach.any')}
            data={TRACKS.map((value) => ({ value, label: t(`partners:track.${value}`) }))}
            value={scope.tracks ?? []}
            onChange={(values) => put('tracks', values)}
          />
          <MultiSelect
            size="xs"
            label={t('reach.partners')}
            placeholder={scope.partners?.length ? '' : t('reach.any')}
            searchable
            data={partners.map((one) => ({ value: one.id, label: `${one.name}, ${one.country}` }))}
            value={scope.partners ?? []}
            onChange={(values) => put('partners', values)}
          />
        </>
      )}
    </div>
  )
}

/** What a person is, as roles one ticks, and for a host's role where it holds. */
export function RolesField({ side, value, onChange, canOwn }: Props) {
  const { t } = useTranslation('access')
  const roleWords = useRoleWords()
  const roles = useRoles().filter((role) => role.side === side)
  const heldOf = (role: string) => value.find((held) => held.role === role)
  const toggle = (role: string, isOn: boolean) =>
    onChange(isOn ? [...value, { role, scope: {} }] : value.filter((held) => held.role !== role))
  return (
    <fieldset className="choices">
      <legend>{t('roles_field')}</legend>
      <ul style={{ display: 'grid', gap: 8 }}>
        {roles.map(({ code: role }) => {
          const held = heldOf(role)
          return (
            <li key={role} className="stack" style={{ gap: 6 }}>
              <Checkbox
                label={roleWords(role)}
                description={t(`role_text.${role}`, { defaultValue: t('role_own') })}
                checked={Boolean(held)}
                disabled={role === 'owner' && !canOwn}
                onChange={(event) => toggle(role, event.currentTarget.checked)}
              />
              {held && side === 'inner' && !NEVER_NARROW.has(role) && (
                <Reach held={held} onChange={(next) => onChange(value.map((one) => (one.role === role ? next : one)))} />
              )}
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}
