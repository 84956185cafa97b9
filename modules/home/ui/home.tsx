import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { useGo } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { useHeld } from '../../../web/kit/held.ts'
import { Inbox } from '../../../web/kit/inbox.tsx'
import { setServerTime } from '../../../web/kit/now.ts'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useClockWords } from '../../../web/kit/use-clock-words.ts'
import { usePicked } from '../../../web/kit/use-picked.ts'
import type { Side } from '../../../web/pages.ts'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { useHasProductNames, useProductName } from '../../ecosystems/ui/product-name.ts'
import type { InboxRow } from '../contract.ts'
import { type Elsewhere, ElsewherePart, useElsewhere } from './elsewhere.tsx'
import { isDecision, useItems } from './inbox-items.tsx'
import { Part } from './part.tsx'
import { Pipeline } from './pipeline.tsx'
import { useFirstSteps } from './use-first-steps.ts'
import { useOthers } from './with-others.tsx'

// What decides several brings more than the first route may weigh; it comes with the first tick.
const DecideSeveral = lazy(async () => ({ default: (await import('./decide-several.tsx')).DecideSeveral }))

// Only a new house has these.
const FirstSteps = lazy(async () => ({ default: (await import('./first-steps.tsx')).FirstSteps }))

/** The rows that wait for me; decisions can be made several at a time. */
function Mine({ side, rows }: { side: Side; rows: InboxRow[] }) {
  const { t } = useTranslation('home')
  const can = useCan()
  const items = useItems({ side, nameOf: useProductName() })
  const picked = usePicked()
  const [isBegun, setBegun] = useState(false)
  const several = can('deals.approve') && rows.filter(isDecision).length > 1
  const chosen = rows.filter((row) => picked.ids.has(row.id))
  if (chosen.length > 0 && !isBegun) setBegun(true)
  // The sheet tells which deals are left; here a row has an id of its own.
  const keep = (deals: string[]) => picked.keep(rows.filter((row) => deals.includes(row.subject_id)).map((row) => row.id))
  return (
    <>
      {rows.length > 0 && <Inbox items={items(rows)} label={t('mine')} {...(several ? { picked } : {})} />}
      <Suspense>{isBegun && <DecideSeveral chosen={chosen} onKeep={keep} />}</Suspense>
    </>
  )
}

interface QueueProps {
  side: Side
  rows: InboxRow[]
  elsewhere: Elsewhere[]
  isLoading: boolean
  first: ReturnType<typeof useFirstSteps>
}

function Queue({ side, rows, elsewhere, isLoading, first: { steps, dismiss } }: QueueProps) {
  const { t } = useTranslation('home')
  const others = useOthers(side)
  return (
    <div>
      {isLoading && <Waiting />}
      {!isLoading && steps && (
        <Suspense>
          <FirstSteps steps={steps} onDismiss={dismiss} />
        </Suspense>
      )}
      {!isLoading && !steps && rows.length + elsewhere.length === 0 && (
        <p className="soft" style={{ maxInlineSize: '56ch' }}>
          {t(`clear_${side}`)}
        </p>
      )}
      <Mine side={side} rows={rows} />
      {elsewhere.map((one) => (
        <ElsewherePart key={one.ecosystem.slug} elsewhere={one} />
      ))}
      {others.length > 0 && (
        <Part title={t('theirs')}>
          <Inbox items={others} label={t('theirs')} />
        </Part>
      )}
    </div>
  )
}

/** What runs out first, in a sentence. */
function First({ rows }: { rows: InboxRow[] }) {
  const { t } = useTranslation('home')
  const words = useClockWords()
  const [first] = rows
  if (!first?.due_at || rows.length < 2) return null
  const { due_at, started_at, left_minutes } = first
  return <p className="lede">{t('first', { title: first.title, time: words({ due_at, started_at, left_minutes }) })}</p>
}

function Home({ side }: { side: Side }) {
  const { t } = useTranslation(['home', 'deals'])
  const { go } = useGo()
  const can = useCan()
  const { data, error, isPending, refetch } = useRead(api.home.inbox, {}, { every: 60_000 })
  const now = data?.now
  const held = useHeld()
  const first = useFirstSteps(side)
  const hasNames = useHasProductNames()
  const elsewhere = useElsewhere()
  const ecosystem = useEcosystem()?.name ?? ''
  useEffect(() => {
    if (now) setServerTime(now)
  }, [now])
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  // What was just decided is gone, and back when it is taken back.
  const rows = (data?.items ?? []).filter((row) => !isDecision(row) || !held.has(row.subject_id))
  const register = side === 'outer' && can('deals.register') && (
    <Button leftSection={<IconPlus size={18} />} onClick={() => go('deals/new')}>
      {t('deals:register')}
    </Button>
  )
  const waiting = first.steps ? t('heading_new', { ecosystem }) : t('heading_zero')
  const count = elsewhere.reduce((sum, one) => sum + one.rows.length, rows.length)
  const title = isPending || first.isPending ? t('title') : count === 0 ? waiting : t('heading', { count })
  return (
    <>
      <Heading title={title} actions={register} />
      <First rows={rows} />
      <div className="home">
        <Queue
          side={side}
          rows={rows}
          elsewhere={elsewhere}
          isLoading={isPending || first.isPending || !hasNames}
          first={first}
        />
        {can('deals.read') && <Pipeline />}
      </div>
    </>
  )
}

export const PortalHome = () => <Home side="outer" />
export const ConsoleHome = () => <Home side="inner" />
