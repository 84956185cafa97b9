import { UnstyledButton } from '@mantine/core'
import { IconClockPlay, IconRestore, IconUsers } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from './ask.ts'
import { DropDown, DropRow } from './kit/drop-down.tsx'
import { dotted, momentText } from './kit/locale.ts'
import { setServerTime, useNow } from './kit/now.ts'
import { useErrorText } from './kit/states.tsx'
import { toast } from './kit/toast.tsx'
import { type Demo, useDemo, useMe } from './session.ts'

const DemoReset = lazy(async () => ({ default: (await import('./demo-reset.tsx')).DemoReset }))

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
    <DropDown
      className="demo-do"
      isDisabled={busy}
      button={
        <>
          <IconClockPlay size={16} stroke={1.6} />
          {t('demo.advance')}
        </>
      }
    >
      {(close) =>
        STEPS.map((by) => (
          <DropRow
            key={by}
            onDo={() => {
              close()
              void advance(by)
            }}
          >
            {t(`demo.by_${by}`)}
          </DropRow>
        ))
      }
    </DropDown>
  )
}

function BeSomeoneElse() {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const { cast } = useDemo()
  const { data: me } = useMe()
  const be = ({ email, ecosystem }: Demo['cast'][number]) =>
    ask('POST', '/demo/be', { email }).then(
      () => location.assign(`/e/${ecosystem}`),
      (error) => toast(errorText(error)),
    )
  return (
    <DropDown
      className="demo-do"
      button={
        <>
          <IconUsers size={16} stroke={1.6} />
          {t('demo.be')}
        </>
      }
    >
      {() =>
        cast.map((one) => (
          <DropRow
            key={one.email}
            below={dotted([t(`demo.role.${one.role}`, { defaultValue: one.role }), one.email.split('@')[1]])}
            isDisabled={one.email === me?.person.email}
            onDo={() => void be(one)}
          >
            {one.name}
          </DropRow>
        ))
      }
    </DropDown>
  )
}

function Reset() {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <UnstyledButton className="demo-do last" onClick={() => setOpen(true)}>
        <IconRestore size={16} stroke={1.6} />
        <span>{t('demo.reset')}</span>
      </UnstyledButton>
      <Suspense>{isOpen && <DemoReset onClose={() => setOpen(false)} />}</Suspense>
    </>
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
        <Reset />
      </span>
    </section>
  )
}
