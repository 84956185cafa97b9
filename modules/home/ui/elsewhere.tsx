import { useTranslation } from 'react-i18next'
import { api, useReadIn } from '../../../web/api.ts'
import { Inbox } from '../../../web/kit/inbox.tsx'
import { type Ecosystem, useEcosystem, useMe } from '../../../web/session.ts'
import type { InboxRow } from '../contract.ts'
import { useItems } from './inbox-items.tsx'
import { Part } from './part.tsx'

export interface Elsewhere {
  ecosystem: Ecosystem
  rows: InboxRow[]
}

/** What waits for this person in their other ecosystems: one call for each, in its name; the server joins nothing. */
export function useElsewhere(): Elsewhere[] {
  const here = useEcosystem()
  const { data: me } = useMe()
  const others = (me?.ecosystems ?? []).filter((one) => one.slug !== here?.slug)
  const slugs = others.map((one) => one.slug)
  const answers = useReadIn(slugs, api.home.inbox, {})
  return others.map((ecosystem, i) => ({ ecosystem, rows: answers[i]?.items ?? [] })).filter(({ rows }) => rows.length > 0)
}

/** One of them: its rows lead into that ecosystem. */
export function ElsewherePart({ elsewhere: { ecosystem, rows } }: { elsewhere: Elsewhere }) {
  const { t } = useTranslation('home')
  const [products] = useReadIn([ecosystem.slug], api.ecosystems.list_products, { limit: 100 })
  const nameOf = (code: string) => products?.items.find((one) => one.code === code)?.name ?? code
  const items = useItems({ side: ecosystem.side, base: `/e/${ecosystem.slug}/`, nameOf })
  // No code is shown before its name.
  if (products === undefined) return null
  const title = t('elsewhere', { name: ecosystem.name })
  return (
    <Part title={title}>
      <Inbox items={items(rows).map((item) => ({ ...item, canPick: false }))} label={title} />
    </Part>
  )
}
