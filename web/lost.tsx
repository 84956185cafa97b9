import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DoorFront } from './door-front.tsx'
import { useGo } from './kit/go.tsx'
import { EmptyState } from './kit/states.tsx'
import { signOut, useMe } from './session.ts'

/** Somebody who stands outside of every frame: back to the door. */
export function Lost({ kind }: { kind: 'page' | 'ecosystem' | 'no_ecosystem' }) {
  const { t } = useTranslation()
  const { go } = useGo()
  const { data: me } = useMe()
  return (
    <div className="door">
      <DoorFront />
      <main className="door-form">
        <EmptyState
          isPage
          title={t(`not_found.${kind}.title`)}
          action={
            <>
              {kind !== 'no_ecosystem' && <Button onClick={() => go('/')}>{t('not_found.home')}</Button>}
              {me && (
                <Button variant="default" onClick={() => void signOut()}>
                  {t('sign_out')}
                </Button>
              )}
            </>
          }
        >
          {t(`not_found.${kind}.text`, { email: me?.person.email })}
        </EmptyState>
      </main>
    </div>
  )
}
