import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Route } from '../kernel/contract.ts'
import { Refusal } from '../kernel/errors.ts'
import { sendProblem } from '../kernel/http.ts'

/** Answers what no door takes; a path that is there under other methods is told with them. */
export function refuseUnknown(routes: readonly Route[]): (request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  const paths = routes.map(({ path, method }) => ({ method, at: new RegExp(`^/api${path.replace(/:\w+/g, '[^/]+')}/?$`) }))
  return (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const told = new Refusal('not_found', `There is no ${request.method} ${path}`)
    const methods = [...new Set(paths.filter(({ at }) => at.test(path)).map(({ method }) => method))].join(', ')
    if (methods === '') return sendProblem(reply, told, { instance: request.id })
    reply.header('allow', methods)
    return sendProblem(reply, told, { instance: request.id, status: 405, title: `Here there is ${methods}` })
  }
}
