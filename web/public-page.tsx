import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { HostSign } from './host-sign.tsx'
import { useGo } from './kit/go.tsx'
import { useWornHost } from './kit/host-look.ts'

/** A page that needs no sign-in: whose it is, the way in, and the page. */
export function PublicPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { go } = useGo()
  const host = useWornHost()
  return (
    <>
      <header className="topbar">
        <span className="house" style={{ inlineSize: 'auto', marginBlockEnd: 0, paddingInline: 0 }}>
          <HostSign name={host?.name ?? 'Rialto'} logo={host?.branding?.logo_url} />
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
