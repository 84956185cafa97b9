import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList, useRefresh, useWrite } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { ListPage, useListInput } from '../../../web/kit/list-page.tsx'
import type { Column, ListShape } from '../../../web/kit/list-shape.ts'
import { EmptyState, useErrorText } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import type { ParkedJob } from '../contract.ts'

/** No filters: the order alone stands in the address. */
const NONE: string[] = []

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

function Replay({ parked }: { parked: ParkedJob }) {
  const { t } = useTranslation('ecosystems')
  const work = useWorkName()(parked.job)
  const errorText = useErrorText()
  const replay = useWrite(api.ecosystems.replay_job)
  const { refresh } = useRefresh()
  // A refusal tells that somebody else was here first: the list is read again then as well.
  const run = () =>
    refresh(['ecosystems'], () => replay.mutateAsync({ id: parked.id })).then(
      () => toast(t('work.queued', { work })),
      (error: unknown) => toast(errorText(error)),
    )
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={16} stroke={1.6} />}
      aria-label={t('work.replay_of', { work })}
      loading={replay.isPending}
      onClick={() => void run()}
    >
      {t('work.replay')}
    </Button>
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
    { key: 'at', title: t('work.at'), cell: (one) => <When at={one.at} as="ago" />, sort: 'at', narrow: 'titled' },
    { key: 'replay', title: t('work.replay'), cell: (one) => <Replay parked={one} />, end: true, narrow: 'pair' },
  ]
}

/** Work that was given up, each to be put back into the queue. */
export function WorkPage() {
  const { t } = useTranslation('ecosystems')
  const name = useWorkName()
  const columns = useColumns()
  const input = useListInput(NONE)
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
