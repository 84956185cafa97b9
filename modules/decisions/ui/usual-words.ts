import { useTranslation } from 'react-i18next'
import { USUAL_CLAUSES } from '../usual-clauses.ts'
import { USUAL_TITLES } from '../usual-titles.ts'
import { kindKey } from './kind-key.ts'

interface Clause {
  number: number
  title: string
  text: string
}

const usualOf = (number: number) => USUAL_CLAUSES.find((one) => one.number === number)

/** A clause in the reader's language where it is the usual one, else as it was written. */
export function useClauseWords(): (clause: Clause) => Clause {
  const { t } = useTranslation('decisions')
  return (clause) => {
    const { number, title, text } = clause
    const usual = usualOf(number)
    return {
      number,
      title: title === usual?.title ? t(`usual.c${number}.title`, { defaultValue: title }) : title,
      text: text === usual?.text ? t(`usual.c${number}.text`, { defaultValue: text }) : text,
    }
  }
}

/** What is stored of a clause: the usual words as they are, so that each reader gets them in their own language. */
export function useClauseToKeep(): (written: Clause) => Clause {
  const wordsOf = useClauseWords()
  return (written) => {
    const usual = usualOf(written.number)
    const shown = usual && wordsOf(usual)
    return {
      ...written,
      ...(written.title === shown?.title ? { title: usual?.title ?? '' } : {}),
      ...(written.text === shown?.text ? { text: usual?.text ?? '' } : {}),
    }
  }
}

/** A document's title in the reader's language where nobody gave it another than the usual one. */
export function useTitleWords(): (title: string) => string {
  const { t } = useTranslation('decisions')
  return (title) => {
    const found = Object.entries(USUAL_TITLES).find(([, usual]) => usual === title)
    return found ? t(`kind.${kindKey(found[0])}`, { defaultValue: title }) : title
  }
}

/** What is stored of a title. */
export function useTitleToKeep(): (written: string) => string {
  const titleOf = useTitleWords()
  return (written) => Object.values(USUAL_TITLES).find((usual) => titleOf(usual) === written) ?? written
}
