import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Input, Route } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { asSystem, parseInput } from '../../kernel/run.ts'
import type { App } from '../app.ts'
import { advanceClock, worldNow } from './advance-clock.ts'
import { beSomeone } from './be-someone.ts'
import { castList } from './cast-list.ts'
import { demo } from './contract.ts'
import { readMail, readOutbox } from './read-outbox.ts'

export interface DemoOptions {
  /** Puts the world back and tells how far it is, as a share of 1; without it the route refuses. */
  reset?: (progress: (share: number) => void) => Promise<{ millis: number }>
}

type Answer = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

function mount<R extends Route>(
  { server }: App,
  route: R,
  answer: (input: Input<R>, ...rest: Parameters<Answer>) => Promise<unknown>,
): void {
  server.route({
    method: route.method,
    url: `/api${route.path}`,
    config: { rateLimit: { max: 300, timeWindow: 60_000 } },
    handler: async (request, reply) => {
      const given = { ...(request.body as object | null), ...(request.query as object), ...(request.params as object) }
      // The route's own schema read it.
      const input = parseInput(route.input, given) as Input<R>
      return reply.send(route.output.parse(await answer(input, request, reply)))
    },
  })
}

/** Puts the demo's controls beside the other doors; a production start never calls this. */
export function mountDemo(app: App, { reset }: DemoOptions): void {
  const { house } = app
  let turn: Promise<unknown> = Promise.resolve()
  let telling: number | null = null
  // The clock is one: who advances or resets waits for the one before.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }
  const inside = <T>(request: FastifyRequest, work: (ctx: Ctx) => Promise<T>): Promise<T> => {
    const tenant_id = request.principal?.tenant_id
    if (!tenant_id) throw new Refusal('invalid', 'Name the ecosystem in the header x-ecosystem')
    return asSystem(house, tenant_id, work)
  }
  mount(app, demo.state, async () => ({ on: true, now: worldNow(house), telling, cast: castList() }))
  mount(app, demo.be, async ({ email }, request, reply) => {
    const visitor = { email, address: request.ip, agent: request.headers['user-agent'] ?? '' }
    const { name, token, cookie } = await beSomeone(app.sign_in, visitor)
    reply.header('set-cookie', cookie)
    return { name, email: email.toLowerCase(), token }
  })
  mount(app, demo.advance, ({ by }) => inTurn(() => advanceClock(house, by)))
  mount(app, demo.reset, () =>
    inTurn(async () => {
      if (!reset) throw new Refusal('conflict', 'This process cannot reset the demo world: use npm run demo -- --reset')
      telling = 0
      try {
        const { millis } = await reset((share) => {
          telling = Math.min(1, share)
        })
        return { now: worldNow(house), millis }
      } finally {
        telling = null
      }
    }),
  )
  mount(app, demo.outbox, async (input, request) => ({
    items: await inside(request, (ctx) => readOutbox(ctx, input)),
    next: null,
  }))
  mount(app, demo.mail, ({ id }, request) => inside(request, (ctx) => readMail(ctx, id)))
}
