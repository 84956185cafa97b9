import { Button, Menu } from '@mantine/core'
import { IconClockPlay, IconUsers } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from './ask.ts'
import { momentText } from './kit/locale.ts'
import { setServerTime, useNow } from './kit/now.ts'
import { useErrorText } from './kit/states.tsx'
import { toast } from './kit/toast.tsx'
import { useDemo, useMe } from './session.ts'

const STEPS = ['hour', 'day', 'deadline'] as const

function Advance() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const errorText = useErrorText()
  const [busy, setBusy] = useState(false)
  const advance = async (by: (typeof STEPS)[number]) => {
    setBusy(true)
    try {
      const { now, fired } = (await ask<{ now?: string; fired?: number } | undefined>('POST', '/demo/advance', { by })) ?? {}
      if (now) setServerTime(now)
      await client.invalidateQueries()
      toast(now ? t('demo.advanced', { at: momentText(now), count: fired ?? 0 }) : t('demo.advanced_plain'))
    } catch (error) {
      toast(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Menu>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" loading={busy} leftSection={<IconClockPlay size={16} stroke={1.6} />}>
          {t('demo.advance')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {STEPS.map((by) => (
          <Menu.Item key={by} onClick={() => void advance(by)}>
            {t(`demo.by_${by}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function BeSomeoneElse() {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const { cast } = useDemo()
  const { data: me } = useMe()
  const be = (email: string) =>
    ask('POST', '/demo/be', { email }).then(
      () => location.assign('/'),
      (error) => toast(errorText(error)),
    )
  return (
    <Menu width={280}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" leftSection={<IconUsers size={16} stroke={1.6} />}>
          {t('demo.be')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        {cast.map((one) => (
          <Menu.Item key={one.email} disabled={one.email === me?.person.email} onClick={() => void be(one.email)}>
            <span className="strong">{one.name}</span>
            <span className="soft small" style={{ display: 'block' }}>
              {one.role}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The demo world's own controls; absent everywhere else. */
export function DemoBar() {
  const { t } = useTranslation()
  const demo = useDemo()
  const now = useNow()
  useEffect(() => {
    if (demo.now) setServerTime(demo.now)
  }, [demo.now])
  if (!demo.on) return null
  return (
    <section className="demo-bar" aria-label={t('demo.title')}>
      <span className="wide-only">{t('demo.title')}</span>
      <span className="figure wide-only">{momentText(new Date(now).toISOString())}</span>
      <span className="bar tight push">
        <Advance />
        <BeSomeoneElse />
      </span>
    </section>
  )
}
