import { Button } from '@mantine/core'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useGo } from './kit/go.tsx'
import { EmptyState } from './kit/states.tsx'
import { part } from './part.ts'
import { useEcosystem } from './session.ts'

const Lost = part(async () => (await import('./lost.tsx')).Lost)

/** There is nothing here, or it is not this person's to see: the page does not tell which. */
export function NotFound({ kind }: { kind: 'page' | 'ecosystem' | 'no_ecosystem' }) {
  const { t } = useTranslation()
  const { go } = useGo()
  const inside = useEcosystem()
  if (!inside)
    return (
      <Suspense>
        <Lost kind={kind} />
      </Suspense>
    )
  return (
    <EmptyState
      isPage
      title={t(`not_found.${kind}.title`)}
      action={<Button onClick={() => go('')}>{t('not_found.home')}</Button>}
    >
      {t(`not_found.${kind}.text`)}
    </EmptyState>
  )
}
