import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { ask } from '../../../web/ask.ts'
import { agoText } from '../../../web/kit/locale.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { deviceOf } from './device.ts'

/** Where the person is signed in, each to be ended. */
export function Sessions() {
  const { t } = useTranslation('identity')
  const act = useAct()
  const { data, error, refetch } = useRead(api.identity.sessions, {})
  const own = useQuery({
    queryKey: ['own-session'],
    queryFn: () => ask<{ session: { id: string } } | null>('GET', '/auth/get-session'),
  }).data?.session.id
  // Sessions are kept in real time, which a demo world's clock is ahead of.
  const [now] = useState(() => Date.now())
  const revoke = useWrite(api.identity.revoke_session)
  const endOthers = async () => {
    await ask('POST', '/auth/revoke-other-sessions', {})
    await refetch()
  }
  if (error) return <ErrorState error={error} />
  const rows = [...(data?.items ?? [])].sort((a, b) => Number(b.id === own) - Number(a.id === own))
  return (
    <Section
      title={t('sessions.title')}
      beside={
        rows.length > 2 && (
          <Button size="compact-sm" variant="subtle" onClick={() => void act.run(endOthers, t('sessions.done_others'))}>
            {t('sessions.end_others')}
          </Button>
        )
      }
    >
      {!data && <Waiting rows={2} />}
      <ul className="inbox">
        {rows.map((one) => {
          const isPhone = /Mobile|Android|iPhone/.test(one.agent ?? '')
          const Drawn = isPhone ? IconDeviceMobile : IconDeviceDesktop
          return (
            <li key={one.id} style={{ gridTemplateColumns: '24px minmax(0, 1fr) auto' }}>
              <Drawn size={20} stroke={1.6} aria-hidden="true" />
              <div style={{ minInlineSize: 0 }}>
                <div className="strong">{deviceOf(one.agent, t('sessions.unknown'))}</div>
                <div className="soft small">
                  {one.id === own ? t('sessions.here') : t('sessions.seen')} {one.id !== own && agoText(one.seen_at, now)}
                  {one.address && (
                    <>
                      {' · '}
                      <span dir="ltr">{one.address}</span>
                    </>
                  )}
                </div>
              </div>
              {one.id !== own && (
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => void act.run(() => revoke.mutateAsync({ id: one.id }), t('sessions.done'))}
                >
                  {t('sessions.end')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      <p role="alert" style={{ color: 'var(--brick)' }}>
        {act.failure}
      </p>
    </Section>
  )
}
