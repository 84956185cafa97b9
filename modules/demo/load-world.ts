import type { Queue, Work } from '../../kernel/jobs.ts'
import type { Log } from '../../kernel/log.ts'
import { silent } from '../../kernel/log.ts'
import type { Roles } from '../../kernel/migrate.ts'
import { asSystem, type House } from '../../kernel/run.ts'
import { runJob, settle } from '../../kernel/worker.ts'
import { type App, openApp } from '../app.ts'
import { DEMO_PASSWORD, makeCastTools } from '../cast.ts'
import { casts } from '../casts.ts'
import type { Config } from '../config.ts'
import { hashPassword } from '../identity/hash-password.ts'
import { stories } from '../stories.ts'
import { daysLater, type StoryTools, seededRandom } from '../story.ts'
import { keepOffset, markLoading } from './keep-offset.ts'
import { seedIds, storyClock } from './story-clock.ts'
import { tellThreads } from './tell-threads.ts'

const DAYS = 730
const SEED = 'rialto'
/** Mails of the last week lie in the outbox; two years of them would bury those. */
const MAIL_DAYS = 7
const RELAY_DAYS = 14

/** The moment of a day at which the story ends and visitors enter: the same for all who load it on that day. */
export const endOfStory = (today: string): string => `${today}T09:30:00.000Z`

export interface Loaded {
  millis: number
  steps: number
  fired: number
}

export interface LoadOptions {
  roles: Roles
  config: Config
  /** The day of loading, as 2026-11-23. */
  today: string
  log: Log
  /** Hears how far it is, as a share of 1. */
  progress?: (share: number) => void
  secret?: string
}

/** Jobs wait here until the story comes to rest; those of verbs that failed are none, for a failing verb ends the telling. */
function storyQueue(): { queue: Queue; take: () => Work[] } {
  let kept: Work[] = []
  const queue: Queue = {
    send: async (ctx, jobs) => {
      for (const { job, ref } of jobs) kept.push({ tenant_id: ctx.tenant_id, job, ref })
    },
    work: async () => {},
    close: async () => {},
  }
  const take = () => {
    const jobs = kept
    kept = []
    return jobs
  }
  return { queue, take }
}

/** The house without the listeners that only write mails. */
const mailless = (house: House): House => ({
  ...house,
  modules: house.modules.map((module) => ({
    ...module,
    listeners: module.listeners.filter(({ name }) => !name.startsWith('mail')),
  })),
})

interface Telling {
  app: App
  end: string
  start: string
  take: () => Work[]
  progress: (share: number) => void
}

async function tellWorld({ app, end, start, take, progress }: Telling): Promise<Omit<Loaded, 'millis'>> {
  const { house } = app
  const quiet = mailless(house)
  const mails_from = daysLater(end, -MAIL_DAYS)
  const now = () => house.database.offset.at ?? end
  let is_recent = false
  const rest = async () => {
    for (;;) {
      await settle(is_recent ? house : quiet)
      const jobs = take()
      if (jobs.length === 0) return
      for (const job of jobs) await perform(house, job)
    }
  }
  // What happened before the last week is heard before its mails begin: a late mail would tell old news as of today.
  const restRecently = async () => {
    if (!is_recent) await rest()
    is_recent = true
    await rest()
  }
  const tools: StoryTools = {
    ...makeCastTools(app, { settle: rest, hash: await hashPassword(DEMO_PASSWORD), story: true }),
    end,
    random: (name) => seededRandom(`${SEED} ${name}`),
    inside: (ecosystem, work) => asSystem(house, tools.tenants[ecosystem] ?? '', work),
  }
  let day = 0
  const clock = storyClock(house, {
    start,
    tenants: () => Object.values(tools.tenants),
    daily: async () => {
      day += 1
      progress(day / DAYS)
      if (now() >= mails_from) await restRecently()
      else if (day % RELAY_DAYS === 0) await rest()
    },
  })
  for (const tell of casts) await tell(tools)
  await rest()
  const threads = stories.flatMap((story) => story(tools))
  const after = async (at: string) => (at >= mails_from ? restRecently() : undefined)
  const steps = await tellThreads(threads, { end, goTo: clock.goTo, after })
  await rest()
  return { steps, fired: clock.fired() }
}

const TRIES = 5
/** Does a job, again where it fails, as the queue does: on a busy machine the time that a text may take to render runs out now and then. */
async function perform(house: House, job: Work): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await runJob(house, fetchNothing, job, silent)
    } catch (error) {
      if (tried >= TRIES) throw error
    }
  }
}

async function fetchNothing(): Promise<Response> {
  throw new Error('The demo world is told without the network')
}

/** Tells the demo world into an empty, migrated database, through the product's own verbs with a clock and a random source of its own. */
export async function loadWorld({ roles, config, today, log, progress = () => {}, secret }: LoadOptions): Promise<Loaded> {
  const began = performance.now()
  const end = endOfStory(today)
  const start = daysLater(end, -DAYS)
  const { queue, take } = storyQueue()
  const options = { roles, config: { ...config, smtp_url: null }, log, web: null, queue, pool: 4, unlimited: true }
  const app = await openApp(secret === undefined ? options : { ...options, secret })
  const restore = seedIds(app.house, `${SEED} ${today}`)
  try {
    await markLoading(app.house)
    const told = await tellWorld({ app, end, start, take, progress })
    // The sessions in which the story was told are nobody's.
    await app.sign_in.pool.query('delete from "session"')
    app.house.database.offset.at = null
    await keepOffset(app.house, Date.parse(end) - Date.now(), true)
    return { ...told, millis: Math.round(performance.now() - began) }
  } finally {
    restore()
    await app.close()
  }
}
