import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api.ts'
import { writeKey } from '../../../web/ask.ts'
import { BulkSheet } from '../../../web/kit/bulk-sheet.tsx'
import type { BulkAction } from '../../../web/kit/list-shape.ts'
import { dotted } from '../../../web/kit/locale.ts'
import { useCan, useEcosystem } from '../../../web/session.ts'
import type { Member } from '../shapes.ts'
import { HeirSelect } from './heir-select.tsx'

const KINDS = ['resend', 'end'] as const
type Kind = (typeof KINDS)[number]

const PERMISSION = { resend: 'access.invite', end: 'access.update' } as const

interface Asked {
  kind: Kind
  people: Member[]
  end: (left: string[]) => void
}

/** Why something cannot be done with one of them, in words. */
function useBlocked(): (kind: Kind, one: Member) => string | undefined {
  const { t } = useTranslation('access')
  const can = useCan()
  const here = useEcosystem()
  return (kind, one) => {
    if (one.side === 'inner' && !can('access.manage_hosts')) return t('blocked.host')
    if (kind === 'resend') return one.state === 'invited' ? undefined : t(`blocked.resend_${one.state}`)
    if (one.state === 'ended') return t('blocked.ended')
    return one.id === here?.member_id ? t('blocked.self') : undefined
  }
}

/** With people of more firms than this at once, their clocks wait with the teams. */
const MOST_FIRMS = 4

/** People by their firm; those of the host are one more. */
function byFirm(people: Member[]): Member[][] {
  const firms = new Map<string | null, Member[]>()
  for (const one of people) firms.set(one.party_id, [...(firms.get(one.party_id) ?? []), one])
  return [...firms.values()]
}

interface HeirsProps {
  people: Member[]
  heirs: Heirs
  onHeirs: (heirs: Heirs) => void
}
type Heirs = ReadonlyMap<string | null, string>

/** Who takes over running clocks: asked once for each firm, since only somebody of it can. */
function HeirsFields({ people, heirs, onHeirs }: HeirsProps) {
  const { t } = useTranslation('access')
  const here = useEcosystem()
  const firms = byFirm(people)
  if (firms.length > MOST_FIRMS) return <p className="soft">{t('end.many_firms')}</p>
  const put = (firm: string | null, heir: string | null) => {
    const rest = [...heirs].filter(([one]) => one !== firm)
    onHeirs(new Map(heir ? [...rest, [firm, heir]] : rest))
  }
  return firms.map((leaving) => {
    const [{ party_id, party_name } = { party_id: null, party_name: null }] = leaving
    return (
      <HeirSelect
        key={party_id}
        leaving={leaving}
        {...(firms.length > 1 ? { firm: party_name ?? here?.name ?? '' } : {})}
        heir={heirs.get(party_id) ?? null}
        onHeir={(heir) => put(party_id, heir)}
      />
    )
  })
}

function Sheet({ kind, people, end }: Asked) {
  const { t } = useTranslation('access')
  const blocked = useBlocked()
  const [heirs, setHeirs] = useState<Heirs>(new Map())
  const isInner = useEcosystem()?.side === 'inner'
  const able = people.filter((one) => !blocked(kind, one))
  const run = (id: string) => {
    const one = people.find((other) => other.id === id)
    if (kind === 'resend') return api.access.resend({ id }, { key: writeKey() })
    const pass_to = heirs.get(one?.party_id ?? null) ?? null
    return api.access.end({ id, pass_to }, { key: writeKey(), ...(one ? { version: one.version } : {}) })
  }
  return (
    <BulkSheet
      title={t(`bulk.${kind}`, { count: able.length })}
      doing={t(`${kind}.do`)}
      isGrave={kind === 'end'}
      rows={people.map((one) => ({
        id: one.id,
        label: isInner ? dotted([one.name, one.party_name]) : one.name,
        blocked: blocked(kind, one),
      }))}
      run={run}
      touches={['access', 'partners', 'deals']}
      onClose={end}
    >
      <p className="soft">{t(`bulk.${kind}_text`)}</p>
      {kind === 'end' && <HeirsFields people={able} heirs={heirs} onHeirs={setHeirs} />}
    </BulkSheet>
  )
}

/** Sends several invitations again, or ends the access of several: each of them is named before. */
export function usePeopleBulk(): { actions: BulkAction<Member>[]; sheet: ReactNode } {
  const { t } = useTranslation('access')
  const can = useCan()
  const blocked = useBlocked()
  const [asked, setAsked] = useState<Asked | null>(null)
  const begin = (kind: Kind, people: Member[]) =>
    new Promise<string[]>((resolve) => {
      const end = (left: string[]) => {
        setAsked(null)
        resolve(left)
      }
      setAsked({ kind, people, end })
    })
  const actions = KINDS.filter((kind) => can(PERMISSION[kind])).map((kind) => ({
    label: t(`${kind}.do`),
    permission: PERMISSION[kind],
    refuses: (rows: Member[]) => {
      const [first] = rows
      return first && rows.every((one) => blocked(kind, one)) ? blocked(kind, first) : undefined
    },
    run: (rows: Member[]) => begin(kind, rows),
  }))
  return { actions, sheet: asked && <Sheet {...asked} /> }
}
