import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { prefer } from './kit/preferences.ts'
import { LANGUAGES, type Language, speak } from './lang.ts'

/** Before somebody is known, the browser's language holds; here it is changed, each named by itself. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation()
  const choose = (language: Language) => {
    prefer({ language })
    void speak(language)
  }
  return (
    <nav className="languages" aria-label={t('language')}>
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <UnstyledButton
          key={code}
          lang={code}
          aria-pressed={i18n.language === code}
          // The entries of a constant: its keys are the languages.
          onClick={() => choose(code as Language)}
        >
          {name}
        </UnstyledButton>
      ))}
    </nav>
  )
}
