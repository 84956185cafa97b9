import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { queries } from '../api.ts'
import { ask } from '../ask.ts'
import { type Me, useMe } from '../session.ts'
import { Go, useGo } from './go.tsx'

/** Long work that goes on without its page: `read` is a GET path below /api that tells state and progress. */
export interface Job {
  title: string
  /** Its page, below /e/<slug>/. */
  to: string
  read: string
  /** The module whose reads are refreshed when it ends. */
  module: string
  slug?: string
  /** Whose work it is: somebody else who signs in in this tab is not shown it. */
  person?: string | undefined
  done?: number
  total?: number
  state?: string
}
interface Progress {
  state: string
  done?: number
  total?: number
}

const KEY = 'rialto.jobs'
const ENDED = new Set(['done', 'failed', 'undone', 'cancelled'])

const stored = (): Job[] => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Job[]
  } catch {
    return []
  }
}
let jobs = stored()
const listeners = new Set<() => void>()

function set(next: Job[]) {
  jobs = next
  sessionStorage.setItem(KEY, JSON.stringify(jobs))
  for (const listener of listeners) listener()
}

/** Puts a piece of long work into the tray, where it can be left and found again. */
export function track(job: Job): void {
  const person = queries.getQueryData<Me | null>(['me'])?.person.id
  set([...jobs.filter((one) => one.read !== job.read), { ...job, person }])
}
const drop = (read: string) => set(jobs.filter((one) => one.read !== read))

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

async function look(job: Job) {
  const now = await ask<Progress>('GET', job.read).catch(() => null)
  if (!now) return
  set(jobs.map((one) => (one.read === job.read ? { ...one, ...now } : one)))
  if (ENDED.has(now.state)) await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === job.module })
}

function One({ job }: { job: Job }) {
  const { t } = useTranslation()
  const isOver = ENDED.has(job.state ?? '')
  useEffect(() => {
    if (isOver) return undefined
    const timer = setInterval(() => void look(job), 1500)
    return () => clearInterval(timer)
  }, [job, isOver])
  return (
    <li>
      <div className="bar tight" style={{ flexWrap: 'nowrap' }}>
        <Go to={job.to} className="ellipsis">
          {job.title}
        </Go>
        <span className="soft small push figure">{isOver ? t(`job.${job.state}`) : t('job.running')}</span>
        <ActionIcon
          size={24}
          variant="subtle"
          color="gray"
          aria-label={t('job.dismiss', { title: job.title })}
          onClick={() => drop(job.read)}
        >
          <IconX size={14} />
        </ActionIcon>
      </div>
      {!isOver && <progress aria-label={job.title} {...(job.total ? { value: job.done ?? 0, max: job.total } : {})} />}
    </li>
  )
}

export function JobTray() {
  const { t } = useTranslation()
  const { slug } = useGo()
  const person = useMe().data?.person.id
  const shown = useSyncExternalStore(subscribe, () => jobs).filter(
    (job) => (!job.slug || job.slug === slug) && job.person === person,
  )
  if (shown.length === 0) return null
  return (
    <section className="tray" aria-label={t('job.title')}>
      <ul>
        {shown.map((job) => (
          <One key={job.read} job={job} />
        ))}
      </ul>
    </section>
  )
}
