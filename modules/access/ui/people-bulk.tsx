import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api.ts'
import { writeKey } from '../../../web/ask.ts'
import { BulkSheet } from '../../../web/kit/bulk-sheet.tsx'
import type { BulkAction } from '../../../web/kit/list-shape.ts'
import { dotted } from '../../../web/kit/locale.ts'
import { useCan, useEcosystem } from '../../../web/session.ts'
import type { Member } from '../shapes.ts'

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

function Sheet({ kind, people, end }: Asked) {
  const { t } = useTranslation('access')
  const blocked = useBlocked()
  const run = (id: string) => {
    const version = people.find((one) => one.id === id)?.version
    if (kind === 'resend') return api.access.resend({ id }, { key: writeKey() })
    return api.access.end({ id }, { key: writeKey(), ...(version === undefined ? {} : { version }) })
  }
  return (
    <BulkSheet
      title={t(`bulk.${kind}`, { count: people.filter((one) => !blocked(kind, one)).length })}
      doing={t(`${kind}.do`)}
      isGrave={kind === 'end'}
      rows={people.map((one) => ({
        id: one.id,
        label: dotted([one.name, one.party_name]),
        blocked: blocked(kind, one),
      }))}
      run={run}
      touches={['access', 'partners', 'deals']}
      onClose={end}
    >
      <p className="soft">{t(`bulk.${kind}_text`)}</p>
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
