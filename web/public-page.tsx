import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useGo } from './kit/go.tsx'
import { Mark } from './kit/mark.tsx'

/** A page that needs no sign-in: the mark, the way in, and the page. */
export function PublicPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { go } = useGo()
  return (
    <>
      <header className="topbar">
        <span className="house" style={{ inlineSize: 'auto', marginBlockEnd: 0, paddingInline: 0 }}>
          <Mark size={28} />
          Rialto
        </span>
        <Button className="push" variant="default" onClick={() => go('/')}>
          {t('sign_in.do')}
        </Button>
      </header>
      <main className="content" style={{ marginInline: 'auto' }}>
        {children}
      </main>
    </>
  )
}
