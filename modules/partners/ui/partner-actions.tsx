import { IconPencil } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NextAction } from '../../../web/kit/record-page.tsx'
import { useCan } from '../../../web/session.ts'
import { STATUS } from '../rules.ts'
import type { Partner } from '../shapes.ts'
import { PartnerSheet } from './partner-sheet.tsx'
import { StatusSheet } from './status-sheet.tsx'

export type Move = 'activate' | 'reinstate' | 'suspend' | 'terminate'
const MOVES: Move[] = ['activate', 'reinstate', 'suspend', 'terminate']
const GRAVE = new Set<Move>(['suspend', 'terminate'])
/** Shown only when possible: the others explain why not. */
const ONLY_OPEN = new Set<Move>(['activate', 'reinstate'])

/** The next actions of a partner, and the sheet of the one begun. */
export function usePartnerActions(partner: Partner): { actions: NextAction[]; sheet: ReactNode } {
  const { t } = useTranslation('partners')
  const can = useCan()
  const [doing, setDoing] = useState<Move | 'edit' | null>(null)
  const open = new Set<string>(STATUS.verbs(partner.status).map(({ verb }) => verb))
  const moves = MOVES.filter((move) => can(`partners.${move}`) && (open.has(move) || !ONLY_OPEN.has(move)))
  const actions: NextAction[] = partner.merged_into_id
    ? []
    : [
        ...(can('partners.update')
          ? [{ key: 'edit', label: t('do.edit'), icon: IconPencil, onDo: () => setDoing('edit') } satisfies NextAction]
          : []),
        ...moves.map((move) => ({
          key: move,
          label: t(`do.${move}`),
          reason: open.has(move) ? null : t(`blocked.${partner.status}`),
          isMain: ONLY_OPEN.has(move),
          isGrave: GRAVE.has(move),
          onDo: () => setDoing(move),
        })),
      ]
  const close = () => setDoing(null)
  const sheet =
    doing === 'edit' ? (
      <PartnerSheet partner={partner} onClose={close} />
    ) : (
      doing && <StatusSheet move={doing} partner={partner} onClose={close} />
    )
  return { actions, sheet }
}
