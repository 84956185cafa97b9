import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { useAddress } from '../../../web/kit/go.tsx'
import { ListPage, useListInput } from '../../../web/kit/list-page.tsx'
import type { ListShape } from '../../../web/kit/list-shape.ts'
import { EmptyState } from '../../../web/kit/states.tsx'
import { useCan, useEcosystem } from '../../../web/session.ts'
import type { Member } from '../shapes.ts'
import { InviteSheet } from './invite-sheet.tsx'
import { MemberState, RoleWords } from './member-chips.tsx'
import { usePeopleBulk } from './people-bulk.tsx'
import { useRoles, useRoleWords } from './role-words.ts'

const KEYS = ['side', 'state', 'role', 'party_id']

function useShape(actions: ListShape<Member>['actions'], csv: string): ListShape<Member> {
  const { t } = useTranslation('access')
  const here = useEcosystem()
  const isInner = here?.side === 'inner'
  const options = (kind: string, values: readonly string[]) => values.map((value) => ({ value, label: t(`${kind}.${value}`) }))
  const roleWords = useRoleWords()
  const roles = useRoles()
    .filter((role) => isInner || role.side === 'outer')
    .map(({ code }) => ({ value: code, label: roleWords(code) }))
  return {
    title: isInner ? t('people.title') : t('people.firm', { firm: here?.party?.name }),
    ...(isInner ? {} : { crumb: { label: t('firm'), to: 'firm' } }),
    actions,
    csv,
    columns: [
      { key: 'name', title: t('field.name'), cell: (one) => one.name, sort: 'name', narrow: 'lead' },
      { key: 'email', title: t('field.email'), cell: (one) => <span className="soft">{one.email}</span> },
      ...(isInner
        ? [{ key: 'firm', title: t('field.firm'), cell: (one: Member) => one.party_name ?? here?.name, narrow: 'hide' as const }]
        : []),
      { key: 'roles', title: t('field.roles'), cell: (one) => <RoleWords roles={one.roles} /> },
      { key: 'state', title: t('field.state'), cell: (one) => <MemberState state={one.state} /> },
      {
        key: 'since',
        title: t('field.since'),
        cell: (one) => <When at={one.joined_at ?? one.created_at} />,
        sort: 'created_at',
        end: true,
        narrow: 'hide',
      },
    ],
    filters: [
      ...(isInner ? [{ key: 'side', title: t('field.side'), options: options('side', ['inner', 'outer']), single: true }] : []),
      { key: 'state', title: t('field.state'), options: options('state', ['active', 'invited', 'ended']), single: true },
      { key: 'role', title: t('field.role'), options: roles, single: true },
    ],
    views: [
      ...(isInner
        ? [
            { label: t('view.ours'), query: { side: 'inner', state: 'active' } },
            { label: t('view.partners'), query: { side: 'outer', state: 'active' } },
          ]
        : []),
      { label: t('view.invited'), query: { state: 'invited' } },
    ],
    id: (one) => one.id,
    label: (one) => one.name,
    to: (one) => `people/${one.id}`,
    empty: (
      <EmptyState title={t('people.empty')} action={actions}>
        {t('people.empty_text')}
      </EmptyState>
    ),
  }
}

/** Who has access: the host sees everybody, a firm its own. */
export function PeopleList() {
  const { t } = useTranslation('access')
  const { values, set } = useAddress()
  const can = useCan()
  const asked = useListInput(KEYS)
  const firm = useEcosystem()?.party?.id
  // Who sees further firms still finds the own people here.
  const input = useMemo(() => (firm ? { ...asked, party_id: firm } : asked), [asked, firm])
  const listed = useList(api.access.list, { ...input, limit: 50 } as never)
  const csv = useMemo(() => csvAddress(api.access.list, input), [input])
  const invite = can('access.invite') && (
    <Button leftSection={<IconUserPlus size={18} />} onClick={() => set({ new: '1' })}>
      {t('invite.do')}
    </Button>
  )
  const shape = useShape(invite, csv)
  const { actions: bulk, sheet } = usePeopleBulk()
  return (
    <>
      <ListPage shape={{ ...shape, ...(bulk.length > 0 ? { bulk } : {}) }} listed={listed} />
      {sheet}
      {values.new && can('access.invite') && <InviteSheet onClose={() => set({ new: null })} />}
    </>
  )
}
