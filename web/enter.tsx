import { Button } from '@mantine/core'
import { IconLogin2 } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ClientError } from '../kernel/client.ts'
import { ask } from './ask.ts'
import { DoorFront } from './door-front.tsx'
import { useAddress, useGo } from './kit/go.tsx'
import { EmptyState, ErrorState, Waiting } from './kit/states.tsx'
import { useAct } from './kit/use-act.ts'
import { LanguageChoice } from './language-choice.tsx'
import { useMe } from './session.ts'

// A page of this house, and no other: what begins with two strokes is another site.
const PLAIN = /^\/(?!\/)[\w\-.+/@]*(\?[\w\-.+/=&%@]*)?$/

function Offer({ token, to }: { token: string; to: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { go } = useGo()
  const { data: me } = useMe()
  const act = useAct()
  const { data, error, isPending, refetch } = useQuery<{ email: string }, ClientError>({
    queryKey: ['link', token],
    queryFn: () => ask('POST', '/sign-in/link/open', { token }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  const enter = async () => {
    if (!(await act.run(() => ask('POST', '/auth/magic-link/verify', { token })))) return void refetch()
    // Another person may have been signed in here: nothing that was read for them is kept.
    client.clear()
    go(PLAIN.test(to) ? to : '/', true)
  }
  const isGone = error instanceof ClientError && [404, 422].includes(error.status)
  if (isGone)
    return (
      <EmptyState
        isPage
        title={t('enter.gone')}
        action={<Button onClick={() => go('/sign-in?way=link', true)}>{t('ask_mail.again')}</Button>}
      >
        {t('enter.gone_text')}
      </EmptyState>
    )
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  if (isPending) return <Waiting rows={3} />
  return (
    <>
      <h1 style={{ marginBlockEnd: 8 }}>{t('enter.title')}</h1>
      <p className="soft" style={{ marginBlockEnd: 24 }}>
        {t('enter.text')}
      </p>
      {me && (
        <p className="soft" style={{ marginBlockEnd: 24 }}>
          {t('enter.other', { email: me.person.email })}
        </p>
      )}
      {act.failure && (
        <p role="alert" className="failure" style={{ marginBlockEnd: 16 }}>
          {act.failure}
        </p>
      )}
      <Button
        size="md"
        fullWidth
        loading={act.isBusy}
        leftSection={<IconLogin2 size={18} stroke={1.6} className="flip" />}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing this page is for
        autoFocus
        onClick={() => void enter()}
      >
        {t('enter.do', { email: data.email })}
      </Button>
    </>
  )
}

/** Where the link of a mail leads: it signs in only by the button, since programs open links as well. */
export function Enter() {
  const { t } = useTranslation()
  const { values } = useAddress()
  useEffect(() => {
    document.title = `${t('enter.title')} · Rialto`
  }, [t])
  return (
    <div className="door">
      <DoorFront />
      <main className="door-form">
        <div>
          <Offer token={values.token ?? ''} to={values.to ?? '/'} />
          <LanguageChoice />
        </div>
      </main>
    </div>
  )
}
