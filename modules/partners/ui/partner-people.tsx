import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Go } from '../../../web/kit/go.tsx'
import { initialsOf } from '../../../web/kit/initials.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { InviteSheet } from '../../access/ui/invite-sheet.tsx'
import { useRoleWords } from '../../access/ui/role-words.ts'
import type { Partner } from '../shapes.ts'

/** Who works there: the login is the person's, inbox and deals are the firm's. */
export function PartnerPeople({ partner }: { partner: Partner }) {
  const { t } = useTranslation(['partners', 'access'])
  const can = useCan()
  const roleWords = useRoleWords()
  const isInner = useEcosystem()?.side === 'inner'
  const [isInviting, setInviting] = useState(false)
  const { data } = useRead(api.partners.people, { id: partner.id })
  const rows = (data?.items ?? []).filter((one) => one.status !== 'ended')
  const mayInvite = can('access.invite') && (partner.status === 'active' || partner.status === 'onboarding')
  return (
    <Section
      title={t('people.title')}
      beside={
        mayInvite && (
          <Button size="compact-sm" variant="subtle" leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>
            {t('access:invite.do')}
          </Button>
        )
      }
    >
      {data && rows.length === 0 && <p className="soft">{t('people.none')}</p>}
      <ul className="stack" style={{ gap: 10 }}>
        {rows.map((one) => (
          <li key={one.member_id} className="bar" style={{ flexWrap: 'nowrap' }}>
            <span className="person" aria-hidden="true" style={{ flex: 'none' }}>
              {initialsOf(one.name)}
            </span>
            <span style={{ minInlineSize: 0 }}>
              {isInner && can('access.read') ? (
                <Go to={`people/${one.member_id}`}>{one.name}</Go>
              ) : (
                <span className="strong">{one.name}</span>
              )}
              {one.status === 'invited' && <span className="soft small"> · {t('access:state.invited')}</span>}
              <span className="soft small ellipsis" style={{ display: 'block' }}>
                {one.roles.map(roleWords).join(', ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {isInviting && <InviteSheet party={{ id: partner.id, name: partner.name }} onClose={() => setInviting(false)} />}
    </Section>
  )
}
