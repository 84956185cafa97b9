import { type Client, makeClient, type Received, type Sent } from '../kernel/client.ts'
import type { contracts } from '../modules/contract.ts'
import { routes } from '../modules/routes.gen.ts'

export { ClientError } from '../kernel/client.ts'

export interface Connection {
  /** The address of a running Rialto. */
  url: string
  /** A session's token, or an API key; one of both. */
  token?: string
  key?: string
  /** Which ecosystem, for somebody with several. */
  ecosystem?: string
}

/** The typed client over fetch: `connect({ url, key }).deals.list({ review: ['under_review'] })`. Errors are `ClientError` with code and issues. */
export function connect({ url, token, key, ecosystem }: Connection): Client<typeof contracts> {
  const headers = {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(key ? { 'x-api-key': key } : {}),
    ...(ecosystem ? { 'x-ecosystem': ecosystem } : {}),
  }
  const send = async (sent: Sent): Promise<Received> => {
    const { method, body, signal } = sent
    const init: RequestInit = {
      method,
      headers: sent.headers,
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {}),
    }
    const answer = await fetch(new URL(sent.url, url), init)
    return { status: answer.status, text: await answer.text() }
  }
  return makeClient<typeof contracts>(routes, { send, headers: () => headers })
}
