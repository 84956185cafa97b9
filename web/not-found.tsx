import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useGo } from './kit/go.tsx'
import { EmptyState } from './kit/states.tsx'
import { signOut, useEcosystem, useMe } from './session.ts'

/** There is nothing here, or it is not this person's to see: the page does not tell which. */
export function NotFound({ kind }: { kind: 'page' | 'ecosystem' | 'no_ecosystem' }) {
  const { t } = useTranslation()
  const { go } = useGo()
  const { data: me } = useMe()
  const inside = useEcosystem()
  const home = inside ? '' : '/'
  const Around = inside ? 'div' : 'main'
  return (
    <Around className={inside ? undefined : 'content'}>
      <EmptyState
        isPage
        title={t(`not_found.${kind}.title`)}
        action={
          <>
            {kind !== 'no_ecosystem' && <Button onClick={() => go(home)}>{t('not_found.home')}</Button>}
            {me && !inside && (
              <Button variant="default" onClick={() => void signOut()}>
                {t('sign_out')}
              </Button>
            )}
          </>
        }
      >
        {t(`not_found.${kind}.text`, { email: me?.person.email })}
      </EmptyState>
    </Around>
  )
}
