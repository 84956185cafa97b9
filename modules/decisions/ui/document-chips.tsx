import { IconArchive, IconCircleCheck, IconFlask, IconHourglass, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Chip, type Icon, type Tone } from '../../../web/kit/figures.tsx'
import { useNow } from '../../../web/kit/now.ts'
import type { RuleDocument } from '../contract.ts'

// The page's time moves by the minute: what was published this moment is in force, whatever it says.
const LAG = 90_000

/** As a person sees it: published means in force only between its moments. */
export type Standing = 'draft' | 'tested' | 'waiting' | 'in_force' | 'retired'

function standingOf(document: RuleDocument, now: number): Standing {
  if (document.state === 'draft' || document.state === 'tested') return document.state
  if (document.state === 'retired' || (document.retired_at && new Date(document.retired_at).getTime() <= now)) return 'retired'
  return document.published_from && new Date(document.published_from).getTime() > now + LAG ? 'waiting' : 'in_force'
}

const DRAWN: Record<Standing, readonly [Icon, Tone]> = {
  draft: [IconPencil, 'plain'],
  tested: [IconFlask, 'waiting'],
  waiting: [IconHourglass, 'waiting'],
  in_force: [IconCircleCheck, 'good'],
  retired: [IconArchive, 'plain'],
}

export function StandingChip({ document }: { document: RuleDocument }) {
  const { t } = useTranslation('decisions')
  const standing = standingOf(document, useNow())
  const [icon, tone] = DRAWN[standing]
  return (
    <Chip icon={icon} tone={tone}>
      {t(`standing.${standing}`)}
    </Chip>
  )
}

export function useScopeText(): (document: RuleDocument) => string {
  const { t } = useTranslation(['decisions', 'partners'])
  return ({ scope }) => {
    if (scope.kind === 'ecosystem') return t('scope.all')
    if (scope.kind === 'region') return t('scope.region', { name: scope.value })
    return t('scope.track', { name: t(`partners:track.${scope.value}`, { defaultValue: scope.value }) })
  }
}
