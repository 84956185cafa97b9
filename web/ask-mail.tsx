import { Button, TextInput } from '@mantine/core'
import { IconMailForward } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from './ask.ts'
import { DemoLetter } from './demo-letter.tsx'
import { useAct } from './kit/use-act.ts'
import { useDemo } from './session.ts'

export type MailWay = 'link' | 'reset'

// What the server takes as an address of its own; anything else leads home.
const PLAIN = /^\/[\w\-.+/@]*(\?[\w\-.+/=&%@]*)?$/

/** The page somebody wanted before signing in. */
function wanted(): string {
  const query = new URLSearchParams(location.search)
  for (const own of ['way', 'error', 'error_description']) query.delete(own)
  const here = location.pathname + (query.size > 0 ? `?${query}` : '')
  return location.pathname !== '/sign-in' && PLAIN.test(here) ? here : '/'
}

const send: Record<MailWay, (email: string) => Promise<unknown>> = {
  link: (email) =>
    ask('POST', '/auth/sign-in/magic-link', { email, callbackURL: wanted(), errorCallbackURL: '/sign-in?way=link' }),
  reset: (email) =>
    ask('POST', '/auth/request-password-reset', { email, redirectTo: `/reset?email=${encodeURIComponent(email)}` }),
}

function Sent({ way, email, at, onAgain }: { way: MailWay; email: string; at: string; onAgain: () => void }) {
  const { t } = useTranslation()
  const demo = useDemo()
  return (
    <div className="stack" role="status">
      <p className="bar tight" style={{ flexWrap: 'nowrap', alignItems: 'start' }}>
        <IconMailForward size={22} stroke={1.6} style={{ flex: 'none', color: 'var(--lagoon)' }} aria-hidden="true" />
        <span>{t(`ask_mail.${way}.sent`, { email })}</span>
      </p>
      {demo.on && <DemoLetter email={email} since={at} />}
      <p className="soft small">{t('ask_mail.nothing')}</p>
      <Button variant="default" onClick={onAgain}>
        {t('ask_mail.again')}
      </Button>
    </div>
  )
}

/** Asks for a mail with a link. The answer is the same for every address: it does not tell who has a login. */
export function AskMail({ way, email: first, isGone }: { way: MailWay; email: string; isGone: boolean }) {
  const { t } = useTranslation()
  const act = useAct()
  const [email, setEmail] = useState(first)
  const [wrong, setWrong] = useState('')
  const [sent, setSent] = useState<{ email: string; at: string } | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const to = email.trim()
    const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(to)
    setWrong(isAddress ? '' : t('sign_in.email_needed'))
    const at = new Date().toISOString()
    if (isAddress && (await act.run(() => send[way](to)))) setSent({ email: to, at })
  }
  if (sent) return <Sent way={way} {...sent} onAgain={() => setSent(null)} />
  return (
    <form onSubmit={(event) => void submit(event)} className="stack" noValidate>
      {isGone && (
        <p role="alert" className="failure">
          {t('ask_mail.gone')}
        </p>
      )}
      <p className="soft">{t(`ask_mail.${way}.text`)}</p>
      <TextInput
        size="md"
        label={t('sign_in.email')}
        type="email"
        dir="ltr"
        autoComplete="username"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked for this one field
        autoFocus
        value={email}
        error={wrong}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      {act.failure && (
        <p role="alert" className="small failure">
          {act.failure}
        </p>
      )}
      <Button size="md" type="submit" loading={act.isBusy}>
        {t(`ask_mail.${way}.do`)}
      </Button>
    </form>
  )
}
