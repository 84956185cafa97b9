import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { useGo } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { prefer } from '../../../web/kit/preferences.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { LANGUAGES, type Language, speak } from '../../../web/lang.ts'
import { useCan, useEcosystem, useMe } from '../../../web/session.ts'
import { Passkeys } from './passkeys.tsx'
import { PasswordSection } from './password-section.tsx'
import { Sessions } from './sessions.tsx'
import { TwoFactor } from './two-factor.tsx'

function Profile() {
  const { t, i18n } = useTranslation('identity')
  const client = useQueryClient()
  const { data: me } = useMe()
  const here = useEcosystem()
  const act = useAct()
  const write = useWrite(api.identity.update_me)
  const [name, setName] = useState(me?.person.name ?? '')
  const written: Language[] = here?.side === 'inner' ? ['en', 'de'] : ['en', 'de', 'ar']
  const fresh = () => client.invalidateQueries({ queryKey: ['me'] })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return act.fail(t('profile.name_needed'))
    if (await act.run(() => write.mutateAsync({ name: name.trim() }), t('profile.done'))) await fresh()
  }
  const choose = async (locale: Language) => {
    prefer({ language: locale })
    await speak(locale)
    if (await act.run(() => write.mutateAsync({ locale }))) await fresh()
  }
  return (
    <Section title={t('profile.title')}>
      <form onSubmit={(event) => void submit(event)} className="stack" noValidate>
        <div className="bar" style={{ alignItems: 'end', flexWrap: 'nowrap' }}>
          <TextInput
            style={{ flex: 1 }}
            label={t('profile.name')}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={name.trim() === me?.person.name} loading={write.isPending}>
            {t('profile.save')}
          </Button>
        </div>
        <div>
          <div style={{ fontWeight: 560, marginBlockEnd: 2 }}>{t('profile.email')}</div>
          <bdi>{me?.person.email}</bdi>
          <p className="soft small">{t('profile.email_text')}</p>
        </div>
        <div>
          <div style={{ fontWeight: 560, marginBlockEnd: 4 }}>{t('profile.language')}</div>
          <SegmentedControl
            aria-label={t('profile.language')}
            value={i18n.language.slice(0, 2)}
            data={written.map((value) => ({ value, label: LANGUAGES[value] }))}
            onChange={(value) => void choose(value as Language)}
          />
          <p className="soft small" style={{ marginBlockStart: 4 }}>
            {t('profile.language_text')}
          </p>
        </div>
        <p role="alert" style={{ color: 'var(--brick)' }}>
          {act.failure}
        </p>
      </form>
    </Section>
  )
}

/** The portal has no place for settings, so the way to one's keys begins here. */
function Keys() {
  const { t } = useTranslation('access')
  const { go } = useGo()
  const can = useCan()
  const isPartner = useEcosystem()?.side === 'outer'
  if (!isPartner || !can('access.use_keys')) return null
  return (
    <Section title={t('keys.title')}>
      <div className="stack" style={{ gap: 8, justifyItems: 'start' }}>
        <p className="soft">{t('keys.empty_text')}</p>
        <Button variant="default" size="xs" onClick={() => go('settings/keys')}>
          {t('keys.see')}
        </Button>
      </div>
    </Section>
  )
}

/** The person's own: name and language, ways of signing in, where they are signed in. */
export function AccountPage() {
  const { t } = useTranslation('identity')
  const { data: security, refetch } = useRead(api.identity.security, {})
  const again = () => void refetch()
  return (
    <>
      <Heading title={t('title')} />
      <div className="record">
        <div style={{ maxInlineSize: 560 }}>
          <Profile />
          <Sessions />
        </div>
        <div>
          {security && (
            <>
              <PasswordSection has={security.password} />
              <TwoFactor isOn={security.two_factor} hasPassword={security.password} onChange={again} />
              <Passkeys count={security.passkeys} onChange={again} />
              <Keys />
            </>
          )}
        </div>
      </div>
    </>
  )
}
