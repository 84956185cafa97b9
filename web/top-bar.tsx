import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconLogout, IconSearch, IconUserCircle } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from './ask.ts'
import { House } from './house.tsx'
import { DropDown } from './kit/drop-down.tsx'
import { Go } from './kit/go.tsx'
import { initialsOf } from './kit/initials.ts'
import { type Preferences, prefer, usePreferences } from './kit/preferences.ts'
import { isLanguage, LANGUAGES, type Language, speak } from './lang.ts'
import { signOut, useEcosystem, useMe } from './session.ts'

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

interface ChoiceProps {
  label: string
  value: string
  values: [string, string][]
  onChange: (value: string) => void
}

function Choice({ label, value, values, onChange }: ChoiceProps) {
  const name = useId()
  return (
    <fieldset className="segments">
      <legend className="small soft">{label}</legend>
      <div>
        {values.map(([key, words]) => (
          <label key={key}>
            <input type="radio" className="visually-hidden" name={name} checked={key === value} onChange={() => onChange(key)} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Portal words exist in three languages, console words in two; a host may offer fewer. */
function useLanguages(): Language[] {
  const here = useEcosystem()
  const written: Language[] = here?.side === 'inner' ? ['en', 'de'] : ['en', 'de', 'ar']
  const offered = here?.languages.map((code) => code.slice(0, 2)).filter(isLanguage) ?? []
  return offered.length > 0 ? written.filter((code) => offered.includes(code)) : written
}

function PersonMenu() {
  const { t, i18n } = useTranslation()
  const { data: me } = useMe()
  const here = useEcosystem()
  const { scheme, density } = usePreferences()
  const languages = useLanguages()
  const schemes: [string, string][] = (['light', 'dark', 'auto'] as const).map((one) => [one, t(`scheme.${one}`)])
  const densities: [string, string][] = (['comfortable', 'compact'] as const).map((one) => [one, t(`density.${one}`)])
  const natural = here?.side === 'inner' ? 'compact' : 'comfortable'
  const chooseLanguage = (code: string) => {
    prefer({ language: code })
    if (!isLanguage(code)) return
    void speak(code)
    // Mails come in the language of the person; a failure here costs no more than that.
    ask('PATCH', '/me', { locale: code }).catch(() => undefined)
  }
  return (
    <DropDown
      className="person"
      button={
        <>
          <span aria-hidden="true">{initialsOf(me?.person.name ?? '')}</span>
          <span className="visually-hidden">{t('person_menu', { name: me?.person.name })}</span>
        </>
      }
    >
      {() => (
        <>
          <div style={{ padding: '8px 10px' }}>
            <div className="strong">{me?.person.name}</div>
            <div className="soft small">{me?.person.email}</div>
            {here?.party && <div className="soft small">{here.party.name}</div>}
          </div>
          <hr className="hairline" style={{ marginBlock: 4 }} />
          <Choice
            label={t('scheme.title')}
            value={scheme}
            values={schemes}
            onChange={(value) => prefer({ scheme: value as Preferences['scheme'] })}
          />
          <Choice
            label={t('density.title')}
            value={density ?? natural}
            values={densities}
            onChange={(value) => prefer({ density: value as Preferences['density'] })}
          />
          {languages.length > 1 && (
            <Choice
              label={t('language')}
              value={i18n.language}
              values={languages.map((code) => [code, LANGUAGES[code]])}
              onChange={chooseLanguage}
            />
          )}
          <hr className="hairline" style={{ marginBlock: 4 }} />
          {here && (
            <Go to="account" className="menu-row plain">
              <IconUserCircle size={18} stroke={1.6} />
              {t('identity:title')}
            </Go>
          )}
          <UnstyledButton className="menu-row" onClick={() => void signOut()}>
            <IconLogout size={18} stroke={1.6} className="flip" />
            {t('sign_out')}
          </UnstyledButton>
        </>
      )}
    </DropDown>
  )
}

/** Search and commands, then the person. */
export function TopBar({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation()
  return (
    <section className="topbar" aria-label={t('top_bar')}>
      <div className="narrow-only" style={{ flex: 1, minInlineSize: 0 }}>
        <House />
      </div>
      <UnstyledButton className="finder wide-only" onClick={onFind}>
        <IconSearch size={18} stroke={1.6} />
        <span>{t('find')}</span>
        <kbd>{isApple ? '⌘ K' : 'Ctrl K'}</kbd>
      </UnstyledButton>
      <div className="bar tight push" style={{ flexWrap: 'nowrap' }}>
        <ActionIcon className="narrow-only" variant="subtle" color="gray" size="lg" aria-label={t('find')} onClick={onFind}>
          <IconSearch size={22} stroke={1.6} />
        </ActionIcon>
        <PersonMenu />
      </div>
    </section>
  )
}
