import { IconMailForward, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { Go } from '../../../web/kit/go.tsx'
import { Facts, type NextAction, RecordPage, Section } from '../../../web/kit/record-page.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import type { Params } from '../../../web/pages.ts'
import { useCan, useEcosystem } from '../../../web/session.ts'
import type { Member } from '../shapes.ts'
import { AccessWhy } from './access-why.tsx'
import { HeirSelect } from './heir-select.tsx'
import { MemberState } from './member-chips.tsx'
import { useRoleWords } from './role-words.ts'
import { RolesField } from './roles-field.tsx'
import { useScopeWords } from './scope-words.ts'

function RolesSheet({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation('access')
  const here = useEcosystem()
  const act = useAct()
  const write = useWrite(api.access.update, { version: member.version, also: ['partners'] })
  const [roles, setRoles] = useState(member.roles)
  const submit = async () => {
    if (roles.length === 0) return act.fail(t('invite.role_needed'))
    if (await act.run(() => write.mutateAsync({ id: member.id, roles }), t('roles_sheet.done', { name: member.name }))) onClose()
  }
  return (
    <AskSheet
      title={t('roles_sheet.title', { name: member.name })}
      doing={t('roles_sheet.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <p className="soft">{t(`roles_sheet.text_${member.side}`)}</p>
      <RolesField side={member.side} value={roles} onChange={setRoles} canOwn={here?.roles.includes('owner') ?? false} />
    </AskSheet>
  )
}

function EndSheet({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation('access')
  const act = useAct()
  const write = useWrite(api.access.end, { version: member.version, also: ['partners', 'deals'] })
  const [heir, setHeir] = useState<string | null>(null)
  const submit = async () => {
    if (await act.run(() => write.mutateAsync({ id: member.id, pass_to: heir }), t('end.done', { name: member.name }))) onClose()
  }
  return (
    <AskSheet
      title={t('end.title', { name: member.name })}
      doing={t('end.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
      isGrave
    >
      <p className="soft">{t('end.text', { name: member.name })}</p>
      <HeirSelect leaving={[member]} heir={heir} onHeir={setHeir} />
    </AskSheet>
  )
}

function useActions(member: Member, open: (sheet: 'roles' | 'end') => void): NextAction[] {
  const { t } = useTranslation('access')
  const here = useEcosystem()
  const can = useCan()
  const act = useAct()
  const resend = useWrite(api.access.resend)
  const mayChange = can('access.update') && (member.side === 'outer' || can('access.manage_hosts'))
  if (!mayChange) return []
  const ended = member.state === 'ended' ? t('blocked.ended') : null
  const isSelf = member.id === here?.member_id
  return [
    ...(member.state === 'invited'
      ? [
          {
            key: 'resend',
            label: t('resend.do'),
            icon: IconMailForward,
            isMain: true,
            loading: act.isBusy,
            onDo: () => void act.run(() => resend.mutateAsync({ id: member.id }), t('resend.done', { email: member.email })),
          } satisfies NextAction,
        ]
      : []),
    { key: 'roles', label: t('roles_sheet.change'), icon: IconPencil, reason: ended, onDo: () => open('roles') },
    {
      key: 'end',
      label: t('end.do'),
      reason: ended ?? (isSelf ? t('blocked.self') : null),
      isGrave: true,
      onDo: () => open('end'),
    },
  ]
}

function Record({ member }: { member: Member }) {
  const { t } = useTranslation('access')
  const here = useEcosystem()
  const roleWords = useRoleWords()
  const scopeWords = useScopeWords()
  const [sheet, setSheet] = useState<'roles' | 'end' | null>(null)
  const actions = useActions(member, setSheet)
  const isInner = here?.side === 'inner'
  const close = () => setSheet(null)
  return (
    <>
      <RecordPage
        title={member.name}
        crumb={isInner ? { label: t('people.title'), to: 'people' } : { label: t('firm'), to: 'firm' }}
        actions={actions}
        states={
          <>
            <MemberState state={member.state} />
            <span className="soft">{member.email}</span>
          </>
        }
        why={<AccessWhy subject_type="members" subject_id={member.id} permission="access.update" />}
      >
        <Section title={t('field.roles')}>
          <ul className="tally">
            {member.roles.map((held) => (
              <li key={held.role} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
                <span>
                  <span className="strong">{roleWords(held.role)}</span>
                  <span className="soft small" style={{ display: 'block' }}>
                    {t(`role_text.${held.role}`, { defaultValue: t('role_own') })}
                  </span>
                </span>
                {member.side === 'inner' && <span>{scopeWords(held.scope)}</span>}
              </li>
            ))}
          </ul>
        </Section>
        <Section title={t('facts')}>
          <Facts
            facts={[
              {
                label: t('field.firm'),
                value:
                  member.party_id && isInner ? (
                    <Go to={`partners/${member.party_id}`}>{member.party_name}</Go>
                  ) : (
                    (member.party_name ?? here?.name)
                  ),
              },
              { label: t('field.invited'), value: <When at={member.created_at} /> },
              member.joined_at && { label: t('field.joined'), value: <When at={member.joined_at} /> },
              member.ended_at && { label: t('field.ended'), value: <When at={member.ended_at} /> },
            ]}
          />
        </Section>
      </RecordPage>
      {sheet === 'roles' && <RolesSheet member={member} onClose={close} />}
      {sheet === 'end' && <EndSheet member={member} onClose={close} />}
    </>
  )
}

/** One person with access, what they may do and where. */
export function PersonPage({ params }: { params: Params }) {
  const { data: member, error, refetch } = useRead(api.access.get, { id: params.id ?? '' })
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  if (!member || member.id !== params.id) return <Waiting />
  return <Record member={member} />
}
