import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClientError } from '../../../kernel/client.ts'
import { api, useRead } from '../../../web/api.ts'
import { HostSign } from '../../../web/host-sign.tsx'
import { useAddress, useGo } from '../../../web/kit/go.tsx'
import { useHostLook, useWornHost } from '../../../web/kit/host-look.ts'
import { dayText, dotted } from '../../../web/kit/locale.ts'
import { EmptyState, ErrorState, useErrorText, Waiting } from '../../../web/kit/states.tsx'
import { languageFor, speak } from '../../../web/lang.ts'
import { LanguageChoice } from '../../../web/language-choice.tsx'
import { useMe } from '../../../web/session.ts'

type Opened = Awaited<ReturnType<typeof api.links.open_extension>>
type Extension = NonNullable<Opened['extension']>

/** A moment as the day that it is where the partner works. */
const dayIn = (zone: string, at: string): string =>
  dayText(new Intl.DateTimeFormat('sv', { timeZone: zone }).format(new Date(at)), 'long')

const LONGEST = 2000

interface OfferProps {
  opened: Opened
  extension: Extension
  notes: string
  setNotes: (notes: string) => void
  extend: () => Promise<void>
}

function Facts({ extension }: { extension: Extension }) {
  const { t } = useTranslation('links')
  const { zone, protected_until, until, moved_from, partner } = extension
  return (
    <div>
      <dl className="facts">
        <div data-honour>
          <dt>{t('protected_until')}</dt>
          <dd>{dayIn(zone, protected_until)}</dd>
        </div>
        <div data-honour>
          <dt>{t('extended_until')}</dt>
          <dd>{dayIn(zone, until)}</dd>
        </div>
      </dl>
      {moved_from && (
        <p className="small soft" style={{ marginBlockStart: 8 }}>
          {t('moved', { day: dayIn(zone, moved_from), partner })}
        </p>
      )}
    </div>
  )
}

/** What the link does, and the one button that does it. */
function Offer({ opened, extension, notes, setNotes, extend }: OfferProps) {
  const { t } = useTranslation('links')
  const errorText = useErrorText()
  const [failure, setFailure] = useState('')
  const [isBusy, setBusy] = useState(false)
  const { zone, until, number, customer, product, partner, person, left } = extension
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!notes.trim()) return setFailure(t('notes_needed'))
    setFailure('')
    setBusy(true)
    await extend().catch((error) => setFailure(errorText(error)))
    setBusy(false)
  }
  return (
    <form className="stack" style={{ gap: 24 }} noValidate onSubmit={(event) => void submit(event)}>
      <div>
        <h1>{t('title', { customer })}</h1>
        <p className="soft">{dotted([number === null ? null : `D-${number}`, product, partner])}</p>
      </div>
      <Facts extension={extension} />
      <Textarea
        size="md"
        autosize
        minRows={4}
        maxLength={LONGEST}
        label={t('notes')}
        description={t('notes_for', { ecosystem: opened.ecosystem })}
        value={notes}
        error={failure}
        onChange={(event) => setNotes(event.currentTarget.value)}
      />
      <Button size="md" type="submit" fullWidth loading={isBusy}>
        {t('do', { day: dayIn(zone, until) })}
      </Button>
      <p className="small soft">
        {t('as', { person })} {t('once', { day: dayIn(zone, opened.expires_at) })} {t(left > 0 ? 'more' : 'last')}
      </p>
    </form>
  )
}

/** The link does nothing any more: why, and the way that is always open. What was typed is not lost. */
function Over({ state, used_at, notes, deal }: { state: string; used_at: string | null; notes: string; deal: string }) {
  const { t } = useTranslation('links')
  const { data: me } = useMe()
  const { go } = useGo()
  return (
    <>
      <EmptyState
        isPage
        title={t(`over.${state}`)}
        action={<Button onClick={() => go(deal ? `deals/${deal}` : '')}>{t(me ? 'open_deal' : 'sign_in')}</Button>}
      >
        {t(`over.${state}_text`, { day: used_at ? dayText(used_at, 'long') : '' })}
      </EmptyState>
      {notes && <Textarea label={t('your_notes')} value={notes} readOnly autosize />}
    </>
  )
}

function Done({ until, extension, deal }: { until: string; extension: Extension; deal: string }) {
  const { t } = useTranslation('links')
  const { data: me } = useMe()
  const { go } = useGo()
  const { zone, customer } = extension
  return (
    <div role="status">
      <EmptyState
        isPage
        title={t('done', { customer, day: dayIn(zone, until) })}
        action={
          <Button variant="default" onClick={() => go(`deals/${deal}`)}>
            {t(me ? 'open_deal' : 'sign_in')}
          </Button>
        }
      >
        {t('done_text')}
      </EmptyState>
    </div>
  )
}

function Body() {
  const { values } = useAddress()
  const { token = '', deal = '' } = values
  const { slug } = useGo()
  const { data: opened, error, refetch } = useRead(api.links.open_extension, { token })
  useHostLook(slug, opened?.ecosystem, opened?.branding)
  const [notes, setNotes] = useState('')
  const [done, setDone] = useState<{ until: string; extension: Extension } | null>(null)
  if (done) return <Done {...done} deal={deal} />
  if (error && !opened) {
    const isUnknown = error.status === 404 || error.status === 422
    if (isUnknown) return <Over state="unknown" used_at={null} notes={notes} deal={deal} />
    return <ErrorState error={error} again={() => void refetch()} />
  }
  if (!opened) return <Waiting rows={4} />
  const { extension } = opened
  if (!extension) return <Over state={opened.state} used_at={opened.used_at} notes={notes} deal={deal} />
  const extend = async () => {
    try {
      const { protected_until } = await api.links.extend({ token, progress: notes })
      setDone({ until: protected_until ?? extension.until, extension })
    } catch (refusal) {
      // Where the link ended meanwhile, the page says so in the reader's language.
      if (refusal instanceof ClientError && refusal.status < 500 && refusal.status > 0) {
        const { data: now } = await refetch()
        if (now && !now.extension) return
      }
      throw refusal
    }
  }
  return <Offer opened={opened} extension={extension} notes={notes} setNotes={setNotes} extend={extend} />
}

/** Where the button of a mail leads: nothing happens before its own button is pressed. */
export function ExtendPage() {
  const { values } = useAddress()
  const { data: me } = useMe()
  const host = useWornHost()
  const wished = values.lang
  useEffect(() => {
    if (!me && wished) void speak(languageFor(wished))
  }, [me, wished])
  return (
    <>
      <header className="topbar">
        <span className="house" style={{ inlineSize: 'auto', marginBlockEnd: 0, paddingInline: 0 }}>
          <HostSign name={host?.name} logo={host?.branding?.logo_url} />
        </span>
        <div className="push">
          <LanguageChoice />
        </div>
      </header>
      <main className="content" style={{ marginInline: 'auto', maxInlineSize: 560 }}>
        <Body />
      </main>
    </>
  )
}
