import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList, useRefresh, useWrite } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { ListPage, useListInput } from '../../../web/kit/list-page.tsx'
import type { Column, ListShape } from '../../../web/kit/list-shape.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { EmptyState, useErrorText } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import type { ParkedJob } from '../contract.ts'

const WORDS: Readonly<Record<string, string>> = {
  'mail.send': 'mail',
  'imports.read': 'read',
  'imports.check': 'check',
  'imports.run': 'run',
  'imports.undo': 'undo',
  'imports.forget': 'forget',
  'kernel.deliver': 'deliver',
}

function useWorkName(): (job: string) => string {
  const { t } = useTranslation('ecosystems')
  return (job) => (WORDS[job] ? t(`work.job.${WORDS[job]}`) : job)
}

interface Doing {
  parked: ParkedJob
  work: string
}

// A refusal tells that somebody else was here first: the list is read again then as well.
function useSettle(): (doing: () => Promise<unknown>, done: string) => Promise<void> {
  const errorText = useErrorText()
  const { refresh } = useRefresh()
  return (doing, done) =>
    refresh(['ecosystems'], doing).then(
      () => void toast(done),
      (error: unknown) => void toast(errorText(error)),
    )
}

function Replay({ parked, work }: Doing) {
  const { t } = useTranslation('ecosystems')
  const settle = useSettle()
  const replay = useWrite(api.ecosystems.replay_job)
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={16} stroke={1.6} />}
      aria-label={t('work.replay_of', { work })}
      loading={replay.isPending}
      onClick={() => void settle(() => replay.mutateAsync({ id: parked.id }), t('work.queued', { work }))}
    >
      {t('work.replay')}
    </Button>
  )
}

function Dismiss({ parked, work }: Doing) {
  const { t } = useTranslation('ecosystems')
  const settle = useSettle()
  const dismiss = useWrite(api.ecosystems.dismiss_job)
  const [isAsked, setAsked] = useState(false)
  const submit = async () => {
    await settle(() => dismiss.mutateAsync({ id: parked.id }), t('work.dismissed', { work }))
    setAsked(false)
  }
  return (
    <>
      <Button size="xs" variant="subtle" aria-label={t('work.dismiss_of', { work })} onClick={() => setAsked(true)}>
        {t('work.dismiss')}
      </Button>
      {isAsked && (
        <AskSheet
          title={t('work.dismiss_title', { work })}
          doing={t('work.dismiss')}
          onClose={() => setAsked(false)}
          isBusy={dismiss.isPending}
          failure=""
          onSubmit={() => void submit()}
          isGrave
        >
          <p className="soft">{t('work.dismiss_text')}</p>
        </AskSheet>
      )}
    </>
  )
}

function useColumns(): Column<ParkedJob>[] {
  const { t } = useTranslation('ecosystems')
  const name = useWorkName()
  return [
    { key: 'what', title: t('work.what'), cell: (one) => <span className="strong">{name(one.job)}</span>, narrow: 'lead' },
    {
      key: 'why',
      title: t('work.why'),
      cell: (one) => (
        <>
          {t(`work.cause.${one.cause}`)}
          {one.reason && (
            <span className="soft small" style={{ display: 'block', overflowWrap: 'anywhere' }} dir="auto">
              {one.reason}
            </span>
          )}
        </>
      ),
    },
    { key: 'tries', title: t('work.tries'), cell: (one) => one.tries, narrow: 'titled' },
    { key: 'at', title: t('work.at'), cell: (one) => <When at={one.at} as="ago" />, sort: 'at', narrow: 'titled' },
    {
      key: 'do',
      title: t('work.do'),
      cell: (one) => (
        <span className="bar tight">
          <Replay parked={one} work={name(one.job)} />
          <Dismiss parked={one} work={name(one.job)} />
        </span>
      ),
      narrow: 'pair',
    },
  ]
}

/** Work that was given up, each to be put back into the queue or let go. */
export function WorkPage() {
  const { t } = useTranslation('ecosystems')
  const name = useWorkName()
  const columns = useColumns()
  const input = useListInput()
  const listed = useList(api.ecosystems.parked_jobs, { ...input, limit: 50 } as never)
  const csv = useMemo(() => csvAddress(api.ecosystems.parked_jobs, input), [input])
  const shape: ListShape<ParkedJob> = {
    title: t('work.title'),
    columns,
    csv,
    hasSearch: false,
    id: (one) => one.id,
    label: (one) => name(one.job),
    empty: <EmptyState title={t('work.empty')}>{t('work.empty_text')}</EmptyState>,
  }
  return (
    <ListPage shape={shape} listed={listed}>
      {listed.rows.length > 0 && <p className="lede">{t('work.text')}</p>}
    </ListPage>
  )
}
